import type { Actor, dealBoardRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { cursorAfter } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { dealList } from '../deals/deal-list.ts'
import { type BoardStage, findBoard } from './deal-board.repository.ts'

/** The board as finished JSON in one statement; undefined when the company has no default pipeline yet. */
export async function getDealBoard(
  db: Executor,
  actor: Actor,
  { pipelineId, perStage }: QueryOf<typeof dealBoardRoute>,
): Promise<string | undefined> {
  const stages = await findBoard(db, actor, pipelineId, perStage)
  const [first] = stages
  if (first === undefined && pipelineId !== undefined) throw notFound('pipeline', pipelineId)
  if (first === undefined) return undefined
  const data = stages.map((stage) => stageJson(actor, stage, perStage)).join(',')
  const { currency } = actor.company
  return `{"pipelineId":"${first.pipelineId}","data":[${data}],"currency":"${currency}","asOf":"${first.asOf}"}`
}

function stageJson(actor: Actor, stage: BoardStage, limit: number): string {
  const page = JSON.stringify({ limit, nextCursor: stage.more ? nextCursor(actor, stage) : null })
  return `${stage.head.slice(0, -1)},"deals":${stage.deals},"page":${page}}`
}

/** Continues in the list of deals, in its own order. */
function nextCursor(actor: Actor, { pipelineId, stage, lastSort, lastId }: BoardStage): string {
  const list = { sort: '-createdAt', filters: { pipelineId, stage } }
  return cursorAfter(dealList, actor.companyId, list, { sortText: lastSort ?? '', id: lastId ?? '' })
}

import { iso } from './amounts.ts'
import type { Cast } from './history-of-deals.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

export type Visit = {
  queue: string
  enteredAt: number
  outcome: 'answered' | 'abandoned' | 'left'
  waitSeconds: number
}
export type Segment = {
  agentId: string
  kind: 'ring' | 'talk' | 'hold' | 'wrapup'
  seconds: number
  outcome: string | null
}
export type Call = {
  id: string
  direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL'
  status: string
  agentId: string | null
  customerId: string | null
  queue: string | null
  startedAt: number
  endedAt: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  visits: Visit[]
  segments: Segment[]
}

const DAY = 86_400_000

/**
 * First told with what was known then; late news may change everything about it, its month included. Undefined: it turned out
 * to be part of another call.
 */
export function liveCall(random: Random, tell: Tell, cast: Cast, startedAt: number): Call | undefined {
  const id = random.uuid()
  const versions = 1 + random.below(3)
  const customerId = random.pick([...cast.customers, null])
  let call = shapeCall(random, { id, customerId }, cast, startedAt)
  for (let version = 1; version <= versions; version++) {
    if (version > 1) call = shapeCall(random, { id, customerId }, cast, startedAt - random.below(3) * 20 * DAY)
    const event = { MISSED: 'missed', ABANDONED: 'abandoned' }[call.status] ?? 'ended'
    const data = {
      call: {
        ...call,
        startedAt: iso(call.startedAt),
        answeredAt: null,
        endedAt: iso(call.endedAt),
        queueVisits: call.visits.map((visit) => ({ ...visit, enteredAt: iso(visit.enteredAt) })),
        visits: undefined,
        agentSegments: call.segments,
        segments: undefined,
        ringSeconds: 0,
      },
    }
    tell(`crm.telephony.call.${event}`, id, version, call.endedAt, data)
    if (event !== 'ended') tell('crm.telephony.call.ended', id, version, call.endedAt, data)
  }
  if (!random.chance(0.1)) return call
  tell('crm.telephony.call.merged', id, versions + 1, call.endedAt, { callId: id, intoId: random.uuid() })
  return undefined
}

function shapeCall(random: Random, known: Pick<Call, 'id' | 'customerId'>, { users }: Cast, startedAt: number): Call {
  const direction = random.pick(['INBOUND', 'INBOUND', 'INBOUND', 'OUTBOUND', 'INTERNAL'] as const)
  const seconds = (limit: number) => random.below(limit * 1_000) / 1_000
  const visits: Visit[] = []
  let status = random.pick(
    direction === 'OUTBOUND' ? ['COMPLETED', 'FAILED', 'BUSY'] : ['COMPLETED', 'COMPLETED', 'MISSED', 'VOICEMAIL'],
  )
  let queue: string | null = null
  if (direction === 'INBOUND' && random.chance(0.6)) {
    queue = random.pick(['sales', 'support'])
    if (random.chance(0.3))
      visits.push({ queue: 'sales', enteredAt: startedAt, outcome: 'left', waitSeconds: seconds(60) })
    const outcome = random.pick(['answered', 'answered', 'abandoned', 'left'] as const)
    const waitSeconds = random.chance(0.2) ? 20 : seconds(40)
    visits.push({ queue, enteredAt: startedAt, outcome, waitSeconds })
    status = { answered: 'COMPLETED', abandoned: 'ABANDONED', left: 'MISSED' }[outcome]
  }
  const answered = status === 'COMPLETED'
  const agentId = answered ? random.pick(users) : null
  const [talkSeconds, holdSeconds, wrapUpSeconds] = answered ? [2 * seconds(150), seconds(30), seconds(30)] : [0, 0, 0]
  const shares = { talkSeconds, holdSeconds, wrapUpSeconds }
  return {
    ...known,
    direction,
    status,
    queue,
    agentId,
    startedAt,
    endedAt: startedAt + 600_000,
    waitSeconds: visits.at(-1)?.waitSeconds ?? seconds(30),
    talkSeconds,
    holdSeconds,
    wrapUpSeconds,
    visits,
    segments: shapeSegments(random, users, agentId, shares),
  }
}

/** Somebody may let it ring; whoever answers shares the talk with a colleague. */
function shapeSegments(
  random: Random,
  users: readonly string[],
  agentId: string | null,
  shares: Pick<Call, 'talkSeconds' | 'holdSeconds' | 'wrapUpSeconds'>,
): Segment[] {
  const segments: Segment[] = []
  if (random.chance(0.3))
    segments.push({
      agentId: random.pick(users),
      kind: 'ring',
      seconds: random.below(20_000) / 1_000,
      outcome: 'no_answer',
    })
  if (agentId !== null) {
    if (random.chance(0.9))
      segments.push({ agentId, kind: 'ring', seconds: random.below(20_000) / 1_000, outcome: 'answered' })
    segments.push({ agentId, kind: 'talk', seconds: shares.talkSeconds / 2, outcome: null })
    segments.push({ agentId: random.pick(users), kind: 'talk', seconds: shares.talkSeconds / 2, outcome: null })
    segments.push({ agentId, kind: 'hold', seconds: shares.holdSeconds, outcome: null })
    segments.push({ agentId, kind: 'wrapup', seconds: shares.wrapUpSeconds, outcome: null })
  }
  return segments
}

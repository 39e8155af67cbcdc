import {
  type Actor,
  type Deal,
  dealAssigned,
  dealLost,
  dealReopened,
  dealStageChanged,
  dealUpdated,
  dealWon,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, changedFields, isEmpty } from '@dealwire/messaging'
import type { SoldItems } from '../line-items/sold-items.ts'
import { ASSIGNEE_FIELDS, DETAIL_FIELDS, outcomeOf, STAGE_FIELDS } from './deal.ts'
import type { LockedDeal } from './stored-deal.ts'

type Changed = { readonly before: LockedDeal; readonly after: Deal; readonly sold: SoldItems }

/** What a move to another stage brings along: told with the move, not as a change beside it. */
const MOVED_FIELDS = ['lostReason', 'baseValue', 'baseCurrency']

/**
 * A change is one event of what happened: `updated`, `stage-changed` or `assigned`, or several of one version where it was several at once.
 * A move that closes or opens the deal says so beside, as the fact that others act on.
 */
export function appendChanges(tx: Tx, actor: Actor, { before, after: deal, sold }: Changed): void {
  const hasMoved = !isEmpty(changedFields(before, deal, STAGE_FIELDS))
  const withMove = hasMoved ? MOVED_FIELDS : []
  const ownFields = DETAIL_FIELDS.filter((field) => !withMove.includes(field))
  const details = changedFields(before, deal, ownFields)
  const stage = changedFields(before, deal, [...STAGE_FIELDS, ...withMove])
  const assignee = changedFields(before, deal, ASSIGNEE_FIELDS)
  if (!isEmpty(details)) append(tx, actor, dealUpdated, deal, { deal, ...details })
  if (hasMoved) append(tx, actor, dealStageChanged, deal, { deal, ...stage })
  if (!isEmpty(assignee)) append(tx, actor, dealAssigned, deal, { deal, ...assignee })

  const outcome = outcomeOf(before.stageKind, deal.stageKind)
  if (outcome === 'won') append(tx, actor, dealWon, deal, { deal, lineItems: sold.get(deal.id) ?? [] })
  if (outcome === 'lost') append(tx, actor, dealLost, deal, { deal })
  if (outcome === 'reopened') append(tx, actor, dealReopened, deal, { deal })
}

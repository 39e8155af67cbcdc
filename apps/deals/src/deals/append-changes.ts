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
import { append } from '@dealwire/messaging'
import { changedFields, isEmpty } from '../access/changed-fields.ts'
import { ASSIGNEE_FIELDS, DETAIL_FIELDS, outcomeOf, STAGE_FIELDS } from './deal.ts'
import type { LockedDeal } from './stored-deal.ts'

/** One event for each kind of change; all carry the same version, because they are one change. */
export function appendChanges(tx: Tx, actor: Actor, before: LockedDeal, deal: Deal): void {
  const details = changedFields(before, deal, DETAIL_FIELDS)
  const stage = changedFields(before, deal, STAGE_FIELDS)
  const assignee = changedFields(before, deal, ASSIGNEE_FIELDS)
  if (!isEmpty(details)) append(tx, actor, dealUpdated, deal, { deal, ...details })
  if (!isEmpty(stage)) append(tx, actor, dealStageChanged, deal, { deal, ...stage })
  if (!isEmpty(assignee)) append(tx, actor, dealAssigned, deal, { deal, ...assignee })

  const outcome = outcomeOf(before.stageKind, deal.stageKind)
  if (outcome !== 'none') append(tx, actor, outcomeEvents[outcome], deal, { deal })
}

const outcomeEvents = { won: dealWon, lost: dealLost, reopened: dealReopened }

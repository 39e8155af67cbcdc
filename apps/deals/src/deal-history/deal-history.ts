import type { Deal, DealHistoryField } from '@dealwire/contracts'

type Tracked = Pick<
  Deal,
  'id' | 'pipelineId' | 'stage' | 'value' | 'probability' | 'expectedCloseDate' | 'assignedToId' | 'stageEnteredAt'
>

export type HistoryEntry = {
  readonly dealId: string
  readonly field: DealHistoryField
  readonly from: string | number | null
  readonly to: string | number | null
  readonly secondsInStage: number | null
}

/** What of a change belongs in the deal's history. A move to a stage of the same key in another pipeline is a move. */
export function historyOf(before: Tracked, after: Tracked): HistoryEntry[] {
  const dealId = after.id
  const entries = (['value', 'probability', 'expectedCloseDate', 'assignedToId'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field): HistoryEntry => ({ dealId, field, from: before[field], to: after[field], secondsInStage: null }))
  if (before.stage === after.stage && before.pipelineId === after.pipelineId) return entries
  const milliseconds = Date.parse(after.stageEnteredAt) - Date.parse(before.stageEnteredAt)
  const secondsInStage = Math.max(0, Math.floor(milliseconds / 1000))
  return [{ dealId, field: 'stage', from: before.stage, to: after.stage, secondsInStage }, ...entries]
}

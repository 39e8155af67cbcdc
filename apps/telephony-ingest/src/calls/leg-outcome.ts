import type { LegOutcome } from './call.ts'
import type { CauseClass } from './hangup-causes.ts'
import type { LegState } from './timeline.ts'

/** Of a leg that nobody answered. A caller who hangs up normally before the answer has cancelled. */
export function legOutcomeOf(verdict: LegState['verdict'], cause: CauseClass | null): LegOutcome {
  if (verdict !== null) return verdict
  if (cause === null) return 'no_answer'
  return cause === 'normal' ? 'cancelled' : cause
}

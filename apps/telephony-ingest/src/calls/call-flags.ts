import type { CallFlag, ProviderFigures } from './call.ts'

/** Longer than any conversation between people: a leg that was never torn down, or a clock gone wrong. */
const IMPLAUSIBLE_SECONDS = 12 * 3_600
const TOLERANCE_SECONDS = 5
const TOLERANCE_RATIO = 0.1

export type FlagInput = {
  readonly isSkewed: boolean
  readonly isDirectionAssumed: boolean
  readonly isStartAssumed: boolean
  readonly isEndAssumed: boolean
  readonly durationSeconds: number | null
  readonly talkSeconds: number
  readonly holdSeconds: number
  readonly provider: ProviderFigures | null
}

/** What a reader of the figures should know. Nothing is corrected: the provider's own figures stay beside ours. */
export function callFlags(input: FlagInput): CallFlag[] {
  const flags: [CallFlag, boolean][] = [
    ['clock_skew', input.isSkewed],
    ['implausible_duration', (input.durationSeconds ?? 0) > IMPLAUSIBLE_SECONDS],
    ['provider_mismatch', input.durationSeconds !== null && contradicts(input)],
    ['direction_assumed', input.isDirectionAssumed],
    ['start_assumed', input.isStartAssumed],
    ['end_assumed', input.isEndAssumed],
  ]
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag)
}

function contradicts({ provider, durationSeconds, talkSeconds, holdSeconds }: FlagInput): boolean {
  if (provider === null) return false
  const billed = [talkSeconds, talkSeconds + holdSeconds]
  return (
    differs(provider.durationSeconds, [durationSeconds ?? 0]) ||
    differs(provider.talkSeconds, talkSeconds > 0 ? billed : [])
  )
}

/** Providers round, and some count hold as talk: near enough to any reading is no contradiction. */
function differs(theirs: number | null, ours: readonly number[]): boolean {
  if (theirs === null || ours.length === 0) return false
  return ours.every((seconds) => Math.abs(theirs - seconds) > Math.max(TOLERANCE_SECONDS, seconds * TOLERANCE_RATIO))
}

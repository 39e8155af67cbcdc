import type { Call } from './call.ts'
import type { Fixture } from './fixture.ts'

type MakeCall = (fixture: Fixture, index: number) => Call

/** One row of the report. A further operation is one more entry in `operations`. */
export type Operation = {
  readonly name: string
  /** The call through the gateway. */
  readonly system: MakeCall
  /** What the bare limit does for the same result; without it there is no ratio. */
  readonly limit?: MakeCall
  /** Whether it goes through the gateway that has nothing behind it. */
  readonly toNothing?: boolean
  readonly connections?: number
  /** Least share of the bare limit's rate that is wanted. */
  readonly leastRatio?: number
  readonly mostP95Ms?: number
  /** Measured too against the same service with a commit for each request, of whose rate this many times is wanted. */
  readonly leastTimesUnshared?: number
  /** Least rate that is wanted whatever the machine: what a queue for one row must reach. */
  readonly leastPerSecond?: number
  /** Most CPU per request of the processes named, in microseconds. */
  readonly mostCpuMicros?: { readonly processes: readonly string[]; readonly micros: number }
}

import type { Fixture } from '../fixture.ts'
import type { Measured } from '../report.ts'
import type { System } from '../system.ts'

export type TrialPlace = { readonly system: System; readonly fixture: Fixture }
export type TrialResult = { readonly system: Measured; readonly verdict: string }

/** What no rate of requests can say: it measures in its own way, and judges itself. */
export type Trial = { readonly name: string; readonly run: (place: TrialPlace) => Promise<TrialResult> }

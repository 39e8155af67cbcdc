import type { Database } from '@dealwire/db/client'
import type { AgentDirectory } from './agents/agent-directory.ts'
import type { ConnectionDirectory } from './connections/connection-directory.ts'
import type { Refusals } from './connections/refusals.ts'
import type { SecretBox } from './connections/secret-box.ts'
import type { Arrival, Receipt } from './ingest/arrival.ts'
import type { Gatherer } from './ingest/gather.ts'
import type { IngestMetrics } from './ingest/ingest-metrics.ts'
import type { RecordingStore } from './recordings/recording-store.ts'

/** What the slices' edges are given. */
export type Dependencies = {
  readonly database: Database
  readonly box: SecretBox
  readonly connections: ConnectionDirectory
  readonly agents: AgentDirectory
  readonly refusals: Refusals
  readonly arrivals: Gatherer<Arrival, Receipt>
  readonly metrics: IngestMetrics
  /** Undefined: recordings stay at the PBX. */
  readonly recordings: RecordingStore | undefined
  /** Where the gateway is reached from outside, without a slash at the end. */
  readonly publicUrl: string
}

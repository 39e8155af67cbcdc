import { type Database, type Tx, withTx } from '@dealwire/db/client'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'
import type { KnownConnection } from '../connections/connection-directory.ts'
import type { FoldInput } from '../ingest/fold-groups.ts'
import { lockConnections } from '../ingest/lock-connections.ts'
import { refoldEvents } from '../ingest/refold-events.ts'
import type { Provider } from '../providers/provider.ts'
import {
  insertEventVersions,
  listEventVersions,
  listRawWebhooks,
  type RawPage,
  type RawWebhook,
  setEventRefs,
} from './raw-webhooks.repository.ts'
import { rereadWebhook } from './reread-webhook.ts'

export type ReplayOptions = {
  readonly database: Database
  readonly connection: KnownConnection
  readonly provider: Provider
  readonly usersOf: FoldInput['usersOf']
  readonly from: Date
  readonly to: Date
  /** Counts what would be different, and changes nothing. */
  readonly isDryRun: boolean
  readonly signal: AbortSignal
  readonly onProgress?: (requests: number) => void
}

export type ReplayResult = {
  readonly requests: number
  readonly added: number
  readonly changed: number
  readonly voided: number
  /** Requests of which nothing is understood today: left as they are. */
  readonly unreadable: number
}

/** A transaction holds its connection's lock: live events wait for no more than this. */
const PAGE = 50

/**
 * Reads stored requests again with today's adapter, and folds the calls whose events it understands otherwise. Repeatable: what
 * is the same is left alone. Calls that were made one stay one.
 */
export async function replayRawWebhooks(options: ReplayOptions): Promise<ReplayResult> {
  const total = { requests: 0, added: 0, changed: 0, voided: 0, unreadable: 0 }
  const { companyId, id: connectionId } = options.connection
  let after: RawPage['after']
  while (!options.signal.aborted) {
    const { from, to } = options
    const page = await listRawWebhooks(options.database, { companyId, connectionId, from, to, after, limit: PAGE })
    const done = await withTx(options.database, (tx) => replayPage(tx, page, options))
    total.requests += page.length
    for (const name of ['added', 'changed', 'voided', 'unreadable'] as const) total[name] += done[name]
    options.onProgress?.(total.requests)
    after = page.at(-1)
    if (page.length < PAGE) break
  }
  return total
}

async function replayPage(tx: Tx, page: readonly RawWebhook[], options: ReplayOptions) {
  const { connection, isDryRun } = options
  const place = { companyId: connection.companyId, connectionId: connection.id }
  const counts = { added: 0, changed: 0, voided: 0, unreadable: 0 }
  const fresh: StoredCallEvent[] = []
  const versions: StoredCallEvent[] = []
  if (!isDryRun) await lockConnections(tx, [connection.id])
  for (const webhook of page) {
    const { events, unparsed } = parseAgain(webhook, options)
    if (unparsed.length > 0) {
      counts.unreadable++
      continue
    }
    const refs = [...webhook.eventRefs, ...events.map(({ callKey, eventKey }) => [callKey, eventKey] as const)]
    const stored = await listEventVersions(tx, place, refs)
    const difference = rereadWebhook(webhook.eventRefs, stored, events)
    for (const name of ['added', 'changed', 'voided'] as const) counts[name] += difference[name].length
    fresh.push(...difference.added)
    versions.push(...difference.changed, ...difference.voided)
    if (!isDryRun && JSON.stringify(difference.refs) !== JSON.stringify(webhook.eventRefs))
      await setEventRefs(tx, place, webhook, difference.refs)
  }
  if (!isDryRun && fresh.length + versions.length > 0) {
    await insertEventVersions(tx, place, versions)
    await refoldEvents(tx, { connection, usersOf: options.usersOf, fresh, versions })
  }
  return counts
}

function parseAgain({ rawQuery, body, receivedAt }: RawWebhook, { provider, connection }: ReplayOptions) {
  const request = { method: 'POST', publicUrl: '', headers: {}, rawQuery, rawBody: body, pathToken: null }
  return provider.parse({ ...request, receivedAtMs: receivedAt.getTime() }, connection.settings)
}

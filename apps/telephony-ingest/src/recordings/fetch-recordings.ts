import type { Database } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { ConnectionDirectory, KnownConnection } from '../connections/connection-directory.ts'
import { FetchRefused, type GuardOptions, guardedFetch } from './guarded-fetch.ts'
import type { AddressRule } from './public-address.ts'
import type { RecordingStore } from './recording-store.ts'
import {
  type DueRecording,
  expireRecordings,
  markFailed,
  markStored,
  takeDueRecordings,
} from './recordings.repository.ts'

export type FetchOptions = {
  readonly database: Database
  readonly connections: Pick<ConnectionDirectory, 'find'>
  readonly store: RecordingStore
  readonly isAllowed: AddressRule
  readonly maxBytes: number
  readonly logger: Logger
}

const AT_ONCE = 4
const MAX_PER_RUN = 200
/** The last comes half a day after the first. */
const MAX_ATTEMPTS = 10
const FETCH_TIMEOUT_MS = 60_000

/** Fetches recordings whose turn it is into the store, a few at a time. Returns how many were stored. */
export async function fetchRecordings(options: FetchOptions, signal: AbortSignal): Promise<number> {
  let stored = 0
  for (let taken = 0; taken < MAX_PER_RUN && !signal.aborted; taken += AT_ONCE) {
    const due = await takeDueRecordings(options.database, AT_ONCE)
    const results = await Promise.all(due.map((recording) => fetchOne(options, recording, signal)))
    stored += results.filter(Boolean).length
    if (due.length < AT_ONCE) return stored
  }
  return stored
}

async function fetchOne(options: FetchOptions, recording: DueRecording, stopping: AbortSignal): Promise<boolean> {
  const { database, store, isAllowed, maxBytes, logger } = options
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(FETCH_TIMEOUT_MS)])
  try {
    const credentials = credentialsOf(await options.connections.find(recording.connectionId))
    const { contentType, body } = await guardedFetch(recording.url, { isAllowed, maxBytes, signal, credentials })
    const { bytes } = await store.put(keyOf(recording), body)
    await markStored(database, recording, { contentType, bytes })
    return true
  } catch (error) {
    const isFinal = (error instanceof FetchRefused && error.isFinal) || recording.attempts >= MAX_ATTEMPTS
    logger.warn(
      { err: error, recordingId: recording.id, attempts: recording.attempts, isFinal },
      'recording not fetched',
    )
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    await markFailed(database, recording, { error: reason, isFinal })
    return false
  }
}

/** What the connection's own PBX is asked with; where its settings name no user, it is asked without. */
function credentialsOf(connection: KnownConnection | undefined): GuardOptions['credentials'] {
  const { recordingBaseUrl, recordingUser } = connection?.settings ?? {}
  const secret = connection?.secrets[0]?.value
  if (recordingBaseUrl == null || recordingUser == null || secret === undefined) return undefined
  const authorization = `Basic ${Buffer.from(`${recordingUser}:${secret}`).toString('base64')}`
  return { origin: new URL(recordingBaseUrl).origin, authorization }
}

export function keyOf({ companyId, id }: { readonly companyId: string; readonly id: string }): string {
  return `${companyId}/${id}`
}

const EXPIRE_BATCH = 200

/** Deletes recordings past their time: first out of reach, then from the disk. */
export async function forgetOldRecordings(
  { database, store }: Pick<FetchOptions, 'database' | 'store'>,
  days: number,
  signal: AbortSignal,
): Promise<void> {
  for (let batch = 0; batch < MAX_PER_RUN && !signal.aborted; batch++) {
    const old = await expireRecordings(database, days, EXPIRE_BATCH)
    for (const recording of old) await store.delete(keyOf(recording))
    if (old.length < EXPIRE_BATCH) return
  }
}

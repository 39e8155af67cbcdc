import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@dealwire/errors'
import type { Database } from './database.ts'
import { run, runOne, statement } from './statement.ts'

/** A copy of the primary that follows it: where reads may go that need nothing newer than it shows. */
export type Replica = {
  /**
   * Runs a read of something that changed last so many milliseconds ago: on the replica when that is known to show it, else on the
   * primary. A replica that fails meanwhile is asked once; the primary then answers.
   */
  read<T>(changedMsAgo: number, query: (database: Database) => Promise<T>): Promise<T>
  /** `behind` and `away` take no reads. */
  status(): 'used' | 'behind' | 'away'
  stop(): Promise<void>
}

const EVERY_MS = 250
/** A replica that has shown nothing new for so long answers nobody: days and due times would be wrong, too. */
const MOST_BEHIND_MS = 10_000

type Following = { shownAt: number; isAway: boolean }

/**
 * Follows how far the replica is: a position of the primary, read at a moment, that the replica has replayed proves that it shows
 * everything that was committed before that moment. No clock of another machine is compared with.
 */
export function followReplica(primary: Database, replica: Database): Replica {
  const stopping = new AbortController()
  const following: Following = { shownAt: Number.NEGATIVE_INFINITY, isAway: true }
  const running = follow(primary, replica, following, stopping.signal)
  const behindMs = () => performance.now() - following.shownAt

  return {
    async read(changedMsAgo, query) {
      const shows = !following.isAway && behindMs() < MOST_BEHIND_MS && changedMsAgo > behindMs()
      if (!shows) return await query(primary)
      try {
        return await query(replica)
      } catch (error) {
        if (!isReplicasOwn(error)) throw error
        following.isAway = true
        return await query(primary)
      }
    },
    status() {
      if (following.isAway) return 'away'
      return behindMs() < MOST_BEHIND_MS ? 'used' : 'behind'
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function follow(primary: Database, replica: Database, following: Following, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const readAt = performance.now()
      const position = await runOne<{ lsn: string }>(primary, findPosition, [])
      await replayed(replica, position?.lsn ?? '', following, signal)
      if (!signal.aborted) Object.assign(following, { shownAt: readAt, isAway: false })
    } catch (error) {
      if (!following.isAway) replica.logger.warn({ err: error }, 'the read replica is away; the primary answers')
      following.isAway = true
    }
    await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined) // stopped
  }
}

/** Waits until the replica has replayed the position. It is not away while it is only behind. */
async function replayed(replica: Database, lsn: string, following: Following, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [row] = await run<{ shown: boolean }>(replica, isReplayed, [lsn])
    if (row?.shown === true) return
    following.isAway = false
    await sleep(EVERY_MS / 5, undefined, { signal, ref: false }).catch(() => undefined) // stopped
  }
}

const findPosition = statement('find_wal_position', 'SELECT pg_current_wal_lsn()::text AS lsn')

// A server that is not in recovery is no standby but the primary under another address: it shows everything.
const isReplayed = statement(
  'is_wal_replayed',
  'SELECT NOT pg_is_in_recovery() OR coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) AS shown',
)

/** Away, or the query was in the way of the replay. What took too long there would take as long on the primary. */
function isReplicasOwn(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'unavailable'
}

import { sessionCreated, sessionRefused } from '@dealwire/contracts'
import { type Database, run, statement } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { Principals } from './principals.ts'

/** Well below the two seconds within which a revocation is promised to work on every gateway. */
const INTERVAL_MS = 500
/** Longer than a transaction may last: an event bears the time its transaction began, and is seen when it commits. */
const WINDOW_SECONDS = 20
/** After a pause this long, some events may have come and gone unseen. */
const TRUST_MS = 5_000
const MAX_EVENTS = 2_000

type Change = { readonly eventId: string; readonly companyId: string }
export type ChangeWatch = { stop(): Promise<void> }

/**
 * Forgets what is cached about companies in which users, roles or sessions changed, whichever gateway changed them.
 * Reads the event log itself, not the broker: revocation must work while the broker is away. Each look sees the same last
 * seconds again, so that no long transaction can hide an event behind it.
 */
export function watchChanges(options: {
  database: Database
  principals: Pick<Principals, 'forget' | 'forgetAll'>
  logger: Logger
}): ChangeWatch {
  const { database, principals, logger } = options
  let seen: ReadonlySet<string> = new Set()
  let seenAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function look(): Promise<void> {
    const startedAt = performance.now()
    const changes = await run<Change>(database, changesStatement, [WINDOW_SECONDS, MAX_EVENTS])
    if (startedAt - seenAt > TRUST_MS || changes.length === MAX_EVENTS) principals.forgetAll()
    else forgetNew(changes)
    seen = new Set(changes.map((change) => change.eventId))
    seenAt = startedAt
  }

  function forgetNew(changes: readonly Change[]): void {
    const fresh = changes.filter((change) => !seen.has(change.eventId))
    for (const companyId of new Set(fresh.map((change) => change.companyId))) principals.forget(companyId)
  }

  async function lookAgainAndAgain(): Promise<void> {
    try {
      await look()
    } catch (error) {
      logger.warn({ err: error }, 'changes of users and sessions could not be read')
      if (performance.now() - seenAt > TRUST_MS) principals.forgetAll()
    }
    if (stopped) return
    timer = setTimeout(() => {
      running = lookAgainAndAgain()
    }, INTERVAL_MS)
    timer.unref()
  }

  let running = lookAgainAndAgain()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** Sign-ins take nothing from anybody; were they among the changes, whoever guesses passwords would empty the cache. */
const changesStatement = statement(
  'list_access_changes',
  `SELECT event_id AS "eventId", company_id AS "companyId" FROM event_log
   WHERE occurred_at > now() - make_interval(secs => $1)
     AND type NOT IN ('${sessionCreated.type}', '${sessionRefused.type}') LIMIT $2`,
)

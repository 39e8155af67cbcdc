import type { Database } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { Principal } from '../access/principal.ts'
import { readPrincipals } from '../access/read-principals.ts'
import type { Subscriber } from './subscriber.ts'

/** The open streams of this process by company. */
export type Subscribers = {
  readonly size: number
  sizeOfCompany(companyId: string): number
  /** Streams of a user, or of an API key. */
  sizeOfCaller(principal: Principal): number
  of(companyId: string): ReadonlySet<Subscriber> | undefined
  all(): Iterable<Subscriber>
  add(subscriber: Subscriber): void
  remove(subscriber: Subscriber): void
  /** Asks again who stands behind the company's streams (null: all companies') and ends those nobody stands behind. */
  recheck(companyId: string | null): void
}

export function openSubscribers(database: Database, logger: Logger): Subscribers {
  const byCompany = new Map<string, Set<Subscriber>>()
  const due = new Set<string>()
  const countByCaller = new Map<string, number>()
  let isChecking = false
  let size = 0

  function countCaller({ principal: { rateKey } }: Subscriber, change: 1 | -1): void {
    const count = (countByCaller.get(rateKey) ?? 0) + change
    if (count === 0) countByCaller.delete(rateKey)
    else countByCaller.set(rateKey, count)
  }

  async function checkDue(): Promise<void> {
    if (isChecking) return
    isChecking = true
    try {
      for (const companyId of due) {
        due.delete(companyId)
        await checkCompany(companyId)
      }
    } finally {
      isChecking = false
    }
  }

  async function checkCompany(companyId: string): Promise<void> {
    const streams = [...(byCompany.get(companyId) ?? [])]
    if (streams.length === 0) return
    try {
      const callers = streams.map(({ principal }) => principal)
      renew(streams, await readPrincipals(database, companyId, callers))
    } catch (error) {
      // Nobody can say that these may stay. A client that may comes back as soon as the database does.
      logger.warn(
        { err: error, streams: streams.length },
        'the callers of streams cannot be checked; ending the streams',
      )
      for (const stream of streams) stream.end()
    }
  }

  return {
    get size() {
      return size
    },
    sizeOfCompany: (companyId) => byCompany.get(companyId)?.size ?? 0,
    sizeOfCaller: ({ rateKey }) => countByCaller.get(rateKey) ?? 0,
    of: (companyId) => byCompany.get(companyId),
    *all() {
      for (const streams of byCompany.values()) yield* streams
    },
    add(subscriber) {
      const { companyId } = subscriber.principal
      byCompany.set(companyId, (byCompany.get(companyId) ?? new Set()).add(subscriber))
      size++
      countCaller(subscriber, 1)
    },
    remove(subscriber) {
      const { companyId } = subscriber.principal
      const streams = byCompany.get(companyId)
      if (streams?.delete(subscriber) === true) {
        size--
        countCaller(subscriber, -1)
      }
      if (streams?.size === 0) byCompany.delete(companyId)
    },
    recheck(companyId) {
      for (const one of companyId === null ? byCompany.keys() : [companyId]) if (byCompany.has(one)) due.add(one)
      if (due.size > 0) void checkDue()
    },
  }
}

function idOf({ sessionId, apiKeyId }: Principal): string {
  return sessionId ?? apiKeyId ?? ''
}

/** Each stream goes on with what its caller may do now, or ends. */
function renew(streams: readonly Subscriber[], found: readonly Principal[]): void {
  const byId = new Map(found.map((principal) => [idOf(principal), principal]))
  for (const stream of streams) {
    const principal = byId.get(idOf(stream.principal))
    if (principal === undefined) stream.end()
    else stream.principal = principal
  }
}

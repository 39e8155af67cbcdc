import { type RateClass, type Route, rateClasses } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest, onResponseHookHandler } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { Verdict } from './limit-entry.ts'
import type { SharedLimits } from './shared-limits.ts'

type Counted = { readonly key: string; readonly limit: number }

declare module 'fastify' {
  interface FastifyRequest {
    /** The limit that the request counts against; undefined when against none. */
    counted: Counted | undefined
  }
}

/** What a request counts against; undefined when against nothing. */
function countedAs(request: FastifyRequest, spec: Route, senders: Senders): Counted | undefined {
  const rateClass: RateClass = spec.rateClass
  const { caller } = request
  switch (rateClass) {
    case 'none':
      return undefined
    case 'webhook':
      return webhook(request, senders)
    case 'login':
      return { key: `login ${normalizeIP(request.ip)}`, limit: rateClasses.login }
    case 'register':
      return { key: `register ${normalizeIP(request.ip)}`, limit: rateClasses.register }
    case 'export':
      return caller === null ? anonymous(request) : { key: `export ${caller.userId}`, limit: rateClasses.export }
    case 'default':
      return caller === null ? anonymous(request) : { key: caller.rateKey, limit: rateClasses.default }
  }
}

function anonymous(request: FastifyRequest): Counted {
  return { key: `address ${normalizeIP(request.ip)}`, limit: rateClasses.anonymous }
}

/** Which addresses a service has accepted webhooks of a connection from: of others, ids are as many as somebody cares to make up. */
type Senders = LRUCache<string, true>
const MAX_SENDERS = 20_000

function webhook(request: FastifyRequest, senders: Senders): Counted {
  const connection = connectionOf(request)
  const address = normalizeIP(request.ip)
  if (senders.has(`${connection} ${address}`)) return { key: `webhook ${connection}`, limit: rateClasses.webhook }
  return { key: `unknown webhooks ${address}`, limit: rateClasses.anonymous }
}

function connectionOf(request: FastifyRequest): string {
  const params = request.params as Readonly<Record<string, string>>
  return params.connectionId ?? ''
}

function learnSender(senders: Senders): onResponseHookHandler {
  return (request, reply, done) => {
    const isWebhook = request.routeOptions.config.contract?.rateClass === 'webhook'
    if (isWebhook && reply.raw.statusCode < 300)
      senders.set(`${connectionOf(request)} ${normalizeIP(request.ip)}`, true)
    done()
  }
}

export function scaled(limit: number, scale: number): number {
  return Math.max(1, Math.round(limit * scale))
}

/** Too many of something in a minute. */
export function tooMany(what: string, limit: number, resetMs: number): AppError {
  const seconds = Math.ceil(resetMs / 1000)
  return new AppError(
    'rate_limited',
    'rate_limited',
    `More than ${limit} ${what} in a minute; try again in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  )
}

/** Makes the plugin known; `countRequests` puts it to work. */
export async function registerRateLimits(app: FastifyInstance, limits: SharedLimits): Promise<void> {
  await app.register(rateLimit, { global: false, enableDraftSpec: true, store: storeOf(limits) })
}

/** Counts every request of the scope against the limit of its route's rate class, and says so in RateLimit headers. */
export function countRequests(scope: FastifyInstance, scale: number): void {
  const senders: Senders = new LRUCache({ max: MAX_SENDERS })
  scope.addHook('onResponse', learnSender(senders))
  scope.addHook(
    'onRequest',
    scope.rateLimit({
      keyGenerator: (request) => {
        const spec = request.routeOptions.config.contract
        request.counted = spec === undefined ? anonymous(request) : countedAs(request, spec, senders)
        return request.counted?.key ?? ''
      },
      allowList: (request) => request.counted === undefined,
      max: (request) => scaled(request.counted?.limit ?? 1, scale),
      timeWindow: 60_000,
      errorResponseBuilder: (_request, { max, ttl }) => tooMany('requests', max, ttl),
    }),
  )
}

/** Throws `rate_limited` when an account has been tried too often by whoever `tried` says: the email, and an address known to it. */
export function accountLimit(limits: SharedLimits, scale: number): (tried: string) => Promise<void> {
  const limit = scaled(rateClasses.loginPerAccount, scale)
  return async (tried) => {
    const verdict = await new Promise<Verdict>((resolve) => limits.take(`account ${tried}`, limit, resolve))
    if (!verdict.allowed) throw tooMany('sign-ins to this account', limit, verdict.resetMs)
  }
}

/** The plugin makes its store itself, from a class. */
function storeOf(limits: SharedLimits) {
  return class LimitsStore {
    incr(
      key: string,
      answer: (error: Error | null, result?: { current: number; ttl: number }) => void,
      _windowMs?: number,
      max = 1,
    ): void {
      limits.take(key, max, (verdict) =>
        answer(null, { current: verdict.allowed ? Math.min(verdict.used, max) : max + 1, ttl: verdict.resetMs }),
      )
    }
    child(): LimitsStore {
      return this
    }
  }
}

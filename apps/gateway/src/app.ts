import { allRoutes, type Route, type ServiceName } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { createServer, type ServiceOptions } from '@dealwire/http'
import { type Bus, newId } from '@dealwire/messaging'
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import { openPrincipals } from './access/principals.ts'
import { watchChanges } from './access/watch-changes.ts'
import { companyRoutes } from './accounts/companies.routes.ts'
import { userRoutes } from './accounts/users.routes.ts'
import { apiKeyRoutes } from './api-keys/api-keys.routes.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import { departmentRoutes } from './departments/departments.routes.ts'
import type { Dependencies } from './dependencies.ts'
import { documentRoutes } from './documents/documents.routes.ts'
import { admit } from './edge/admit.ts'
import { actorOf } from './edge/caller.ts'
import { allowOrigins } from './edge/cross-origin.ts'
import { forwardRoutes } from './edge/forward-routes.ts'
import { identify } from './edge/identify.ts'
import { guardInternalRoutes } from './edge/internal-routes.ts'
import { readSecurityHeaders } from './edge/security-headers.ts'
import { openUpstream, type Upstream } from './edge/upstream.ts'
import { accessTokens } from './keys/access-tokens.ts'
import { openKeyring } from './keys/keyring.ts'
import { openVault } from './keys/vault.ts'
import { guardLookUps } from './limits/guard-look-ups.ts'
import { accountLimit, countRequests, registerRateLimits } from './limits/rate-limits.ts'
import { redisWindows } from './limits/redis-windows.ts'
import { openSharedLimits } from './limits/shared-limits.ts'
import { positionRoutes } from './positions/positions.routes.ts'
import { roleRoutes } from './roles/roles.routes.ts'
import { openPasswords } from './sessions/passwords.ts'
import { sessionRoutes } from './sessions/sessions.routes.ts'
import { openSignInLog } from './sessions/sign-in-log.ts'
import { type LiveFeed, openLiveFeed } from './stream/live-feed.ts'
import { streamRoutes } from './stream/stream.routes.ts'

/** The services that the gateway forwards to. */
export type UpstreamName = Exclude<ServiceName, 'gateway'>

export type AppOptions = ServiceOptions & {
  readonly database: Database
  readonly redis?: Redis
  /** Where the live stream comes from; without it there is none. */
  readonly bus?: Bus
  readonly maxStreams?: number
  readonly maxStreamsPerUser?: number
  readonly maxStreamsPerCompany?: number
  readonly heartbeatMs?: number
  readonly tokenSecret: string
  readonly publicUrl: string
  readonly signupOpen: boolean
  readonly upstreamUrls: Readonly<Record<UpstreamName, string>>
  /** The routing table: every route of the system, unless a test needs others. */
  readonly routes?: readonly Route[]
  readonly upstreamConnections?: number
  readonly upstreamTimeoutMs?: number
  /** How long a client may read nothing of an answer before it is cut off. */
  readonly clientStallMs?: number
  readonly rateLimitScale?: number
  /** Origins whose pages may call the API. */
  readonly corsOrigins?: readonly string[]
  /** Opens metrics and detailed health to others than this machine. */
  readonly metricsToken?: string
  readonly trustedProxies?: readonly string[]
}

/** The gateway without its port: what `main` listens with and tests start. Closing it closes what it opened, not what it was given. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, logger } = options
  const securityHeaders = await readSecurityHeaders()
  const upstreams = openUpstreams(options, securityHeaders)
  const scale = options.rateLimitScale ?? 1
  const limits = openSharedLimits(options.redis === undefined ? undefined : redisWindows(options.redis), logger)
  const dependencies = openDependencies(options, accountLimit(limits, scale))
  const feed = openFeed(options, dependencies)
  const watch = watchChanges({ database, principals: dependencies.principals, logger })

  const app = createServer({
    service: 'gateway',
    logger,
    metrics: options.metrics,
    internalSecret: options.internalSecret,
    newRequestId: newId,
    trustRequestId: false,
    readActor: actorOf,
    answerHeaders: securityHeaders,
    trustedProxies: options.trustedProxies ?? [],
    slowMs: options.slowMs,
    validateResponses: options.validateResponses,
    database,
    optionalDependencies: [
      ...(options.optionalDependencies ?? []),
      ...Object.values(upstreams).map(({ service, check }) => ({ name: service, check })),
    ],
    details: () => ({
      ...options.details?.(),
      streams: feed?.subscribers.size ?? 0,
      upstreams: Object.fromEntries(Object.values(upstreams).map((one) => [one.service, one.state()])),
    }),
  })
  app.decorateRequest('caller', null)
  app.decorateRequest('refusal', null)
  app.decorateRequest('counted', undefined)
  app.addHook('onRequest', guardInternalRoutes(options.metricsToken))
  await allowOrigins(app, options.corsOrigins ?? [])
  await registerRateLimits(app, limits)
  app.register((scope, _options, done) => {
    scope.addHook('onRequest', identify(dependencies.principals, guardLookUps(limits, scale)))
    countRequests(scope, scale)
    scope.addHook('onRequest', admit)
    sessionRoutes(scope, dependencies)
    companyRoutes(scope, dependencies)
    userRoutes(scope, dependencies)
    roleRoutes(scope, dependencies)
    apiKeyRoutes(scope, dependencies)
    auditRoutes(scope, dependencies)
    departmentRoutes(scope, dependencies)
    positionRoutes(scope, dependencies)
    if (feed !== undefined)
      streamRoutes(scope, {
        feed,
        principals: dependencies.principals,
        securityHeaders,
        limits: {
          all: options.maxStreams ?? 12_000,
          perCompany: options.maxStreamsPerCompany ?? 1_000,
          perUser: options.maxStreamsPerUser ?? 20,
        },
      })
    forwardRoutes(scope, options.routes ?? allRoutes, upstreams)
    done()
  })
  app.register((scope, _options, done) => {
    countRequests(scope, scale)
    documentRoutes(scope, options.publicUrl)
    done()
  })
  // Before the server waits for its connections to end, which a stream never does.
  app.addHook('preClose', async () => feed?.close())
  app.addHook('onClose', async () => {
    limits.stop()
    await Promise.all([
      watch.stop(),
      dependencies.signIns.close(),
      ...Object.values(upstreams).map((upstream) => upstream.close()),
    ])
  })
  return app
}

function openDependencies(options: AppOptions, limitAccount: Dependencies['limitAccount']): Dependencies {
  const { database } = options
  const vault = openVault(options.tokenSecret)
  const keyring = openKeyring(database, vault)
  const tokens = accessTokens(keyring, options.publicUrl)
  return {
    database,
    keyring,
    tokens,
    principals: openPrincipals(database, tokens),
    passwords: openPasswords(),
    refreshTokenKey: vault.derive('refresh tokens'),
    signIns: openSignInLog(options),
    signupOpen: options.signupOpen,
    limitAccount,
  }
}

function openFeed(options: AppOptions, { principals }: Dependencies): LiveFeed | undefined {
  const { bus, database, logger, heartbeatMs } = options
  if (bus === undefined) return undefined
  const feed = openLiveFeed({ bus, database, logger, heartbeatMs })
  principals.onForget((companyId) => feed.subscribers.recheck(companyId))
  return feed
}

function openUpstreams(
  options: AppOptions,
  securityHeaders: Readonly<Record<string, string>>,
): Record<UpstreamName, Upstream> {
  const open = (service: UpstreamName) =>
    openUpstream({
      service,
      url: options.upstreamUrls[service],
      connections: options.upstreamConnections ?? 128,
      timeoutMs: options.upstreamTimeoutMs ?? 10_000,
      stallMs: options.clientStallMs ?? 30_000,
      internalSecret: options.internalSecret,
      securityHeaders,
    })
  return {
    deals: open('deals'),
    inventory: open('inventory'),
    'telephony-ingest': open('telephony-ingest'),
    analytics: open('analytics'),
  }
}

import type { AddressInfo } from 'node:net'
import type { Database } from '@dealwire/db/client'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { TEST_INTERNAL_SECRET } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { type AppOptions, buildApp } from '../src/app.ts'

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9'

export const TOKEN_SECRET = 'test-token-secret-of-32-characters!!'

type Options = Partial<Omit<AppOptions, 'upstreamUrls'>> & { upstreamUrls?: Partial<AppOptions['upstreamUrls']> }

/** A gateway that ends with the test. */
export async function startGateway(database: Database, options: Options = {}): Promise<FastifyInstance> {
  const { upstreamUrls, ...rest } = options
  const app = await buildApp({
    database,
    logger: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics('gateway'),
    internalSecret: TEST_INTERNAL_SECRET,
    tokenSecret: TOKEN_SECRET,
    publicUrl: 'http://gateway.test',
    signupOpen: true,
    rateLimitScale: 1_000,
    validateResponses: true,
    upstreamUrls: {
      deals: NOWHERE,
      inventory: NOWHERE,
      'telephony-ingest': NOWHERE,
      analytics: NOWHERE,
      ...upstreamUrls,
    },
    ...rest,
  })
  onTestFinished(() => app.close())
  return app
}

/** As `startGateway`, listening; answers its base URL. */
export async function listeningGateway(
  database: Database,
  options: Options = {},
): Promise<{ app: FastifyInstance; url: string }> {
  const app = await startGateway(database, options)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { app, url: `http://127.0.0.1:${port}` }
}

export type SignedIn = {
  accessToken: string
  refreshToken: string
  user: { id: string; email: string; role: string; permissions: string[] }
  company: { id: string; name: string }
}

let companies = 0

/** Registers a company; answers what its administrator gets. */
export async function register(app: FastifyInstance, email = `admin${++companies}@company.test`): Promise<SignedIn> {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/auth/register',
    payload: { companyName: 'Company', name: 'Ana', email, password: PASSWORD },
  })
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json()
}

export const PASSWORD = 'correct horse battery'

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}

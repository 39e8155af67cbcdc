import pg from 'pg'
import { type Log, SetupError } from '../local-server.ts'
import { dateDeals } from './date-deals.ts'
import { type DemoApi, demoApi, ensureAll, enter } from './demo-api.ts'
import { demoLogins, demoPassword } from './demo-logins.ts'
import { seedCalls } from './seed-calls.ts'
import { isSeeded, markSeeded } from './seed-marker.ts'
import { seedSales } from './seed-sales.ts'
import { seedStock } from './seed-stock.ts'

export type SeedOptions = { gatewayUrl: string; databaseUrl: string; log: Log }

/** Makes the demo company and what is in it. A seed that was interrupted is completed; one that is complete is left alone. */
export async function seedDemo({ gatewayUrl, databaseUrl, log }: SeedOptions): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if (await isSeeded(client)) return
    log('Filling it: customers, deals, stock and calls')
    await fill(gatewayUrl, client)
    await markSeeded(client)
  } finally {
    await client.end()
  }
}

async function fill(gatewayUrl: string, client: pg.Client): Promise<void> {
  const now = Date.now()
  const { api, companyId } = await signUp(gatewayUrl)
  const userIds = await addUsers(api)
  // Contacts first: a call looks up who it is from when it comes in.
  const deals = await seedSales(api, userIds, now)
  await dateDeals(client, companyId, deals)
  await Promise.all([seedStock(api), seedCalls(api, userIds, now)])
}

async function signUp(gatewayUrl: string): Promise<{ api: DemoApi; companyId: string }> {
  const [{ name, email }] = demoLogins
  const registration = { companyName: 'Demo Company', name, email, password: demoPassword }
  const session =
    (await enter(gatewayUrl, '/v1/auth/register', registration, 409)) ??
    (await enter(gatewayUrl, '/v1/auth/login', { email, password: demoPassword }, 401))
  if (session === undefined)
    throw new SetupError(
      `The demo company is not complete, and ${email} has another password than '${demoPassword}'. ` +
        'Start without it (npm start -- --no-seed), or anew (npm start -- --fresh)',
    )
  const { accessToken, company } = session as { accessToken: string; company: { id: string } }
  return { api: demoApi(gatewayUrl, accessToken), companyId: company.id }
}

async function addUsers(api: DemoApi): Promise<string[]> {
  return ensureAll(demoLogins, {
    existing: await api.list('/v1/users'),
    key: 'email',
    make: (login) => api.post('/v1/users', { ...login, password: demoPassword, active: true }),
  })
}

import pg from 'pg'
import { fillStock, fillStockroom } from './data/fill-stock.ts'
import { loadCalls } from './data/load-calls.ts'
import { loadDeals } from './data/load-deals.ts'
import type { BenchCompany, Fixture } from './fixture.ts'
import { at, callApi, forEach, tryApi } from './http.ts'
import { limitTables } from './limit/statements.ts'
import type { Settings } from './settings.ts'

const PASSWORD = 'bench is not a secret'
const AT_ONCE = 4
const PAGE_200 = 40 // pages of 100 rows before it; a cursor does not depend on the size of the page
const TOKEN_AGE_MS = 8 * 60_000

type Place = { readonly gatewayUrl: string; readonly databaseUrl: string }
type Session = Pick<BenchCompany, 'number' | 'id' | 'userId' | 'accessToken'>

/** Companies through the gateway, as anybody makes them; their rows straight into Postgres. */
export async function prepareFixture(place: Place, settings: Settings): Promise<Fixture> {
  const numbers = Array.from({ length: settings.companies }, (_, index) => index + 1)
  const sessions = await forEach(numbers, AT_ONCE, (number) => signUp(place.gatewayUrl, number))
  // Makes the default pipeline, whether its event has arrived yet or not.
  await forEach(sessions, AT_ONCE, ({ accessToken }) =>
    callApi(place.gatewayUrl, 'GET', '/v1/pipelines', { token: accessToken }),
  )
  await loadRows(place.databaseUrl, sessions, settings.dealsPerCompany)
  if (wants('call overview', settings))
    await loadCalls(
      place.databaseUrl,
      sessions.map(({ id }) => id),
    )
  const companies = await forEach(sessions, AT_ONCE, (session) => complete(place.gatewayUrl, session, settings))
  const [keeper] = companies
  const stockroom =
    keeper !== undefined && wants('stockroom', settings)
      ? await fillStockroom({ ...keeper, gatewayUrl: place.gatewayUrl })
      : null
  await settle(place.databaseUrl)
  return { companies, dealsPerCompany: settings.dealsPerCompany, madeAt: Date.now(), stockroom }
}

const wants = (part: string, { only }: Settings) => only.some((name) => name.includes(part))

/** As the database is after a quiet minute: statistics are there, and nothing is left to be written. */
async function settle(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}

/** Access tokens live 15 minutes, a full run longer. */
export async function withFreshTokens(gatewayUrl: string, fixture: Fixture): Promise<Fixture> {
  if (Date.now() - fixture.madeAt < TOKEN_AGE_MS) return fixture
  const companies = await forEach(fixture.companies, AT_ONCE, async (company) => ({
    ...company,
    ...(await signIn(gatewayUrl, company.number)),
  }))
  return { ...fixture, companies, madeAt: Date.now() }
}

const emailOf = (number: number) => `bench-${number}@example.test`

async function signUp(gatewayUrl: string, number: number): Promise<Session> {
  const body = { companyName: `Bench ${number}`, name: 'Bench', email: emailOf(number), password: PASSWORD }
  const { status, answer } = await tryApi(gatewayUrl, 'POST', '/v1/auth/register', { body })
  if (status === 409) return signIn(gatewayUrl, number)
  if (status !== 201) throw new Error(`Registering answered ${status}: ${JSON.stringify(answer)}`)
  return sessionOf(number, answer)
}

async function signIn(gatewayUrl: string, number: number): Promise<Session> {
  return sessionOf(
    number,
    await callApi(gatewayUrl, 'POST', '/v1/auth/login', { body: { email: emailOf(number), password: PASSWORD } }),
  )
}

function sessionOf(number: number, answer: unknown): Session {
  const text = (...keys: string[]) => String(at(answer, ...keys))
  return { number, id: text('company', 'id'), userId: text('user', 'id'), accessToken: text('accessToken') }
}

async function loadRows(databaseUrl: string, sessions: readonly Session[], deals: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query("SET timezone = 'UTC'")
    // `fold`, in a generated column, finds its dictionary by the search path.
    await client.query('SET search_path = deals, extensions')
    for (const session of sessions) await loadDeals(client, { ...session, deals })
    await client.query(limitTables)
  } finally {
    await client.end()
  }
}

async function complete(gatewayUrl: string, session: Session, settings: Settings): Promise<BenchCompany> {
  const deep = await findPage200(gatewayUrl, session.accessToken)
  return {
    ...session,
    ...deep,
    connection: wants('webhook', settings) ? await connect(gatewayUrl, session.accessToken) : null,
    productIds: wants('FIFO', settings) ? await fillStock({ ...session, gatewayUrl }, settings.companies) : [],
  }
}

async function findPage200(
  gatewayUrl: string,
  token: string,
): Promise<Pick<BenchCompany, 'deepCursor' | 'deepDealId'>> {
  let cursor = ''
  let lastId: unknown
  for (let page = 0; page < PAGE_200; page++) {
    const answer = await callApi(
      gatewayUrl,
      'GET',
      `/v1/deals?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      { token },
    )
    const next = at(answer, 'page', 'nextCursor')
    if (typeof next !== 'string') throw new Error('Page 200 needs more than 4,000 deals per company')
    cursor = next
    lastId = at(answer, 'data', 99, 'id')
  }
  return { deepCursor: cursor, deepDealId: String(lastId) }
}

async function connect(gatewayUrl: string, token: string): Promise<NonNullable<BenchCompany['connection']>> {
  const answer = await callApi(gatewayUrl, 'POST', '/v1/telephony/connections', {
    token,
    body: { name: `Bench ${Date.now()}`, provider: 'generic' },
  })
  return { path: new URL(String(at(answer, 'webhookUrl')), gatewayUrl).pathname, secret: String(at(answer, 'secret')) }
}

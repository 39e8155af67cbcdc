import { randomUUID } from 'node:crypto'

export type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: Body }
type Body = Readonly<Record<string, unknown>>

/** A company that nobody else has, and its administrator's calls. An answer is whatever comes; no answer throws. */
export type Company = {
  readonly id: string
  get(path: string): Promise<Answer>
  post(path: string, body: unknown, idempotencyKey?: string): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
}

const DEADLINE_MS = 15_000

export async function foundCompany(gatewayUrl: string): Promise<Company> {
  const email = `founder-${randomUUID()}@example.test`
  const registration = { companyName: 'Fault Ltd', name: 'Founder', email, password: 'a long password' }
  const { status, body } = await send(gatewayUrl, 'POST', '/v1/auth/register', { body: registration })
  if (status !== 201) throw new Error(`Registering answered ${status}: ${JSON.stringify(body)}`)
  const { accessToken, company } = body as { accessToken: string; company: { id: string } }
  const authorization = `Bearer ${accessToken}`
  return {
    id: company.id,
    get: (path) => send(gatewayUrl, 'GET', path, { headers: { authorization } }),
    post: (path, body, key) =>
      send(gatewayUrl, 'POST', path, {
        body,
        headers: { authorization, ...(key !== undefined && { 'idempotency-key': key }) },
      }),
    patch: (path, body) => send(gatewayUrl, 'PATCH', path, { body, headers: { authorization } }),
  }
}

type Request = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

async function send(gatewayUrl: string, method: string, path: string, { body, headers }: Request): Promise<Answer> {
  const response = await fetch(new URL(path, gatewayUrl), {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  })
  const text = await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: text === '' ? {} : (JSON.parse(text) as Body),
  }
}

/** The number at a path of keys, or NaN. */
export function figure(body: unknown, ...keys: string[]): number {
  const found = keys.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    body,
  )
  return typeof found === 'number' ? found : Number.NaN
}

/** Calls `work` over and over from several hands until `stop`, which waits for the last answers. */
export function keepCalling(hands: number, work: (n: number) => Promise<void>): { stop(): Promise<number> } {
  let isStopped = false
  let count = 0
  const hand = async () => {
    while (!isStopped) await work(count++)
  }
  const all = Promise.all(Array.from({ length: hands }, hand))
  // Seen by `stop`; until then it must not count as unhandled.
  all.catch(() => undefined)
  return {
    async stop() {
      isStopped = true
      await all
      return count
    },
  }
}

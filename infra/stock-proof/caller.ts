import { setTimeout as pause } from 'node:timers/promises'

const DEADLINE_MS = 30_000
const MAX_ATTEMPTS = 100

type Answered = { readonly status: number; readonly code: string; readonly body: Record<string, unknown> }

export type Caller = {
  /** Answers whatever the status; a connection that broke is `unreachable` with status 599. */
  call(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Answered>
  /** For what has to work: asked again while it is cut off, refused for a moment or limited, with one key, so that it has one effect. */
  must(method: string, path: string, body?: object): Promise<Record<string, unknown>>
}

/** A new company's first user. */
export async function register(gateway: string): Promise<Caller> {
  const name = `proof-${Date.now()}`
  const { body, status } = await send(gateway, 'POST', '/v1/auth/register', {
    body: { companyName: name, name, email: `${name}@example.com`, password: crypto.randomUUID() },
  })
  if (status !== 201) throw new Error(`Registering at ${gateway} was answered ${status}: ${JSON.stringify(body)}`)
  const token = String(body['accessToken'])
  const call: Caller['call'] = (method, path, data, idempotencyKey) =>
    send(gateway, method, path, { body: data, token, idempotencyKey })
  return {
    call,
    async must(method, path, data) {
      const key = method === 'GET' ? undefined : crypto.randomUUID()
      const answer = await settle(() => call(method, path, data, key))
      if (answer.status >= 300)
        throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
  }
}

/** Asks until there is an answer that stays; the last one after too many attempts. */
export async function settle(ask: () => Promise<Answered>): Promise<Answered> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask()
    if (attempt === MAX_ATTEMPTS || !isTransient(answer)) return answer
    await pause(answer.status === 429 ? 1_000 : 20 + Math.random() * 80)
  }
}

function isTransient({ status, code }: Answered): boolean {
  return status === 429 || status > 500 || code === 'idempotency_in_progress'
}

type Message = {
  readonly body?: object | undefined
  readonly token?: string
  readonly idempotencyKey?: string | undefined
}

async function send(gateway: string, method: string, path: string, message: Message): Promise<Answered> {
  try {
    const answer = await fetch(`${gateway}${path}`, {
      method,
      headers: {
        ...(message.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(message.token === undefined ? {} : { authorization: `Bearer ${message.token}` }),
        ...(message.idempotencyKey === undefined ? {} : { 'idempotency-key': message.idempotencyKey }),
      },
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(message.body === undefined ? {} : { body: JSON.stringify(message.body) }),
    })
    const text = await answer.text()
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    return { status: answer.status, code: String(body['code'] ?? ''), body }
  } catch (error) {
    return { status: 599, code: 'unreachable', body: { detail: String(error) } }
  }
}

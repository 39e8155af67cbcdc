const DEADLINE_MS = 30_000

type Answered = { readonly status: number; readonly code: string; readonly body: Record<string, unknown> }

export type Caller = {
  /** Answers whatever the status; a connection that broke is `unreachable` with status 599. */
  call(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Answered>
  /** As `call`, for what has to work. */
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
      const answer = await call(method, path, data)
      if (answer.status >= 300)
        throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
  }
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

import { inject } from 'vitest'
import './provided.ts'

export type Sent = {
  readonly method: string
  readonly path: string
  readonly query?: string
  /** Sent as JSON, unless it is bytes. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | undefined
}

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly contentType: string
  readonly text: string
  /** Undefined when the body is not JSON. */
  readonly json: unknown
}

const DEADLINE_MS = 15_000

/** Sends one request to the gateway, as it is: nothing is retried, no redirect is followed. */
export async function send({ method, path, query = '', body, headers = {}, token }: Sent): Promise<Answer> {
  const response = await fetch(`${inject('system').gatewayUrl}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(DEADLINE_MS),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { body: body instanceof Uint8Array ? new Blob([body.slice()]) : JSON.stringify(body) }),
  })
  const contentType = response.headers.get('content-type') ?? ''
  const text = await bodyOf(response, contentType)
  const isJson = /^application\/([a-z.+-]+\+)?json\b/.test(contentType)
  return {
    status: response.status,
    headers: response.headers,
    contentType,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  }
}

/** A live stream has no end: that it began is the answer. */
async function bodyOf(response: Response, contentType: string): Promise<string> {
  if (!contentType.startsWith('text/event-stream')) return response.text()
  await response.body?.cancel()
  return ''
}

/** The JSON of an answer that must be 2xx: for what a test needs before it can begin. */
export async function sendOk(request: Sent): Promise<Record<string, unknown>> {
  const answer = await send(request)
  if (answer.status >= 200 && answer.status < 300) return (answer.json ?? {}) as Record<string, unknown>
  const sent = request.body === undefined ? '' : ` with ${JSON.stringify(request.body).slice(0, 500)}`
  throw new Error(
    `${request.method} ${request.path}${sent} answered ${answer.status}: ${answer.text.slice(0, 500)}. ` +
      'If it needs something to exist first, add an arrangement to infra/matrix/test/fixtures/arrangements.ts.',
  )
}

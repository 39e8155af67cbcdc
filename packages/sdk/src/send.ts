import type { Call, Send } from './call.ts'
import type { Problem } from './generated/schemas.ts'
import { ApiProblem, NoAnswer } from './problem.ts'
import { isRepeatable, waitMs } from './retry.ts'

export type ClientOptions = {
  /** Of the gateway, such as `https://crm.example.com`. */
  readonly baseUrl: string
  /** An access token or API key, or how to get the current one; asked before every attempt. */
  readonly token?: string | (() => string | Promise<string>)
  /** For a whole call, retries and waits included; 30 s unless told, 90 s for one that sends a file. */
  readonly deadlineMs?: number
  /** How often a call is repeated at most; 3 unless told. */
  readonly retries?: number
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of the global one. */
  readonly fetch?: typeof fetch
}

const DEFAULT_DEADLINE_MS = 30_000
/** The server takes a file for a minute. */
const FILE_DEADLINE_MS = 90_000
const DEFAULT_RETRIES = 3

/** Sends calls, again where that is safe, until an answer comes or the deadline. */
export function openSend(options: ClientOptions): Send {
  const retries = options.retries ?? DEFAULT_RETRIES

  return async <Answer>(call: Call): Promise<Answer> => {
    const deadlineAt = performance.now() + (call.options.deadlineMs ?? options.deadlineMs ?? usualDeadlineMs(call))
    const key = keyOf(call)
    for (let attempt = 0; ; attempt++) {
      try {
        return (await attemptOnce(options, call, key, deadlineAt)) as Answer
      } catch (error) {
        const wait = waitMs(attempt, error, Math.random)
        const isOver =
          attempt >= retries || performance.now() + wait >= deadlineAt || call.options.signal?.aborted === true
        if (isOver || !isRepeatable(call, key, error)) throw error
        await pause(wait, call.options.signal)
      }
    }
  }
}

function usualDeadlineMs({ mediaType }: Call): number {
  return mediaType === undefined ? DEFAULT_DEADLINE_MS : FILE_DEADLINE_MS
}

/** One key for all attempts of a call: whichever of them arrives first has the effect. */
function keyOf({ isIdempotent, options }: Call): string | undefined {
  if (isIdempotent !== true) return undefined
  return options.idempotencyKey ?? globalThis.crypto.randomUUID()
}

async function attemptOnce(
  options: ClientOptions,
  call: Call,
  key: string | undefined,
  deadlineAt: number,
): Promise<unknown> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(lateness()), Math.max(1, Math.ceil(deadlineAt - performance.now())))
  const signals = [deadline.signal, ...(call.options.signal === undefined ? [] : [call.options.signal])]
  try {
    const request: RequestInit = {
      method: call.method,
      headers: await headersOf(options, call, key),
      signal: AbortSignal.any(signals),
      ...(call.body === undefined ? {} : { body: bodyOf(call) }),
    }
    return await exchange(options, call, request)
  } finally {
    clearTimeout(timer)
  }
}

function bodyOf({ body, mediaType }: Call): NonNullable<RequestInit['body']> {
  return mediaType === undefined ? JSON.stringify(body) : (body as NonNullable<RequestInit['body']>)
}

function lateness(): DOMException {
  return new DOMException('The deadline of the call has passed', 'TimeoutError')
}

type Connection = Required<Pick<Call, 'path' | 'query'>> & {
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** One GET whose answer goes on; throws `ApiProblem` when it is refused. */
export async function connect(options: ClientOptions, connection: Connection): Promise<Response> {
  const { path, query, headers, signal } = connection
  const call: Call = { method: 'GET', path, query, isStream: true, options: { signal } }
  const own = await headersOf(options, call, undefined)
  return (await exchange(options, call, { headers: { ...own, ...headers }, signal })) as Response
}

async function exchange(options: ClientOptions, call: Call, request: RequestInit): Promise<unknown> {
  const { response, text } = await answerTo(options, call, request)
  if (!response.ok) throw new ApiProblem(problemOf(response, text), retryAfterOf(response))
  if (call.isStream === true) return response
  return text === '' ? undefined : JSON.parse(text)
}

async function answerTo(
  options: ClientOptions,
  call: Call,
  request: RequestInit,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await (options.fetch ?? fetch)(urlOf(options.baseUrl, call), request)
    return { response, text: response.ok && call.isStream === true ? '' : await response.text() }
  } catch (error) {
    if (call.options.signal?.aborted === true) throw error
    throw new NoAnswer(`No answer to ${call.method} ${call.path} from ${options.baseUrl}`, { cause: error })
  }
}

function urlOf(baseUrl: string, { path, query = {} }: Call): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  return url
}

async function headersOf(
  { token, headers }: ClientOptions,
  call: Call,
  key: string | undefined,
): Promise<Record<string, string>> {
  const current = typeof token === 'function' ? await token() : token
  return {
    accept: call.isStream === true ? '*/*' : 'application/json',
    ...headers,
    ...(current === undefined ? {} : { authorization: `Bearer ${current}` }),
    ...(call.body === undefined ? {} : { 'content-type': call.mediaType ?? 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(call.options.ifMatch === undefined ? {} : { 'if-match': `"${call.options.ifMatch}"` }),
  }
}

/** A proxy on the way may answer with something else than a problem document. */
function problemOf(response: Response, text: string): Problem {
  const requestId = response.headers.get('x-request-id') ?? ''
  const unknown = {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: text.slice(0, 200),
    code: `http_${response.status}`,
    requestId,
  }
  if (!(response.headers.get('content-type') ?? '').includes('json')) return unknown
  try {
    return { ...unknown, ...(JSON.parse(text) as Partial<Problem>) }
  } catch {
    return unknown // cut off on the way: the status still tells most
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

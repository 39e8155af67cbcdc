import { SetupError } from '../local-server.ts'

export type Json = Readonly<Record<string, unknown>>

/** The gateway, for a user who is signed in. */
export type DemoApi = {
  post(path: string, body: object): Promise<Json>
  /** Every item of a list, page by page. */
  list(path: string): Promise<Json[]>
}

const AT_ONCE = 8
const PAGE = 100
const MOST_PAGES = 100

export function demoApi(gatewayUrl: string, accessToken: string): DemoApi {
  return {
    post: (path, body) => call(gatewayUrl, path, { body, accessToken }),
    async list(path) {
      const found: Json[] = []
      let cursor = ''
      for (let page = 0; page < MOST_PAGES; page++) {
        const separator = path.includes('?') ? '&' : '?'
        const answer = await call(gatewayUrl, `${path}${separator}limit=${PAGE}${cursor}`, { accessToken })
        const { data, page: position } = answer as { data: Json[]; page: { nextCursor: string | null } }
        found.push(...data)
        if (position.nextCursor === null) return found
        cursor = `&cursor=${encodeURIComponent(position.nextCursor)}`
      }
      throw new Error(`${path} has more than ${MOST_PAGES * PAGE} items`)
    },
  }
}

/** What an unauthenticated caller is told; undefined when it is refused with this status. */
export async function enter(
  gatewayUrl: string,
  path: string,
  body: object,
  refusal: number,
): Promise<Json | undefined> {
  const { status, answer } = await send(gatewayUrl, path, { body })
  if (status === refusal) return undefined
  return accepted(path, status, answer)
}

async function call(gatewayUrl: string, path: string, request: Request): Promise<Json> {
  const { status, answer } = await send(gatewayUrl, path, request)
  return accepted(path, status, answer)
}

function accepted(path: string, status: number, answer: string): Json {
  if (status >= 400) throw new SetupError(`The demo company: ${path} answered ${status}: ${answer.slice(0, 1_000)}`)
  return JSON.parse(answer) as Json
}

type Request = { readonly body?: object; readonly accessToken?: string }

async function send(gatewayUrl: string, path: string, { body, accessToken }: Request) {
  const response = await fetch(`${gatewayUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  })
  return { status: response.status, answer: await response.text() }
}

/** Runs `work` for every item, a few at a time. */
export async function forEach<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const left = items.entries()
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  return results
}

/** Makes what is not there yet, told by `key`. Returns the ids in the order of `wanted`. */
export async function ensureAll<T>(
  wanted: readonly T[],
  { existing, key, make }: { existing: readonly Json[]; key: keyof T & string; make: (item: T) => Promise<Json> },
): Promise<string[]> {
  const known = new Map(existing.map((item) => [item[key], String(item['id'])]))
  return forEach(wanted, async (item) => known.get(item[key]) ?? String((await make(item))['id']))
}

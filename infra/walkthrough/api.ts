/** A JSON API as the walk-through uses it: whatever is not the expected status is an error that quotes the answer. */
export type Api = {
  get(path: string): Promise<Json>
  post(path: string, body: unknown, expected?: number): Promise<Json>
  patch(path: string, body: unknown): Promise<Json>
}

export type Json = Readonly<Record<string, unknown>>

type Call = { method: string; path: string; body?: string; headers: Record<string, string>; expected: number }

const DEADLINE_MS = 10_000

export async function call(baseUrl: string, { method, path, body, headers, expected }: Call): Promise<Json> {
  const request = { method, headers, signal: AbortSignal.timeout(DEADLINE_MS), ...(body === undefined ? {} : { body }) }
  const response = await fetch(new URL(path, baseUrl), request).catch((cause: unknown) => {
    throw new Error(`${method} ${path}: no answer from ${baseUrl}. Is the system running? Start it with: npm start`, {
      cause,
    })
  })
  const text = await response.text()
  if (response.status !== expected)
    throw new Error(`${method} ${path} answered ${response.status}, not ${expected}: ${text.slice(0, 1_000)}`)
  return text === '' ? {} : (JSON.parse(text) as Json)
}

export function apiOf(baseUrl: string, accessToken?: string): Api {
  const headers = {
    'content-type': 'application/json',
    ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
  }
  const send = (method: string, path: string, expected: number, body?: unknown) =>
    call(baseUrl, { method, path, headers, expected, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return {
    get: (path) => send('GET', path, 200),
    post: (path, body, expected = 201) => send('POST', path, expected, body),
    patch: (path, body) => send('PATCH', path, 200, body),
  }
}

/** The value at a path of keys; undefined where the path ends early. */
export function at(json: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    json,
  )
}

/** The items of a page. */
export function items(page: Json): readonly Json[] {
  const { data } = page as { data?: unknown }
  if (!Array.isArray(data)) throw new Error(`Not a page: ${JSON.stringify(page).slice(0, 500)}`)
  return data as Json[]
}

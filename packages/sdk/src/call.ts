import type { PageInfo } from './generated/schemas.ts'

export type CallOptions = {
  /** For the whole call, retries and waits included. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
  /** Of a POST: the same key makes the same request again instead of a second one. Made up where it is left out. */
  readonly idempotencyKey?: string
}

export type ChangeOptions = CallOptions & {
  /** The `version` that the change is based on; another one is refused with `version_mismatch`. */
  readonly ifMatch?: number
}

/** A file to send, as often as a retry needs it; in Node `openAsBlob` of `node:fs` gives one that is read while it is sent. */
export type FileBody = Blob | Uint8Array | string

export type Call = {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** The body is a file of this type, sent as it is; without one it is sent as JSON. */
  readonly mediaType?: string
  /** Takes an Idempotency-Key. */
  readonly isIdempotent?: boolean
  /** The answer is handed over before its body has arrived. */
  readonly isStream?: boolean
  readonly options: ChangeOptions
}

export type Send = <Answer>(call: Call) => Promise<Answer>

export type Page<Item> = { readonly data: readonly Item[]; readonly page: PageInfo }

/** A list that has not been asked for yet: iterate over its items, or over its pages, or take one page. */
export type Pages<Item> = AsyncIterable<Item> & {
  /** The page that the query asks for: the first one unless it has a cursor. */
  page(): Promise<Page<Item>>
  pages(): AsyncIterable<Page<Item>>
}

export function pagesOf<Item>(send: Send, call: Call): Pages<Item> {
  const load = (cursor: unknown) =>
    send<Page<Item>>(cursor === undefined ? call : { ...call, query: { ...call.query, cursor } })

  async function* pages(): AsyncGenerator<Page<Item>> {
    let cursor = call.query?.['cursor']
    for (;;) {
      const page = await load(cursor)
      yield page
      const { nextCursor } = page.page
      if (nextCursor === null) return
      if (nextCursor === cursor) throw new Error(`The list ${call.path} does not advance beyond ${nextCursor}`)
      cursor = nextCursor
    }
  }

  async function* items(): AsyncGenerator<Item> {
    for await (const page of pages()) yield* page.data
  }

  return { page: () => load(undefined), pages, [Symbol.asyncIterator]: items }
}

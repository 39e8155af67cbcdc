/** What went wrong, as one of a closed set: the HTTP edge maps it to a status, the messaging edge to ack, nak or dead letter. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'request_timeout'
  | 'gone'
  | 'conflict'
  | 'version_mismatch'
  | 'too_large'
  | 'unsupported_media_type'
  | 'idempotency_key_reused'
  | 'rate_limited'
  | 'bad_gateway'
  | 'unavailable'
  | 'timeout'

/** One reason inside a problem: where (`path`, or domain keys such as `productId`) and why. */
export type ErrorItem = { readonly message: string; readonly path?: string; readonly [key: string]: unknown }

export type AppErrorOptions = {
  readonly cause?: unknown
  readonly errors?: readonly ErrorItem[]
  /** Seconds after which a retry makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number
  /** Further members of the problem document, such as `duplicateOfId` or `results`. */
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** An expected failure. `code` is stable and public; `message` is for the caller: it quotes what was sent and names the next step. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly errors: readonly ErrorItem[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly extensions: Readonly<Record<string, unknown>> | undefined

  constructor(kind: ErrorKind, code: string, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
    this.extensions = options.extensions
  }
}

/** The same answer for a missing row and for another company's. */
export function notFound(what: string, id: string): AppError {
  return new AppError('not_found', 'not_found', `No ${what} with id '${id}'.`)
}

/** Refuses a change that was made for another version. Called under the row lock, so the version cannot move between check and change. */
export function ensureVersion(entity: { readonly version: number }, ifMatch: number | undefined): void {
  if (ifMatch === undefined || ifMatch === entity.version) return
  throw new AppError(
    'version_mismatch',
    'version_mismatch',
    `The current version is ${entity.version}, not ${ifMatch}; read it again and repeat the change.`,
  )
}

import type { StoredCallEvent } from '../calls/stored-call-event.ts'

/** A webhook as it arrived. Signatures are checked on `rawBody`, never on anything parsed. */
export type WebhookRequest = {
  readonly method: string
  /** The address the provider was given: some signatures cover it. From configuration, never from the Host header. */
  readonly publicUrl: string
  /** Keys in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Without the question mark, undecoded. */
  readonly rawQuery: string
  readonly rawBody: Uint8Array
  /** The last path segment of `/webhooks/:provider/:connectionId/:token`. */
  readonly pathToken: string | null
  /** For events of providers that give no time. */
  readonly receivedAtMs: number
}

/** What the provider wants to hear instead of our own answer. */
export type ProviderAnswer = {
  readonly contentType: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export type WebhookCredentials = {
  readonly connectionId: string
  /** The current secret and, while a rotation settles, the one before it. */
  readonly secrets: readonly string[]
  readonly nowMs: number
}

export type VerificationFailure =
  | 'missing_credentials'
  | 'malformed_credentials'
  | 'stale_timestamp'
  | 'wrong_credentials'
export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: VerificationFailure }

/** What a connection says about its PBX. */
export type ProviderSettings = {
  /** ISO 3166. */
  readonly defaultRegion: string
  /** IANA name, for providers that write local times without a zone. */
  readonly timeZone: string
  /** Numbers of at most this many digits are extensions of the PBX. */
  readonly maxExtensionDigits: number
  /** Where files that the PBX names by path can be fetched; null: the path is kept, and cannot be played. */
  readonly recordingBaseUrl: string | null
}

export const defaultSettings: ProviderSettings = {
  defaultRegion: 'GE',
  timeZone: 'UTC',
  maxExtensionDigits: 6,
  recordingBaseUrl: null,
}

export type NormalisedEvent = StoredCallEvent

/** Authentic, but not understood: kept as a dead letter, to be retried once the adapter has learned better. */
export type UnparsedItem = {
  /** Position in a batch; null when the payload as a whole was not understood. */
  readonly index: number | null
  readonly code: string
  readonly message: string
  readonly raw: string
}

export type ParsedWebhook = { readonly events: readonly NormalisedEvent[]; readonly unparsed: readonly UnparsedItem[] }

/** Whoever may be calling, the likeliest first. */
export type PossibleCaller = {
  readonly kind: 'contact' | 'customer'
  readonly id: string
  readonly name: string
  readonly customerId: string | null
  readonly phone: string
}

/** Some PBXs ask at the same address who is calling, while the phone rings. Nothing is stored for that. */
export type ProviderLookup = {
  /** Null: the request tells of a call. */
  readonly phoneIn: (request: WebhookRequest) => string | null
  readonly answer: (callers: readonly PossibleCaller[]) => ProviderAnswer
}

/** Everything that is particular to one provider. Pure: no clock, no network, no database. */
export type Provider = {
  readonly name: string
  readonly methods: readonly ('GET' | 'POST')[]
  readonly verify: (request: WebhookRequest, credentials: WebhookCredentials) => Verification
  /** Never throws for bad input: what it cannot read comes back as `unparsed`. */
  readonly parse: (request: WebhookRequest, settings: ProviderSettings) => ParsedWebhook
  /** Where the address itself must be hard to guess although requests are signed: its last part, made from the secret. */
  readonly pathTokenOf?: (secret: string, connectionId: string) => string
  readonly lookup?: ProviderLookup
  /** Left out or undefined: our own answer. Sent only after the events are committed. */
  readonly answer?: (request: WebhookRequest) => ProviderAnswer | undefined
}

export const verified: Verification = { ok: true }

export function refused(reason: VerificationFailure): Verification {
  return { ok: false, reason }
}

/** Bytes that are not UTF-8 become replacement characters, so that a bad caller name does not lose the call. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

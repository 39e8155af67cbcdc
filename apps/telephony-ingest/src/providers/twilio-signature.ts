import { createHash } from 'node:crypto'
import { parse, stringify } from 'node:querystring'
import { hmac, matchAny } from './normalise/signatures.ts'
import { refused, textOf, type Verification, type WebhookCredentials, type WebhookRequest } from './provider.ts'

/** HMAC-SHA1 over the address and the sorted form fields; a JSON body is covered by its hash in the address instead. */
export function verifyTwilio(request: WebhookRequest, { secrets }: WebhookCredentials): Verification {
  const { headers } = request
  const given = headers['x-twilio-signature'] ?? headers['x-signalwire-signature']
  if (given === undefined) return refused('missing_credentials')
  if (!URL.canParse(request.publicUrl)) return refused('malformed_credentials')
  const body = textOf(request.rawBody)
  const isForm = !/^\s*[[{]/.test(body)
  const bodyHash = new URLSearchParams(request.rawQuery).get('bodySHA256')
  if (bodyHash !== null && bodyHash.toLowerCase() !== sha256(request.rawBody)) return refused('wrong_credentials')
  if (bodyHash === null && !isForm) return verifyRawBody(request, body, given, secrets)
  const signed = bodyHash === null ? signedFields(body) : ''
  const expected = addressForms(request.publicUrl).flatMap((url) =>
    secrets.map((secret) => hmac('sha1', secret, url + signed, 'base64')),
  )
  return matchAny([given], expected)
}

/** Look-alikes that post JSON without its hash in the address sign the address and the body, in hex. */
function verifyRawBody(request: WebhookRequest, body: string, given: string, secrets: readonly string[]): Verification {
  const expected = addressForms(request.publicUrl).flatMap((url) =>
    secrets.flatMap((secret) => (['hex', 'base64'] as const).map((form) => hmac('sha1', secret, url + body, form))),
  )
  return matchAny([given], expected)
}

/**
 * Which of these was signed depends on the age of the number's settings: without or with the default port, and the query as
 * browsers or as older clients encode it.
 */
function addressForms(address: string): string[] {
  const url = new URL(address)
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const withoutPort = new URL(url)
  withoutPort.port = ''
  const plain = withoutPort.toString()
  // `URL` drops a default port, so it is put back by hand, after the host.
  const withPort = plain.replace(url.hostname + url.pathname, `${url.hostname}:${port}${url.pathname}`)
  return [plain, withPort].flatMap((form) => [form, withLegacyQuery(form)])
}

function withLegacyQuery(form: string): string {
  const at = form.indexOf('?')
  return at === -1 ? form : `${form.slice(0, at)}?${stringify(parse(form.slice(at + 1)))}`
}

/** Keys in byte order, each with its distinct values, sorted. */
function signedFields(body: string): string {
  const valuesOf = new Map<string, Set<string>>()
  for (const [name, value] of new URLSearchParams(body)) {
    const values = valuesOf.get(name) ?? new Set()
    valuesOf.set(name, values.add(value))
  }
  return [...valuesOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => [...values].sort().map((value) => name + value))
    .join('')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

import { createHmac } from 'node:crypto'
import { equalSecrets } from './equal-secrets.ts'
import { refused, type Verification, verified, type WebhookCredentials, type WebhookRequest } from './provider.ts'

const TOLERANCE_SECONDS = 300
/** A sender that rotates its key signs twice; more than a handful is an attempt to make us compute. */
const MAX_SIGNATURES = 10
/** A secret that is hardly base64 leaves next to nothing as a key, and anybody could sign. */
const SHORTEST_KEY_BYTES = 8

/** Signature scheme of the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, five minutes of tolerance. */
export function verifyStandardWebhook(request: WebhookRequest, credentials: WebhookCredentials): Verification {
  const id = request.headers['webhook-id']
  const timestamp = request.headers['webhook-timestamp']
  const header = request.headers['webhook-signature']
  if (id === undefined || timestamp === undefined || header === undefined) return refused('missing_credentials')
  if (!/^\d{1,12}$/.test(timestamp)) return refused('malformed_credentials')
  const signatures = versionOne(header)
  if (signatures.length === 0) return refused('malformed_credentials')
  if (Math.abs(credentials.nowMs / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return refused('stale_timestamp')

  const matches = credentials.secrets
    .filter((secret) => keyOf(secret).length >= SHORTEST_KEY_BYTES)
    .map((secret) => signStandardWebhook(secret, id, timestamp, request.rawBody))
    .flatMap((expected) => signatures.map((given) => equalSecrets(given, expected)))
  return matches.includes(true) ? verified : refused('wrong_credentials')
}

/** The signature without its `v1,`. */
export function signStandardWebhook(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}

function versionOne(header: string): string[] {
  return header
    .split(' ')
    .slice(0, MAX_SIGNATURES)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => part.slice('v1,'.length))
}

import { createHmac, timingSafeEqual } from 'node:crypto'

const PREFIX = 'dwr_'
const UUID_BYTES = 16
const BODY_BYTES = 2 * UUID_BYTES + 4
const MAC_BYTES = 32

/** What a refresh token says about itself; true only once its seal is checked against the session's seed. */
export type RefreshToken = {
  readonly companyId: string
  readonly sessionId: string
  readonly generation: number
  readonly mac: Buffer
}

type Link = { readonly companyId: string; readonly sessionId: string; readonly generation: number }

/**
 * The token of one link in a session's chain. The same link always gives the same token, so an answer that was lost can be
 * given again without storing any token.
 */
export function refreshToken(link: Link, seed: Uint8Array, key: Uint8Array): string {
  const body = bodyOf(link)
  return PREFIX + Buffer.concat([body, seal(body, seed, key)]).toString('base64url')
}

/** Undefined for what cannot be one of ours. */
export function parseRefreshToken(token: string): RefreshToken | undefined {
  if (!token.startsWith(PREFIX)) return undefined
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url')
  if (bytes.length !== BODY_BYTES + MAC_BYTES) return undefined
  return {
    companyId: uuidOf(bytes.subarray(0, UUID_BYTES)),
    sessionId: uuidOf(bytes.subarray(UUID_BYTES, 2 * UUID_BYTES)),
    generation: bytes.readUInt32BE(2 * UUID_BYTES),
    mac: bytes.subarray(BODY_BYTES),
  }
}

export function isGenuine(token: RefreshToken, seed: Uint8Array, key: Uint8Array): boolean {
  return timingSafeEqual(token.mac, seal(bodyOf(token), seed, key))
}

function bodyOf({ companyId, sessionId, generation }: Link): Buffer {
  const body = Buffer.alloc(BODY_BYTES)
  body.set(Buffer.from(companyId.replaceAll('-', ''), 'hex'), 0)
  body.set(Buffer.from(sessionId.replaceAll('-', ''), 'hex'), UUID_BYTES)
  body.writeUInt32BE(generation, 2 * UUID_BYTES)
  return body
}

function seal(body: Uint8Array, seed: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(seed).update(body).digest()
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

import { hash, randomBytes } from 'node:crypto'

const SHAPE = /^(dw_[0-9a-f]{16})_([A-Za-z0-9_-]{43})$/

export type KeyParts = { readonly prefix: string; readonly secretHash: Buffer }

/** A key that nobody can guess. Its secret has 256 random bits, so a plain hash of it is as good as a slow one. */
export function makeKey(): KeyParts & { readonly key: string } {
  const prefix = `dw_${randomBytes(8).toString('hex')}`
  const secret = randomBytes(32).toString('base64url')
  return { key: `${prefix}_${secret}`, prefix, secretHash: hashOf(secret) }
}

/** Undefined when the text is not an API key. */
export function readKey(text: string): KeyParts | undefined {
  const [, prefix, secret] = SHAPE.exec(text) ?? []
  return prefix === undefined || secret === undefined ? undefined : { prefix, secretHash: hashOf(secret) }
}

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

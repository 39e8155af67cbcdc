import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps secrets readable by this service only, and only in the row they were written for. */
export type SecretBox = {
  seal(secret: string, boundTo: string): Buffer
  /** Throws when the key is another, the bytes were changed, or they belong to another row. */
  open(sealed: Buffer, boundTo: string): string
}

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const ALGORITHM = 'aes-256-gcm'

/** AES-256-GCM with a key derived from `keyMaterial`. Sealed: format, nonce, tag, ciphertext. */
export function createSecretBox(keyMaterial: string): SecretBox {
  const key = new Uint8Array(hkdfSync('sha256', keyMaterial, '', 'dealwire telephony secrets', 32))
  return {
    seal(secret, boundTo) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, boundTo) {
      if (sealed[0] !== FORMAT) throw new Error('The secret is sealed in a format that this version does not know')
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag)
      const opened = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()])
      return opened.toString('utf8')
    },
  }
}

/** In the form of Standard Webhooks. Hexadecimal digits are base64 as well, and safe in a path. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('hex')}`
}

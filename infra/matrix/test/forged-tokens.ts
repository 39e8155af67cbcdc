import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import pg from 'pg'
import { inject } from 'vitest'
// The one thing that cannot be had through the API: a token of ours that is no longer good.
import { openVault } from '../../../apps/gateway/src/keys/vault.ts'
import type { Session } from './fixtures/world.ts'
import './provided.ts'

/** Authorization headers that must not get in, by what is wrong with them. */
export async function forgedAuthorizations({ token, refreshToken }: Session): Promise<Record<string, string>> {
  const ours = await signingKey(decodeProtectedHeader(token).kid ?? '')
  const theirs = generateKeyPairSync('ed25519').privateKey
  const claims = decodeJwt(token)
  const header = decodeProtectedHeader(token) as { alg: string; kid: string; typ: string }
  const nowSeconds = Math.floor(Date.now() / 1000)
  const sign = (change: object, key = ours, changedHeader: object = {}) =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ ...header, ...changedHeader }).sign(key)
  const [head = '', body = '', signature = ''] = token.split('.')
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const secret = Buffer.from('a secret of thirty-two characters')

  return {
    expired: `Bearer ${await sign({ iat: nowSeconds - 2_000, exp: nowSeconds - 1 })}`,
    'without an expiry': `Bearer ${await sign({ exp: undefined })}`,
    'of another issuer': `Bearer ${await sign({ iss: 'https://example.com' })}`,
    'for another audience': `Bearer ${await sign({ aud: 'somebody else' })}`,
    'of another type': `Bearer ${await sign({}, ours, { typ: 'JWT' })}`,
    'signed by another key': `Bearer ${await sign({}, theirs)}`,
    'of an unknown key': `Bearer ${await sign({}, theirs, { kid: 'nobodys' })}`,
    'without a signature': `Bearer ${base64({ ...header, alg: 'none' })}.${body}.`,
    'signed with HMAC': `Bearer ${await new SignJWT({ ...claims }).setProtectedHeader({ ...header, alg: 'HS256' }).sign(secret)}`,
    'with other claims': `Bearer ${head}.${base64({ ...claims, cid: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e' })}.${signature}`,
    'a refresh token': `Bearer ${refreshToken}`,
    garbage: 'Bearer garbage',
    empty: 'Bearer ',
    'another scheme': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'no scheme': token,
    'very long': `Bearer ${'x'.repeat(8_000)}`,
  }
}

async function signingKey(kid: string) {
  const { databaseUrl, tokenSecret } = inject('system')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(
      'SELECT sealed_private_key AS sealed FROM identity.signing_keys WHERE kid = $1',
      [kid],
    )
    return createPrivateKey({ key: openVault(tokenSecret).open(rows[0].sealed), format: 'der', type: 'pkcs8' })
  } finally {
    await client.end()
  }
}

import { expect, test } from 'vitest'
import { credentials, webhook } from '../../test/webhook.ts'
import { verifySharedSecret } from './shared-secret.ts'

const basic = (pair: string) => ({ headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } })
test('HTTP Basic with the connection and its secret, or the secret in the path', () => {
  expect(verifySharedSecret(webhook('', basic('c1:s3cret')), credentials())).toStrictEqual({ ok: true })
  expect(verifySharedSecret(webhook('', { pathToken: 's3cret' }), credentials())).toStrictEqual({ ok: true })
  expect(verifySharedSecret(webhook('', { pathToken: 'old' }), credentials({ secrets: ['s3cret', 'old'] })).ok).toBe(
    true,
  )
})

test.each([
  ['nothing', {}, 'missing_credentials'],
  ['another scheme', { headers: { authorization: 'Bearer s3cret' } }, 'malformed_credentials'],
  ['another connection', basic('c2:s3cret'), 'wrong_credentials'],
  ['a wrong secret', basic('c1:secret'), 'wrong_credentials'],
  ['no secret', basic('c1'), 'wrong_credentials'],
  ['a wrong token', { pathToken: 's3cre' }, 'wrong_credentials'],
  ['an empty token', { pathToken: '' }, 'wrong_credentials'],
  ['a wrong token beside right credentials', { ...basic('c1:s3cret'), pathToken: 'x' }, 'wrong_credentials'],
])('%s is refused', (_name, request, reason) => {
  expect(verifySharedSecret(webhook('', request), credentials())).toStrictEqual({ ok: false, reason })
})

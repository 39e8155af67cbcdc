import { equalSecrets } from './equal-secrets.ts'
import { refused, type Verification, verified, type WebhookCredentials, type WebhookRequest } from './provider.ts'

/** For providers that sign nothing: the secret as path token, or HTTP Basic with the connection's id as user name. */
export function verifySharedSecret(request: WebhookRequest, credentials: WebhookCredentials): Verification {
  if (request.pathToken !== null) return compare([request.pathToken], credentials.secrets)
  const header = request.headers.authorization
  if (header === undefined) return refused('missing_credentials')
  const encoded = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header.trim())?.[1]
  if (encoded === undefined) return refused('malformed_credentials')
  const given = Buffer.from(encoded, 'base64').toString('utf8')
  return compare(
    [given],
    credentials.secrets.map((secret) => `${credentials.connectionId}:${secret}`),
  )
}

/** For providers that say their token in the body: that, unless the secret comes with the request as above. */
export function verifyBodyToken(
  request: WebhookRequest,
  credentials: WebhookCredentials,
  token: string | null,
): Verification {
  const isInAddress = request.pathToken !== null || request.headers.authorization !== undefined
  return isInAddress || token === null
    ? verifySharedSecret(request, credentials)
    : compare([token], credentials.secrets)
}

/** Every pair is compared, so that the time taken does not tell which secret came close. */
function compare(given: readonly string[], expected: readonly string[]): Verification {
  const matches = given.flatMap((value) => expected.map((secret) => equalSecrets(value, secret)))
  return matches.includes(true) ? verified : refused('wrong_credentials')
}

import { randomBytes } from 'node:crypto'
import { AppError } from '@dealwire/errors'
import type { KnownConnection } from '../connections/connection-directory.ts'
import type { Provider, VerificationFailure, WebhookRequest } from '../providers/provider.ts'
import { findProvider, providers } from '../providers/providers.ts'

export type Authenticated = { readonly connection: KnownConnection; readonly provider: Provider }
export type Refusal = { readonly reason: VerificationFailure | 'unknown_connection' }

/** Checked in place of a connection that does not exist, so that the time taken does not tell. */
const decoy = { connectionId: '00000000-0000-0000-0000-000000000000', secrets: [randomBytes(32).toString('hex')] }

/** Checks the request on its raw bytes. Whatever is wrong, the sender learns no more than that it was not accepted. */
export function authenticateWebhook(
  request: WebhookRequest,
  address: { readonly provider: string },
  connection: KnownConnection | undefined,
  nowMs: number,
): Authenticated | Refusal {
  const provider = findProvider(address.provider) ?? providers.freeswitch
  const isKnown = connection !== undefined && connection.provider === address.provider && !connection.isDisabled
  const credentials = isKnown ? { connectionId: connection.id, secrets: validSecrets(connection, nowMs) } : decoy
  const verification = provider.verify(request, { ...credentials, nowMs })
  if (!isKnown) return { reason: 'unknown_connection' }
  return verification.ok ? { connection, provider } : { reason: verification.reason }
}

export function webhookRefused(): AppError {
  return new AppError('unauthenticated', 'unauthenticated', 'The credentials are not those of this connection.')
}

function validSecrets(connection: KnownConnection, nowMs: number): string[] {
  return connection.secrets.filter(({ validUntilMs }) => validUntilMs > nowMs).map(({ value }) => value)
}

import type { WebhookCredentials, WebhookRequest } from '../src/providers/provider.ts'

export function webhook(body: string | Uint8Array, rest: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    method: 'POST',
    publicUrl: 'https://crm.example/v1/telephony/webhooks/freeswitch/c1',
    headers: {},
    rawQuery: '',
    rawBody: typeof body === 'string' ? Buffer.from(body) : body,
    pathToken: null,
    receivedAtMs: Date.parse('2026-03-02T09:00:00Z'),
    ...rest,
  }
}

export function credentials(rest: Partial<WebhookCredentials> = {}): WebhookCredentials {
  return { connectionId: 'c1', secrets: ['s3cret'], nowMs: Date.parse('2026-03-02T09:00:00Z'), ...rest }
}

import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { defaultCompanySettings, defineRoute } from '@dealwire/contracts'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { ok } from './answer.ts'
import { route } from './route.ts'
import { createServer } from './server.ts'

/** vitest's own second is too short for a busy machine. */
const SOON = { timeout: 20_000 }

const LIMIT = 100_000

const somebody = {
  companyId: randomUUID(),
  userId: randomUUID(),
  role: 'ADMIN',
  scope: 'all',
  permissions: new Set<never>(),
  company: defaultCompanySettings,
  requestId: '',
} as const

/** A service that counts the letters of a file as they come. */
async function listen(): Promise<{ url: string; heard: { letters: number; failed: number } }> {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    internalSecret: 'x'.repeat(32),
    validateResponses: true,
    newRequestId: randomUUID,
    readActor: () => somebody,
  })
  const spec = defineRoute({
    method: 'POST',
    path: '/v1/files',
    service: 'deals',
    permission: 'any',
    summary: 'For this test',
    upload: { mediaTypes: ['text/csv'], deadlineMs: 10_000 },
    bodyLimitBytes: LIMIT,
    responses: { 200: z.strictObject({ letters: z.int() }) },
  })
  const heard = { letters: 0, failed: 0 }
  route(app, spec, async ({ body }) => {
    try {
      for await (const chunk of body) heard.letters += (chunk as Buffer).length
      return ok({ letters: heard.letters })
    } catch (error) {
      heard.failed++
      throw error
    }
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1/files`, heard }
}

const post = (url: string, body: string, type: string) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': type } })

test('a file is handed over as it arrives', async () => {
  const { url, heard } = await listen()
  const sending = request(url, { method: 'POST', headers: { 'content-type': 'text/csv; charset=utf-8' } })
  const answered = new Promise<string>((resolve) => sending.on('response', (response) => resolve(text(response))))
  sending.write('abc')
  await vi.waitFor(() => expect(heard.letters).toBe(3), SOON)
  sending.end('de')
  expect(JSON.parse(await answered)).toEqual({ letters: 5 })
})

test('one that is too large is broken off, one of another kind is not looked at', async () => {
  const { url, heard } = await listen()
  const large = await post(url, 'x'.repeat(LIMIT + 1), 'text/csv')
  expect([large.status, await large.json()]).toEqual([413, expect.objectContaining({ code: 'body_too_large' })])
  expect(heard.letters).toBeLessThanOrEqual(LIMIT)
  expect((await post(url, '{}', 'application/json')).status).toBe(415)
  expect((await fetch(url, { method: 'POST' })).status).toBe(415)
})

test('of a sender who goes away the reader hears', async () => {
  const { url, heard } = await listen()
  const sending = request(url, { method: 'POST', headers: { 'content-type': 'text/csv' } })
  sending.on('error', () => undefined)
  sending.write('abc')
  await vi.waitFor(() => expect(heard.letters).toBe(3), SOON)
  sending.destroy()
  await vi.waitFor(() => expect(heard.failed).toBe(1), SOON)
})

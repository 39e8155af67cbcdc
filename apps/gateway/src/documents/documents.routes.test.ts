import { brotliDecompressSync } from 'node:zlib'
import { problemCodes } from '@dealwire/contracts'
import { createServer } from '@dealwire/http'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { afterAll, expect, test } from 'vitest'
import { readSecurityHeaders } from '../edge/security-headers.ts'
import { documentRoutes } from './documents.routes.ts'

const app = createServer({
  service: 'gateway',
  logger: createLogger({ service: 'gateway', level: 'silent' }),
  metrics: createMetrics('gateway'),
  internalSecret: 'a secret of thirty-two characters',
  newRequestId: () => 'id',
  answerHeaders: await readSecurityHeaders(),
})
documentRoutes(app, 'http://gateway.test')
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
/** URLs that a browser would load. */
const loads = (html: string) =>
  [...html.matchAll(/<(?:script|link|img)[^>]* (?:src|href)="([^"]*)"/g)].map(([, url = '']) => url)

test('the page and all that it loads come from here, and its policy lets nothing else in', async () => {
  const page = await get('/docs')
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'; script-src 'self';")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/)
  expect(page.body).not.toMatch(/https?:|<script>|<script(?! src)| on\w+=/)
  const urls = loads(page.body).filter((url) => url !== 'data:,')
  expect(urls).toHaveLength(4)
  for (const url of urls) {
    expect(url).toMatch(/^\/docs\/assets\/\w+\.[\w-]{16}\.(js|css)$/)
    const asset = await get(url)
    expect(asset.statusCode).toBe(200)
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  }
})

test.each(['/openapi.json', '/asyncapi.json', '/docs', '/problems'])(
  '%s is compressed once, and not sent again to who has it',
  async (url) => {
    const plain = await get(url, { accept: 'text/html' })
    const compressed = await get(url, { accept: 'text/html', 'accept-encoding': 'gzip, br' })
    if (plain.rawPayload.length >= 1024) {
      expect(compressed.headers['content-encoding']).toBe('br')
      expect(brotliDecompressSync(compressed.rawPayload).equals(plain.rawPayload)).toBe(true)
    }
    const again = await get(url, { accept: 'text/html', 'if-none-match': String(plain.headers['etag']) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  },
)

test('every problem has a page that says its cause and fix, as HTML for people and as JSON for programs', async () => {
  for (const code of problemCodes) {
    expect((await get(`/problems/${code}`, { accept: 'text/html' })).body).toContain('<h2>What to do</h2>')
    expect((await get(`/problems/${code}`)).json()).toMatchObject({ type: `/problems/${code}`, code })
  }
  expect((await get('/problems')).json()).toHaveLength(problemCodes.length)
  const unknown = await get('/problems/no_such_code')
  expect(unknown.statusCode).toBe(404)
  expect(unknown.json()).toMatchObject({ code: 'not_found', type: '/problems/not_found' })
})

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { Sent } from '../client.ts'

/** Requests that are HTTP, but whose content nobody should accept. */
export type ContentCase = readonly [name: string, request: Sent]

const ID = '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e'
const json = { 'content-type': 'application/json' }

const bytes = (text: string | Buffer) => Buffer.from(text as string)
const create = (body: string | Buffer, headers: Sent['headers'] = json): Sent => ({
  method: 'POST',
  path: '/v1/deals',
  body: bytes(body),
  headers,
})
const get = (path: string, headers: Sent['headers'] = {}): Sent => ({ method: 'GET', path, headers })

export function contentCases(): ContentCase[] {
  const groups: Record<string, Readonly<Record<string, Sent>>> = {
    body: bodies(),
    type: types(),
    encoding: encodings(),
    path: paths(),
    header: headers(),
  }
  return Object.entries(groups).flatMap(([group, cases]) =>
    Object.entries(cases).map(([name, request]): ContentCase => [`${group}: ${name}`, request]),
  )
}

function bodies(): Record<string, Sent> {
  const texts: Record<string, string> = {
    'not JSON': '{"title": ',
    'two documents': '{"title": "a"}{"title": "b"}',
    'trailing comma': '{"title": "a",}',
    'single quotes': "{'title': 'a'}",
    comments: '{"title": "a" /* here */}',
    NaN: '{"title": "a", "value": NaN}',
    Infinity: '{"title": "a", "value": Infinity}',
    'a number too large': '{"title": "a", "value": 1e400}',
    'a leading zero': '{"title": "a", "value": 012}',
    hexadecimal: '{"title": "a", "value": 0x12}',
    'an array': '[{"title": "a"}]',
    'a string': '"title"',
    'a number': '42',
    null: 'null',
    true: 'true',
    XML: '<deal><title>a</title></deal>',
    'a form': 'title=a&value=1',
    __proto__: '{"title": "a", "__proto__": {"isAdmin": true}}',
    'an escaped __proto__': '{"title": "a", "__pr\\u006fto__": {"isAdmin": true}}',
    'a constructor prototype': '{"title": "a", "constructor": {"prototype": {"isAdmin": true}}}',
    'a nested __proto__': '{"title": "a", "customFields": {"__proto__": {}}}',
    NUL: '{"title": "a\\u0000b"}',
    'a raw NUL': '{"title": "a\u0000b"}',
    'a raw line break in a text': '{"title": "a\nb"}',
    'a lone high surrogate': '{"title": "a\\ud800b"}',
    'a lone low surrogate': '{"title": "a\\udc00b"}',
    'surrogates the wrong way round': '{"title": "\\udc00\\ud800"}',
    'surrogates in a key': '{"title": "a", "\\ud800": 1}',
    'a bad escape': '{"title": "\\x41"}',
    '100,000 brackets': '['.repeat(100_000),
    '50,000 nested arrays': `{"title": "a", "tags": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    '20,000 nested objects': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    '50,000 keys': `{${Array.from({ length: 50_000 }, (_none, index) => `"k${index}": 1`).join()}}`,
    'an empty title': '{"title": "   "}',
    'a title of 900 kB': `{"title": "${'x'.repeat(900_000)}"}`,
    'a title that is a number': '{"title": 1}',
    'a title that is an array': '{"title": ["a"]}',
    'a title that is an object': '{"title": {"toString": "a"}}',
    'no title': '{}',
    'an unknown key': '{"title": "a", "companyId": "0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e"}',
    'a value below zero': '{"title": "a", "value": "-1"}',
    'a value with 3 decimals': '{"title": "a", "value": "1.005"}',
    'a value too large': '{"title": "a", "value": "9999999999999.00"}',
    'a value in words': '{"title": "a", "value": "twelve"}',
    'a value in other digits': '{"title": "a", "value": "١٢"}',
    'a date that is none': '{"title": "a", "expectedCloseDate": "2026-02-30"}',
    'an id that is none': '{"title": "a", "contactId": "1 OR 1=1"}',
    'a 10,000-digit number': `{"title": "a", "value": ${'9'.repeat(10_000)}}`,
    'too many tags': JSON.stringify({ title: 'a', tags: Array.from({ length: 51 }, (_none, index) => `t${index}`) }),
  }
  const raw: Record<string, Buffer> = {
    'invalid UTF-8': Buffer.from([...Buffer.from('{"title": "'), 0xff, 0xfe, ...Buffer.from('"}')]),
    'overlong UTF-8': Buffer.from([...Buffer.from('{"title": "'), 0xc0, 0x80, ...Buffer.from('"}')]),
    'a surrogate in UTF-8': Buffer.from([...Buffer.from('{"title": "'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    'UTF-16': Buffer.from('{"title": "a"}', 'utf16le'),
    'UTF-8 with half a character': Buffer.from([...Buffer.from('{"title": "'), 0xe1, 0x83]),
    'only zeros': Buffer.alloc(1_000),
    'more than the limit': Buffer.alloc(1024 * 1024 + 1, 0x20),
    'far more than the limit': Buffer.alloc(8 * 1024 * 1024, 0x20),
  }
  return Object.fromEntries(
    [...Object.entries(texts), ...Object.entries(raw)].map(([name, body]) => [name, create(body)]),
  )
}

function types(): Record<string, Sent> {
  const named = [
    'text/plain',
    'text/html',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/jsonp',
    'json',
    '*/*',
    'application/json-patch+json',
    'application/cbor',
    '/',
  ]
  return Object.fromEntries(named.map((type) => [type, create('{"title": "a"}', { 'content-type': type })]))
}

const BOMB = gzipSync(Buffer.alloc(20 * 1024 * 1024, 0x20), { level: 9 })

function encodings(): Record<string, Sent> {
  const encoded = (encoding: string, body: Buffer) => create(body, { ...json, 'content-encoding': encoding })
  const plain = Buffer.from('{"title": "a"}')
  return {
    'a gzip bomb': encoded('gzip', BOMB),
    'a gzip bomb of gzip bombs': encoded('gzip, gzip', gzipSync(BOMB)),
    'a brotli bomb': encoded('br', brotliCompressSync(Buffer.alloc(20 * 1024 * 1024, 0x20))),
    'a deflate bomb': encoded('deflate', deflateSync(Buffer.alloc(20 * 1024 * 1024, 0x20), { level: 9 })),
    'gzip that is none': encoded('gzip', plain),
    'gzip cut short': encoded('gzip', gzipSync(plain).subarray(0, 20)),
    'an unknown encoding': encoded('rot13', plain),
    'a compress encoding': encoded('compress', plain),
  }
}

function paths(): Record<string, Sent> {
  const given = [
    '/',
    '/v1',
    '/v2/deals',
    '/v1/nobodys',
    '/v1/deals/',
    '/V1/DEALS',
    '//v1/deals',
    '/v1//deals',
    '/v1/deals%2f',
    '/v1/%64eals%00',
    '/v1/deals/%',
    '/v1/deals/%zz',
    '/v1/deals/%ff',
    '/v1/deals/%c0%ae',
    '/v1/deals/%ed%a0%80',
    '/v1/deals/%00',
    `/v1/deals/${ID}%00`,
    `/v1/deals/${ID}%0d%0aX:1`,
    `/v1/deals/${ID};a=1`,
    `/v1/deals/${ID}/`,
    `/v1/deals/{id}`,
    '/v1/deals/1',
    '/v1/deals/-1',
    "/v1/deals/'%20OR%201=1",
    `/v1/deals/${'x'.repeat(300)}`,
    '/v1/deals/%2e%2e%2f%2e%2e%2fmetrics',
    '/metrics/../v1/nobodys',
    '/wp-login.php',
    '/.env',
    '/v1/deals?limit=0',
    '/v1/deals?unknown=1',
    '/v1/deals?limit[]=1',
    '/v1/deals?__proto__[x]=1',
    '/v1/deals?sort=%ff%fe',
    '/v1/deals?tag=%00',
    '/v1/deals?tag=%ff',
    '/v1/deals?tag=%c0%80',
    '/v1/deals?tag=%',
    '/v1/deals?tag=%ed%a0%80',
    '/v1/deals?tag=%ed%a0%80&tag=2',
    '/v1/deals?cursor=%00',
    `/v1/deals?${'a=1&'.repeat(2_000)}`,
    '/v1/deals?createdFrom=2026-02-30',
    '/v1/deals?createdFrom=2026-02-02&createdTo=2026-02-01',
    '/v1/deals?minValue=1e9',
    '/v1/deals?pipelineId=1',
  ]
  const methods: Record<string, Sent> = {
    'a method that the path does not have': { method: 'PUT', path: '/v1/deals' },
    'DELETE of a list': { method: 'DELETE', path: '/v1/deals' },
    'POST to one': { ...create('{}'), path: `/v1/deals/${ID}` },
    'PATCH of a missing one': { ...create('{}'), method: 'PATCH', path: `/v1/deals/${ID}` },
  }
  return { ...Object.fromEntries(given.map((path) => [path.slice(0, 80), get(path)])), ...methods }
}

function headers(): Record<string, Sent> {
  const one = `/v1/deals/${ID}`
  const matched = (value: string): Sent => ({
    ...create('{}', { ...json, 'if-match': value }),
    method: 'PATCH',
    path: one,
  })
  const keyed = (value: string): Sent => create('{"title": "a"}', { ...json, 'idempotency-key': value })
  return {
    'If-Match without quotes': matched('1'),
    'a weak If-Match': matched('W/"1"'),
    'an If-Match that is no number': matched('"one"'),
    'an If-Match below zero': matched('"-1"'),
    'a huge If-Match': matched(`"${'9'.repeat(30)}"`),
    'a list of If-Match': matched('"1", "2"'),
    'an Idempotency-Key of 256': keyed('k'.repeat(256)),
    'an Idempotency-Key of 10,000': keyed('k'.repeat(10_000)),
    'a Range that asks for nothing': get('/v1/deals?limit=0', { range: 'bytes=-1' }),
    'another method by header': { ...get('/v1/nobodys'), headers: { 'x-http-method-override': 'POST' } },
    'an Expect that nobody knows': create('{"title": 1}', { ...json, 'x-expect': 'miracles' }),
  }
}

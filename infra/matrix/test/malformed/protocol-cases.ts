/** Bytes that are not one HTTP request that everybody would read the same way. The name says what is wrong. */
export type ProtocolCase = readonly [name: string, bytes: string | Buffer]

const crlf = (...lines: string[]) => `${lines.join('\r\n')}\r\n`

/** A second request that must never be seen as one. */
const SMUGGLED = 'GET /v1/auth/me HTTP/1.1\r\nHost: gateway\r\n\r\n'

export function protocolCases(token: string): ProtocolCase[] {
  const authorized = ['Host: gateway', `Authorization: Bearer ${token}`, 'Connection: close']
  const post = (headers: readonly string[], body: string) =>
    `${crlf('POST /v1/deals HTTP/1.1', ...authorized, 'Content-Type: application/json', ...headers)}\r\n${body}`
  const get = (...headers: string[]) => `${crlf('GET /v1/deals HTTP/1.1', ...authorized, ...headers)}\r\n`
  const line = (start: string) => `${crlf(start, ...authorized)}\r\n`
  const chunked = 'Transfer-Encoding: chunked'

  return [
    ...smuggling(post, chunked),
    ...chunks(post, chunked),
    ...headers(get),
    ...startLines(line),
    ['no host', crlf('GET /v1/deals HTTP/1.1', 'Connection: close', '')],
    ['two hosts', get('Host: example.com')],
    ['two equal hosts', get('HOST: gateway')],
    ['two authorizations', get('Authorization: Bearer garbage')],
    ['two content types', post(['Content-Length: 2', 'content-type: text/plain'], '{}')],
    ['two idempotency keys', post(['Content-Length: 2', 'Idempotency-Key: a', 'Idempotency-Key: b'], '{}')],
    ['bare line feeds', `GET /v1/deals HTTP/1.1\nHost: gateway\nX: 1\n\n`],
    ['a TLS handshake', Buffer.from('16030100a5010000a10303', 'hex')],
    ['random bytes', Buffer.from('00ff80fe7f0d0a0d0a00', 'hex')],
    ['the HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['an SSH greeting', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a proxy protocol line', `PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n${line('GET /v1/deals HTTP/1.1')}`],
    ['half a request', 'GET /v1/de'],
    ['a request without its end', crlf('GET /v1/deals HTTP/1.1', ...authorized)],
  ]
}

type Post = (headers: readonly string[], body: string) => string

function smuggling(post: Post, chunked: string): ProtocolCase[] {
  const both = `0\r\n\r\n${SMUGGLED}`
  const encodings = [
    'chunked, identity',
    'identity',
    'xchunked',
    'chunked, chunked',
    'gzip, chunked',
    'chunked;q=1',
    '"chunked"',
    'chunKed\u0000',
  ]
  return [
    ['length and chunks', post(['Content-Length: 6', chunked], both)],
    ['chunks and length', post([chunked, 'Content-Length: 6'], both)],
    ['length 0 and chunks', post(['Content-Length: 0', chunked], both)],
    ['two lengths', post(['Content-Length: 2', 'Content-Length: 44'], `{}${SMUGGLED}`)],
    ['two equal lengths', post(['Content-Length: 2', 'Content-Length: 2'], '{}')],
    ['a list of lengths', post(['Content-Length: 2, 2'], '{}')],
    ...['-1', '+2', '0x2', '2 2', '1e1', '2.0', '', '99999999999999999999999', 'two', '2;'].map(
      (length): ProtocolCase => [`length '${length}'`, post([`Content-Length: ${length}`], `{}${SMUGGLED}`)],
    ),
    ...encodings.map(
      (encoding): ProtocolCase => [`encoding '${encoding}'`, post([`Transfer-Encoding: ${encoding}`], both)],
    ),
    ['two encodings', post([chunked, 'Transfer-Encoding: identity'], both)],
    ['encoding before a colon', post(['Transfer-Encoding : chunked'], both)],
    ['length before a colon', post(['Content-Length : 2'], `{}${SMUGGLED}`)],
    ['encoding after a fold', post(['X: 1', ' Transfer-Encoding: chunked'], both)],
    ['encoding over two lines', post(['Transfer-Encoding:', ' chunked'], both)],
    ['encoding with a tab fold', post(['Transfer-Encoding: chunked', '\tidentity'], both)],
    ['encoding after a vertical tab', post(['Transfer-Encoding:\u000bchunked'], both)],
    ['encoding in a name with NUL', post(['Transfer-Encoding\u0000: chunked'], both)],
    ['length ended by a line feed', post(['Content-Length: 2\nTransfer-Encoding: chunked'], both)],
    ['length ended by a carriage return', post(['Content-Length: 2\rTransfer-Encoding: chunked'], both)],
  ]
}

function chunks(post: Post, chunked: string): ProtocolCase[] {
  const bodies: Record<string, string> = {
    'a size that is no number': 'zz\r\n{}\r\n0\r\n\r\n',
    'a negative size': '-2\r\n{}\r\n0\r\n\r\n',
    'a size with 0x': '0x2\r\n{}\r\n0\r\n\r\n',
    'a size with a sign': '+2\r\n{}\r\n0\r\n\r\n',
    'a size with a space': '2 2\r\n{}\r\n0\r\n\r\n',
    'a size beyond 64 bits': 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n',
    'a size that is too small': '1\r\n{}\r\n0\r\n\r\n',
    'a size that is too large': '5\r\n{}\r\n0\r\n\r\n',
    'a line feed after the size': '2\n{}\r\n0\r\n\r\n',
    'a line feed after the data': '2\r\n{}\n0\r\n\r\n',
    'no end of the data': '2\r\n{}0\r\n\r\n',
    'an extension with a line feed': '2;a\nb\r\n{}\r\n0\r\n\r\n',
    'an extension with NUL': '2;a=\u0000\r\n{}\r\n0\r\n\r\n',
    'an extension of 100 kB': `2;a=${'x'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`,
    'a trailer that is a length': '2\r\n{}\r\n0\r\nContent-Length\u0000: 5\r\n\r\n',
    'a trailer with a space in its name': '2\r\n{}\r\n0\r\nBad Name: 5\r\n\r\n',
  }
  return Object.entries(bodies).map(([name, body]): ProtocolCase => [`chunks: ${name}`, post([chunked], body)])
}

function headers(get: (...headers: string[]) => string): ProtocolCase[] {
  const lines: Record<string, string> = {
    'without a colon': 'Nonsense',
    'without a name': ': value',
    'with a space in its name': 'Bad Name: value',
    'with NUL in its name': 'Bad\u0000Name: value',
    'with NUL in its value': 'Name: bad\u0000value',
    'with a bell in its value': 'Name: bad\u0007value',
    'with a lone carriage return': 'Name: bad\rvalue',
    'with brackets in its name': 'Na[me]: value',
    'with bytes above ASCII in its name': 'Nämé: value',
    'folded with a space': 'Name: value\r\n folded',
    'folded with a tab': 'Name: value\r\n\tfolded',
    'of 100 kB': `Name: ${'x'.repeat(100_000)}`,
    'with a name of 100 kB': `${'x'.repeat(100_000)}: value`,
    '3,000 times': Array.from({ length: 3_000 }, (_none, index) => `N${index}: value`).join('\r\n'),
  }
  return Object.entries(lines).map(([name, header]): ProtocolCase => [`a header ${name}`, get(header)])
}

function startLines(line: (start: string) => string): ProtocolCase[] {
  const starts: Record<string, string> = {
    'of HTTP/0.9': 'GET /v1/deals',
    'of HTTP/2': 'GET /v1/deals HTTP/2.0',
    'of HTTP/1.9': 'GET /v1/deals HTTP/1.9',
    'of HTTP/11': 'GET /v1/deals HTTP/11',
    'of another protocol': 'GET /v1/deals FTP/1.0',
    'in small letters': 'get /v1/deals HTTP/1.1',
    'with an unknown method': 'BREW /v1/deals HTTP/1.1',
    'with a method that tunnels': 'CONNECT example.com:443 HTTP/1.1',
    'with a method of WebDAV': 'PROPFIND /v1/deals HTTP/1.1',
    'with a method that traces': 'TRACE /v1/deals HTTP/1.1',
    'without a method': ' /v1/deals HTTP/1.1',
    'without a path': 'GET  HTTP/1.1',
    'with a path that is no path': 'GET v1/deals HTTP/1.1',
    'with a space in its path': 'GET /v1/de als HTTP/1.1',
    'with NUL in its path': 'GET /v1/de\u0000als HTTP/1.1',
    'with a tab in its path': 'GET\t/v1/deals HTTP/1.1',
    'with bytes above ASCII': 'GET /v1/deals/\u00ff\u00fe HTTP/1.1',
    'with a star': 'GET * HTTP/1.1',
    'with an address elsewhere': 'GET http://example.com/v1/nobodys HTTP/1.1',
    'with a path of 20 kB': `GET /v1/${'x'.repeat(20_000)} HTTP/1.1`,
    'with a query of 20 kB': `GET /v1/deals?q=${'x'.repeat(20_000)} HTTP/1.1`,
    'with a path of 9 kB': `GET /v1/deals/${'x'.repeat(9_000)} HTTP/1.1`,
  }
  return Object.entries(starts).map(([name, start]): ProtocolCase => [`a start line ${name}`, line(start)])
}

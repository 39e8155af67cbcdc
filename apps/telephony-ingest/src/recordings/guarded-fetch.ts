import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import type { AddressRule } from './public-address.ts'

export type GuardOptions = {
  readonly isAllowed: AddressRule
  readonly maxBytes: number
  /** From the first look-up to the last byte. */
  readonly signal: AbortSignal
  /** Sent to this origin only: never to where a redirect leads away from it. */
  readonly credentials?: { readonly origin: string; readonly authorization: string } | undefined
}

export type Fetched = { readonly contentType: string; readonly body: Readable }

/** Why a recording was not fetched. `isFinal`: asking again will give the same. */
export class FetchRefused extends Error {
  readonly isFinal: boolean

  constructor(message: string, options: { readonly isFinal: boolean; readonly cause?: unknown }) {
    super(message, options)
    this.isFinal = options.isFinal
  }
}

const MAX_REDIRECTS = 3
const HEADERS_TIMEOUT_MS = 15_000
const AUDIO = /^(audio\/[\w.+-]+|video\/(mp4|ogg|webm)|application\/(ogg|octet-stream)|binary\/octet-stream)$/

/**
 * Fetches a file from an address that a stranger wrote. Each hop is checked anew: its host is resolved once, every address of it
 * must be allowed, and the connection goes to that address whatever the name means by then.
 */
export async function guardedFetch(address: string, options: GuardOptions): Promise<Fetched> {
  let url = readUrl(address)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const answer = await ask(url, await pinnedAddress(url, options), options)
    const status = answer.statusCode ?? 0
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined)
      return readAnswer(answer, status, options)
    answer.destroy()
    url = readUrl(location, url)
  }
  throw new FetchRefused(`More than ${MAX_REDIRECTS} redirects`, { isFinal: true })
}

function readUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new FetchRefused('The address is no URL', { isFinal: true })
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FetchRefused('Only http and https are fetched', { isFinal: true })
  if (url.username !== '' || url.password !== '')
    throw new FetchRefused('An address with credentials is not fetched', { isFinal: true })
  return url
}

/** Every address is checked, though one is used: a name with a public and a private one is a trap. */
async function pinnedAddress(url: URL, { isAllowed }: GuardOptions): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const [first] = addresses
  if (first === undefined || !addresses.every(isAllowed))
    throw new FetchRefused(`The address of ${host} is not on the internet`, { isFinal: true })
  return first
}

async function resolve(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    throw new FetchRefused(`The name ${host} is not known`, { isFinal: false, cause: error })
  }
}

function ask(url: URL, address: string, { signal, credentials }: GuardOptions): Promise<IncomingMessage> {
  const authorization = credentials?.origin === url.origin ? { authorization: credentials.authorization } : {}
  return new Promise((done, fail) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, {
      // The socket goes to the checked address; the certificate and the Host header keep the name.
      lookup: (_host, options, found) => {
        const family = isIP(address)
        if (options.all === true) found(null, [{ address, family }])
        else found(null, address, family)
      },
      agent: false,
      signal,
      timeout: HEADERS_TIMEOUT_MS,
      headers: { accept: 'audio/*, application/octet-stream', 'user-agent': 'dealwire', ...authorization },
    })
    request.on('response', done)
    request.on('timeout', () => request.destroy(new Error('No answer in time')))
    request.on('error', (error) =>
      fail(new FetchRefused(`${url.host} cannot be reached`, { isFinal: false, cause: error })),
    )
    request.end()
  })
}

function readAnswer(answer: IncomingMessage, status: number, { maxBytes }: GuardOptions): Fetched {
  const problem = problemOf(answer, status, maxBytes)
  if (problem === undefined) return { contentType: typeOf(answer), body: limited(answer, maxBytes) }
  answer.destroy()
  throw problem
}

function problemOf(answer: IncomingMessage, status: number, maxBytes: number): FetchRefused | undefined {
  // A recording that is not there yet is a 404 with many providers: only gone is gone.
  if (status !== 200) return new FetchRefused(`The answer was ${status}`, { isFinal: status === 410 })
  if (!AUDIO.test(typeOf(answer))) return new FetchRefused(`'${typeOf(answer)}' is no recording`, { isFinal: true })
  const length = Number(answer.headers['content-length'] ?? 0)
  return length > maxBytes
    ? new FetchRefused(`${length} bytes are more than ${maxBytes}`, { isFinal: true })
    : undefined
}

function typeOf({ headers }: IncomingMessage): string {
  return (headers['content-type'] ?? 'application/octet-stream').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** Fails once more has come than was promised or is allowed. */
function limited(answer: IncomingMessage, maxBytes: number): Readable {
  let bytes = 0
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBytes) answer.destroy(new FetchRefused(`More than ${maxBytes} bytes`, { isFinal: true }))
  })
  return answer.pause()
}

import type { IncomingMessage } from 'node:http'
import type { Route } from '@dealwire/contracts'

/** Up to this size a body is read before the service is called: a slow sender then holds no connection to the service. */
const COLLECTED_BYTES = 64 * 1024

const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What is known of a body before it is read. */
export type BodyPlan =
  | { readonly kind: 'none' }
  /** `maxBytes` bounds what is held in memory. */
  | { readonly kind: 'collect'; readonly maxBytes: number }
  | { readonly kind: 'stream'; readonly length: string | undefined }

/**
 * Bodies of unknown length are collected as well, up to the route's limit: passed on, they have a length. All but files, which may be
 * larger than what is good to hold; the service counts their bytes.
 */
export function planBody(request: IncomingMessage, { bodyLimitBytes, upload }: Route): BodyPlan {
  const length = request.headers['content-length']
  if (BODILESS.has(request.method ?? 'GET')) return { kind: 'none' }
  if (length === undefined) {
    if (request.headers['transfer-encoding'] === undefined) return { kind: 'none' }
    return upload === undefined ? { kind: 'collect', maxBytes: bodyLimitBytes } : { kind: 'stream', length }
  }
  if (length === '0') return { kind: 'none' }
  return Number(length) <= COLLECTED_BYTES ? { kind: 'collect', maxBytes: COLLECTED_BYTES } : { kind: 'stream', length }
}

/** Reads a body whole; `done` is called once, with undefined when it is too large, and never when the client goes away. */
export function collectBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | undefined) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer) => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= maxBytes) return
    request.off('data', onData)
    request.off('end', onEnd)
    request.pause()
    done(undefined)
  }
  const onEnd = () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  request.on('data', onData)
  request.on('end', onEnd)
}

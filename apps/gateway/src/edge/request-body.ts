import type { IncomingMessage } from 'node:http'
import type { FastifyReply } from 'fastify'

/** Up to this size a body is read before the service is called: a slow sender then holds no connection to the service. */
const COLLECTED_BYTES = 64 * 1024
/** A body whose length is not told is collected up to this, where its route takes no more. */
const COLLECTED_UNTOLD_BYTES = 1024 * 1024

const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What is known of a body before it is read. */
export type BodyPlan =
  | { readonly kind: 'none' }
  /** `maxBytes` bounds what is held in memory. */
  | { readonly kind: 'collect'; readonly maxBytes: number }
  /** Of an untold length the service finds out itself whether it is too much. */
  | { readonly kind: 'stream'; readonly length: string | undefined }

/** What may come from anybody (`isRaw`: a webhook) is collected, whatever its size: the limit of such a route is small. */
export function planBody(request: IncomingMessage, limitBytes: number, isRaw: boolean): BodyPlan {
  const length = request.headers['content-length']
  if (BODILESS.has(request.method ?? 'GET')) return { kind: 'none' }
  if (length === undefined) return planUntold(request, limitBytes)
  if (length === '0') return { kind: 'none' }
  const maxBytes = isRaw ? limitBytes : COLLECTED_BYTES
  return Number(length) <= maxBytes ? { kind: 'collect', maxBytes } : { kind: 'stream', length }
}

function planUntold(request: IncomingMessage, limitBytes: number): BodyPlan {
  if (request.headers['transfer-encoding'] === undefined) return { kind: 'none' }
  return limitBytes <= COLLECTED_UNTOLD_BYTES
    ? { kind: 'collect', maxBytes: limitBytes }
    : { kind: 'stream', length: undefined }
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

/** A body that is too large is read on up to this and thrown away: a client that is still sending would not see the answer. */
const DISCARDED_BYTES = 32 * 1024 * 1024

/** Before a request is refused for its body, of which there is more to come. */
export function giveUpBody(request: IncomingMessage, reply: FastifyReply): void {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > DISCARDED_BYTES)
    reply.header('connection', 'close')
  else request.resume()
}

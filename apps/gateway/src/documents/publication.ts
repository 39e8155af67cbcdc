import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { matchesEtag } from '@dealwire/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const compressors = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 }),
}
type Encoding = keyof typeof compressors

/** Something that only changes with the code: made and hashed once, compressed once for each encoding that is asked for. */
export type Publication = {
  readonly type: string
  readonly body: Buffer
  readonly hash: string
  readonly encoded: (encoding: Encoding) => Promise<Buffer>
}

export function publication(type: string, content: string | Buffer): Publication {
  const body = Buffer.from(content)
  const made = new Map<Encoding, Promise<Buffer>>()
  return {
    type,
    body,
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 16),
    encoded(encoding) {
      const known = made.get(encoding) ?? compressors[encoding](body)
      made.set(encoding, known)
      return known
    },
  }
}

export type Publishing = {
  /** For names that contain the hash: never asked for again. */
  readonly isImmutable?: boolean
  readonly contentPolicy?: string
  readonly status?: number
}

const MINUTE = 'public, max-age=60'
const FOREVER = 'public, max-age=31536000, immutable'
const WORTH_COMPRESSING_BYTES = 1024

/** Answers with a publication, or 304 to who has it. */
export async function sendPublication(
  request: FastifyRequest,
  reply: FastifyReply,
  found: Publication,
  { isImmutable = false, status = 200 }: Publishing = {},
): Promise<FastifyReply> {
  const etag = `W/"${found.hash}"`
  reply.header('etag', etag).header('cache-control', isImmutable ? FOREVER : MINUTE)
  reply.header('vary', 'accept, accept-encoding')
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  reply.code(status).type(found.type)
  const encoding = encodingFor(request, found)
  if (encoding === undefined) return reply.send(found.body)
  return reply.header('content-encoding', encoding).send(await found.encoded(encoding))
}

function encodingFor(request: FastifyRequest, { body }: Publication): Encoding | undefined {
  if (body.length < WORTH_COMPRESSING_BYTES) return undefined
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : undefined
}

/** Serves a publication at a path. */
export function publish(app: FastifyInstance, url: string, found: Publication, how: Publishing = {}): void {
  const { contentPolicy } = how
  app.route({
    method: 'GET',
    url,
    ...(contentPolicy === undefined ? {} : { onSend: [withContentPolicy(contentPolicy)] }),
    handler: (request, reply) => sendPublication(request, reply, found, how),
  })
}

/** After the hook that sets the general headers, so that the page's own policy is what is sent. */
export function withContentPolicy(policy: string) {
  return async (_request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    reply.header('content-security-policy', policy)
    return payload
  }
}

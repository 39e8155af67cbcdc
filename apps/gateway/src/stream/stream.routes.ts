import { streamRoute } from '@dealwire/contracts'
import { invalidInput } from '@dealwire/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Principals } from '../access/principals.ts'
import { callerOf } from '../edge/caller.ts'
import { bearerOf } from '../edge/identify.ts'
import { responseHeaders } from '../edge/response-headers.ts'
import { type EventFilter, eventFilter } from './event-filter.ts'
import { expired, type LiveFeed } from './live-feed.ts'
import { ensureRoom, type StreamLimits } from './stream-limits.ts'
import { Subscriber } from './subscriber.ts'

export type StreamOptions = {
  readonly feed: LiveFeed
  readonly principals: Principals
  readonly securityHeaders: Readonly<Record<string, string>>
  readonly limits: StreamLimits
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const

/** Answered before the framework's handler and its deadline: a stream has no end to wait for. */
export function streamRoutes(scope: FastifyInstance, options: StreamOptions): void {
  scope.route({
    method: 'GET',
    url: streamRoute.path,
    config: { contract: streamRoute },
    onRequest: (request, reply, done) => {
      openStream(request, reply, options).catch((error: Error) => {
        if (reply.sent) reply.raw.destroy()
        else done(error)
      })
    },
    handler: async () => {
      throw new Error('A stream was not opened and not refused either')
    },
  })
}

async function openStream(request: FastifyRequest, reply: FastifyReply, options: StreamOptions): Promise<void> {
  const filter = filterOf(request)
  if (request.method === 'HEAD') return void reply.headers(HEADERS).send('')
  const after = lastEventIdOf(request)
  const { feed, limits } = options
  ensureRoom(feed.subscribers, callerOf(request), limits)
  if (after !== undefined) await feed.ensureResumable(after)
  const joinedAt = feed.position()
  if (reply.raw.destroyed) return
  // Again, because others may have come while it was asked whether this one can resume.
  ensureRoom(feed.subscribers, callerOf(request), limits)

  const subscriber = join(request, reply, options, { filter, sentUpTo: after ?? joinedAt })
  start(reply, options.securityHeaders, after ?? joinedAt)
  if (after !== undefined && after < joinedAt) await feed.replay(subscriber, after, joinedAt)
  subscriber.goLive()
}

/** Listens from now on, so that nothing is missed while the past is read. */
function join(
  request: FastifyRequest,
  reply: FastifyReply,
  { feed, principals }: StreamOptions,
  wanted: { filter: EventFilter; sentUpTo: number },
): Subscriber {
  const principal = callerOf(request)
  const subscriber = new Subscriber({ principal, response: reply.raw, ...wanted })
  feed.subscribers.add(subscriber)
  reply.raw.once('close', () => feed.subscribers.remove(subscriber))
  // Something may have changed since the caller was identified, before this stream was there to be told.
  if (principals.known(bearerOf(request.headers.authorization) ?? '') !== principal)
    feed.subscribers.recheck(principal.companyId)
  return subscriber
}

function start(reply: FastifyReply, securityHeaders: Readonly<Record<string, string>>, position: number): void {
  reply.hijack()
  reply.raw.writeHead(200, responseHeaders(reply, Object.entries(securityHeaders).flat(), HEADERS))
  // The id alone dispatches nothing, but a client that loses the connection now resumes from here.
  reply.raw.write(`: connected\nretry: 2000\nid: ${position}\n\n`)
}

function filterOf(request: FastifyRequest): EventFilter {
  const query = streamRoute.query.safeParse(request.query)
  if (!query.success) throw invalidInput('query', query.error)
  return eventFilter(query.data.types)
}

/** Undefined when the client does not resume. An id that this stream cannot have given is as good as one too old. */
function lastEventIdOf(request: FastifyRequest): number | undefined {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return undefined
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) throw expired()
  return Number(header)
}

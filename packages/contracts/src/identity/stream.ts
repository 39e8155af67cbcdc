import { z } from 'zod'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** `deals.deal.*`: three parts, each a name or `*`. */
const eventGlob = /^([a-z-]+|\*)\.([a-z-]+|\*)\.([a-z-]+|\*)(\.v\d+)?$/
const MAX_GLOBS = 50

const globs = z
  .string()
  .max(1_500)
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine((parts) => parts.length <= MAX_GLOBS, `must have at most ${MAX_GLOBS} patterns`)
  .refine((parts) => parts.every((part) => eventGlob.test(part)), 'must be patterns such as "deals.deal.*"')

export const streamRoute = defineRoute({
  method: 'GET',
  path: '/v1/stream',
  service: 'gateway',
  permission: 'any',
  summary: 'Server-Sent Events of what the caller may read, as it happens; Last-Event-ID resumes without loss',
  stream: { mediaTypes: ['text/event-stream'], deadlineMs: null },
  query: z.strictObject({ types: globs.optional() }),
  description:
    'Each event has the stream’s sequence as `id`, its type without `crm.` as `event` and the whole CloudEvents envelope as `data`. A comment and the current `id` come at least every 15 seconds. `Last-Event-ID` goes on after that event. A user or API key has 20 streams at most on one gateway and a company 1,000 (`too_many_streams`); the operator may set other figures.',
  errors: ['stream_expired', 'too_many_streams', 'stream_unavailable'],
  responses: { 200: z.string(), 410: problem, 503: problem },
})

import { AppError } from '@dealwire/errors'
import type { FastifyReply, onRequestHookHandler } from 'fastify'

/**
 * Gives up what takes too long, from the request's headers to the end of the answer. Not the framework's `handlerTimeout`: that
 * stops counting once the body has been read, so that no write has a deadline, and makes and aborts a controller for each request.
 */
export function keepDeadline(deadlineMs: number): onRequestHookHandler {
  return (_request, reply, done) => {
    const timer = setTimeout(expire, deadlineMs, reply)
    reply.raw.once('close', () => clearTimeout(timer))
    done()
  }
}

/** An answer that has begun cannot become a refusal: the connection breaks, so nobody takes half for whole. */
function expire(reply: FastifyReply): void {
  if (reply.sent) return
  const error = new AppError('unavailable', 'overloaded', 'The answer took too long; try again in a moment.', {
    retryAfterSeconds: 1,
  })
  if (reply.raw.headersSent) reply.raw.destroy(error)
  else reply.send(error)
}

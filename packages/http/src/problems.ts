import { type Problem, type ProblemCode, problemTypeOf, problemTypeUri } from '@dealwire/contracts'
import { translateFailure } from '@dealwire/db/client'
import { AppError, type ErrorKind } from '@dealwire/errors'
import type { FastifyError } from 'fastify'
import type { z } from 'zod'

/** The one place where a kind of failure becomes a status. */
export function statusOf(kind: ErrorKind): number {
  switch (kind) {
    case 'invalid':
      return 400
    case 'unauthenticated':
      return 401
    case 'forbidden':
      return 403
    case 'not_found':
      return 404
    case 'request_timeout':
      return 408
    case 'conflict':
      return 409
    case 'gone':
      return 410
    case 'version_mismatch':
      return 412
    case 'too_large':
      return 413
    case 'unsupported_media_type':
      return 415
    case 'idempotency_key_reused':
      return 422
    case 'rate_limited':
      return 429
    case 'bad_gateway':
      return 502
    case 'unavailable':
      return 503
    case 'timeout':
      return 504
  }
}

/** The RFC 9457 document of an expected failure. */
export function problemOf(error: AppError, requestId: string): Problem {
  return {
    ...named(error.code, statusOf(error.kind)),
    detail: error.message,
    code: error.code,
    requestId,
    ...error.extensions,
    ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
  }
}

function named(code: string, status: number) {
  return { type: problemTypeUri(code), title: problemTypeOf(code)?.title ?? 'Error', status }
}

/** Every reason a schema gave, with the path of the field it is about. */
export function invalidInput(part: 'body' | 'query' | 'path', error: z.ZodError): AppError {
  const errors = error.issues.slice(0, 50).flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'is not known here' }))
    }
    return [{ path, message: issue.message }]
  })
  const first = errors[0]
  const detail = first === undefined ? 'invalid' : `${first.path === '' ? '' : `'${first.path}': `}${first.message}`
  return new AppError('invalid', 'validation_failed', `The ${part} is not valid: ${detail}.`, { errors })
}

/** What Fastify itself refuses before a route runs, by its status. */
function fromFramework(error: FastifyError): AppError | undefined {
  const message = error.message.replaceAll(/^FST_\w+: /g, '')
  switch (error.statusCode) {
    case 400:
      return new AppError('invalid', 'malformed_request', message, { cause: error })
    case 404:
      return new AppError('not_found', 'not_found', message, { cause: error })
    case 413:
      return new AppError('too_large', 'body_too_large', 'The body is larger than this route accepts.', {
        cause: error,
      })
    case 415:
      return new AppError('unsupported_media_type', 'unsupported_media_type', message, { cause: error })
    case 503:
      return new AppError('unavailable', 'overloaded', 'The service is overloaded or closing; try again in a moment.', {
        cause: error,
        retryAfterSeconds: 1,
      })
    default:
      return isRefusal(error) ? new AppError('invalid', 'malformed_request', message, { cause: error }) : undefined
  }
}

function isRefusal({ statusCode = 500 }: FastifyError): boolean {
  return statusCode >= 400 && statusCode < 500
}

/** Any error as one for the caller, or undefined when it is a defect of ours. */
export function toAppError(error: unknown): AppError | undefined {
  const translated = translateFailure(error)
  if (translated instanceof AppError) return translated
  if (error instanceof Error && 'statusCode' in error) return fromFramework(error as FastifyError)
  return undefined
}

/** The answer to a defect: nothing about its inside. The log has all of it under the same request id. */
export function internalProblem(requestId: string): Problem {
  return {
    ...named('internal_error', 500),
    detail: 'Something failed on our side; quote the request id when you report it.',
    code: 'internal_error',
    requestId,
  }
}

/** The answer to bytes that are not an HTTP request, or not one in time. */
export function malformedProblem(parserCode: string, requestId: string): Problem {
  const [status, code, detail] = malformedReason(parserCode)
  return {
    ...named(code, status),
    detail,
    code,
    requestId,
  }
}

function malformedReason(parserCode: string): [status: number, code: ProblemCode, detail: string] {
  switch (parserCode) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'request_timeout', 'The request did not arrive in time.']
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'headers_too_large', 'The headers of the request are too large.']
    default:
      return [400, 'malformed_request', 'The bytes sent are not a valid HTTP request.']
  }
}

import { type ProblemCode, problemTypes } from './problem-types.ts'
import type { Route } from './route.ts'

/** Every code that a route can answer with: by general rules, and by its own `errors`. In ascending order of their statuses. */
export function problemsOf(route: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>([
    'malformed_request',
    'validation_failed',
    ...forCaller(route),
    ...forTarget(route),
    ...forBody(route),
    ...(route.errors ?? []),
    ...(route.rateClass === 'none' ? [] : (['rate_limited'] as const)),
    'request_timeout',
    'headers_too_large',
    ...forServer(route),
  ])
  return [...codes].sort((a, b) => problemTypes[a].status - problemTypes[b].status)
}

function forCaller({ permission }: Route): readonly ProblemCode[] {
  if (permission === 'public') return []
  if (permission === 'any' || permission === 'webhook') return ['unauthenticated']
  return ['unauthenticated', 'forbidden']
}

function forTarget({ path, query, responses }: Route): readonly ProblemCode[] {
  return [
    ...(path.includes('/:') || 404 in responses ? (['not_found'] as const) : []),
    ...(query !== undefined && 'cursor' in query.shape ? (['invalid_cursor'] as const) : []),
    ...(412 in responses ? (['malformed_if_match', 'version_mismatch'] as const) : []),
  ]
}

function forBody({ method, idempotent, raw }: Route): readonly ProblemCode[] {
  if (method === 'GET' && raw !== true) return []
  return [
    'body_too_large',
    ...(raw === true ? [] : (['unsupported_media_type'] as const)),
    ...(idempotent === true
      ? (['malformed_idempotency_key', 'idempotency_in_progress', 'idempotency_key_reused'] as const)
      : []),
  ]
}

function forServer({ service }: Route): readonly ProblemCode[] {
  return [
    'internal_error',
    'overloaded',
    'storage_unavailable',
    'storage_busy',
    'query_timeout',
    ...(service === 'gateway'
      ? []
      : (['upstream_failed', 'upstream_unavailable', 'upstream_overloaded', 'upstream_timeout'] as const)),
  ]
}

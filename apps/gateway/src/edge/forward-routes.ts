import type { Route, ServiceName } from '@dealwire/contracts'
import type { FastifyInstance } from 'fastify'
import type { Upstream } from './upstream.ts'

/**
 * Every route that another service answers. Forwarded before the body is parsed, so its bytes pass through as they came. There is
 * no deadline of the framework's: each exchange has its own, which name the service and tell the breaker.
 */
export function forwardRoutes(
  scope: FastifyInstance,
  routes: readonly Route[],
  upstreams: Readonly<Partial<Record<ServiceName, Upstream>>>,
): void {
  for (const spec of routes) {
    const upstream = upstreams[spec.service]
    if (upstream === undefined) continue
    scope.route({
      method: spec.method,
      url: spec.path,
      config: { contract: spec },
      onRequest: (request, reply, done) => upstream.forward(spec, request, reply, done),
      handler: async () => {
        throw new Error(`${spec.method} ${spec.path} was not forwarded`)
      },
    })
  }
}

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { bearer, PASSWORD } from './gateway.ts'

export async function login(app: FastifyInstance, email: string) {
  return (await app.inject({ method: 'POST', url: '/v1/auth/login', payload: { email, password: PASSWORD } })).json()
}

/** Adds a user with the role and signs it in. */
export async function addUser(app: FastifyInstance, token: string, role: string) {
  const email = `${randomUUID()}@company.test`
  const payload = { name: 'Nino', email, password: PASSWORD, role }
  const response = await app.inject({ method: 'POST', url: '/v1/users', headers: bearer(token), payload })
  if (response.statusCode !== 201) throw new Error(response.body)
  const { accessToken } = await login(app, email)
  return { ...response.json(), email, accessToken } as { id: string; email: string; accessToken: string }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Calls the app as somebody: `await call('POST', '/v1/roles', { … })`. */
export function as(app: FastifyInstance, token: string) {
  return (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) =>
    app.inject({
      method,
      url,
      headers: { ...bearer(token), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
}

/** Makes an API key. */
export async function addKey(app: FastifyInstance, token: string, permissions: readonly string[], more: object = {}) {
  const response = await as(app, token)('POST', '/v1/api-keys', { name: 'Sync', permissions, ...more })
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json() as { id: string; key: string; prefix: string }
}

import { createApiKeyRoute, deleteApiKeyRoute, getApiKeyRoute, listApiKeysRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { apiKeyList, findApiKey } from './api-keys.repository.ts'
import { createApiKey } from './create-api-key.ts'
import { revokeApiKey } from './revoke-api-key.ts'

export function apiKeyRoutes(app: FastifyInstance, { database, principals }: Dependencies): void {
  route(app, listApiKeysRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...filters } = query
    return ok(await listPage(database, apiKeyList, actor.companyId, { limit, cursor, count, sort, filters }))
  })

  route(app, getApiKeyRoute, async ({ actor, params: { id } }) => {
    const apiKey = await findApiKey(database, actor.companyId, id)
    if (apiKey === undefined) throw notFound('API key', id)
    return resource({ json: JSON.stringify(apiKey), version: apiKey.version })
  })

  route(app, createApiKeyRoute, async ({ actor, body, idempotency }) => {
    let shown: object | undefined
    const stored = await withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const { apiKey, key } = await createApiKey(tx, actor, body)
        shown = { ...apiKey, key }
        // What is kept for repetitions does not hold the key: nothing at rest does.
        const json = JSON.stringify({ ...apiKey, key: null })
        return created(`/v1/api-keys/${apiKey.id}`, { json, version: apiKey.version })
      }),
    )
    return stored.status === 201 && shown !== undefined ? { ...stored, body: shown } : stored
  })

  route(app, deleteApiKeyRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => revokeApiKey(tx, actor, { id, ifMatch }))
    principals.forget(actor.companyId)
    return noContent
  })
}

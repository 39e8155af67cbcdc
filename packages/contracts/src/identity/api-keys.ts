import { z } from 'zod'
import { instant, instantOut, text, uuid, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { permissions } from '../core/permissions.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const permission = z.enum(permissions)
export const permissionList = z
  .array(permission)
  .max(permissions.length)
  .transform((values) => [...new Set(values)])

export const apiKey = z.strictObject({
  id: uuid,
  name: z.string(),
  /** The first part of the key, to recognise it by. */
  prefix: z.string(),
  permissions: z.array(z.string()),
  createdById: uuid.nullable(),
  expiresAt: instantOut.nullable(),
  lastUsedAt: instantOut.nullable(),
  version,
  createdAt: instantOut,
})

/** Null when the answer is repeated for the same Idempotency-Key: nobody keeps the key, so nobody can show it again. */
const newApiKey = apiKey.extend({ key: z.string().nullable() })

export const listApiKeysRoute = defineRoute({
  method: 'GET',
  path: '/v1/api-keys',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'List the API keys that have not been revoked',
  query: pageQuery({
    sorts: ['createdAt', 'name'],
    defaultSort: '-createdAt',
    filters: { q: text(200).optional(), createdById: uuid.optional() },
  }),
  responses: { 200: pageOf(apiKey) },
})

export const getApiKeyRoute = defineRoute({
  method: 'GET',
  path: '/v1/api-keys/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'One API key, without the key itself',
  responses: { 200: apiKey, 404: problem },
})

export const createApiKeyRoute = defineRoute({
  method: 'POST',
  path: '/v1/api-keys',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Make an API key that acts for its creator with fewer permissions; it is shown this once',
  idempotent: true,
  body: z.strictObject({
    name: text(200),
    permissions: permissionList.refine((values) => values.length > 0, 'must name at least one permission'),
    expiresAt: instant.nullable().optional(),
  }),
  responses: { 201: newApiKey, 403: problem },
})

export const deleteApiKeyRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/api-keys/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Revoke an API key; it is refused everywhere within two seconds',
  responses: { 204: null, 404: problem, 412: problem },
})

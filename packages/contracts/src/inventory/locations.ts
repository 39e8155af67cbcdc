import { z } from 'zod'
import { instantOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

export const locationKinds = ['WAREHOUSE', 'VEHICLE', 'CUSTOMER'] as const

/** What every company starts with. */
export const defaultLocation = { key: 'MAIN', name: 'Main warehouse', kind: 'WAREHOUSE' } as const

const locationKey = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,49}$/, 'must be a key such as "VAN-7"')

export const location = z.strictObject({
  id: z.uuid(),
  key: locationKey,
  name: z.string(),
  kind: z.enum(locationKinds),
  /** Meant wherever a request names no location. */
  isDefault: z.boolean(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Location = z.output<typeof location>

export const listLocationsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/locations',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List the places where stock is kept. Every company starts with `MAIN`.',
  query: pageQuery({
    sorts: ['createdAt', 'name', 'key'],
    defaultSort: 'createdAt',
    filters: { kind: z.enum(locationKinds).optional() },
  }),
  responses: { 200: pageOf(location) },
})

export const createLocationRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/locations',
  service: 'inventory',
  permission: 'product:manage',
  summary: 'Create a location.',
  idempotent: true,
  body: z.strictObject({ key: locationKey, name: text(200), kind: z.enum(locationKinds).default('WAREHOUSE') }),
  errors: ['duplicate_key'],
  responses: { 201: location, 409: problem, 422: problem },
})

export const getLocationRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/locations/:id',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'Get one location.',
  responses: { 200: location, 404: problem },
})

export const updateLocationRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/inventory/locations/:id',
  service: 'inventory',
  permission: 'product:manage',
  summary: 'Change key, name or kind of a location.',
  body: z.strictObject({
    key: locationKey.optional(),
    name: text(200).optional(),
    kind: z.enum(locationKinds).optional(),
  }),
  errors: ['duplicate_key'],
  responses: { 200: location, 404: problem, 409: problem, 412: problem },
})

export const deleteLocationRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/inventory/locations/:id',
  service: 'inventory',
  permission: 'product:manage',
  summary:
    'Delete an empty location. The default one stays (409 `default_location`), as does one with stock (409 `location_has_stock`).',
  errors: ['default_location', 'location_has_stock'],
  responses: { 204: null, 404: problem, 409: problem, 412: problem },
})

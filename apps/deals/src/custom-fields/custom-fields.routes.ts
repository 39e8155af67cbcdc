import {
  type CustomField,
  createCustomFieldRoute,
  deleteCustomFieldRoute,
  getCustomFieldRoute,
  listCustomFieldsRoute,
  updateCustomFieldRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route, type Versioned } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createCustomField } from './create-custom-field.ts'
import { deleteCustomField } from './delete-custom-field.ts'
import { getCustomField, listCustomFields } from './list-custom-fields.ts'
import { updateCustomField } from './update-custom-field.ts'

export function customFieldRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listCustomFieldsRoute, async ({ actor, query }) => ok(await listCustomFields(database, actor, query)))

  route(app, createCustomFieldRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createCustomField(tx, actor, body)
        return created(`/v1/custom-fields/${made.id}`, versioned(made))
      }),
    ),
  )

  route(app, getCustomFieldRoute, async ({ actor, params: { id } }) =>
    resource(versioned(await getCustomField(database, actor, id))),
  )

  route(app, updateCustomFieldRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) =>
      resource(versioned(await updateCustomField(tx, actor, { id, ifMatch, changes: body }))),
    ),
  )

  route(app, deleteCustomFieldRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteCustomField(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}

function versioned(field: CustomField): Versioned {
  return { json: JSON.stringify(field), version: field.version }
}

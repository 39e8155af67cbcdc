import {
  createContactRoute,
  deleteContactRoute,
  getContactRoute,
  listContactsRoute,
  mergeContactRoute,
  updateContactRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { redirectMerged } from '../party-merge/redirect-merged.ts'
import { findContact } from './contacts.repository.ts'
import { createContact } from './create-contact.ts'
import { deleteContact } from './delete-contact.ts'
import { listContacts } from './list-contacts.ts'
import { mergeContacts } from './merge-contacts.ts'
import { updateContact } from './update-contact.ts'

export function contactRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database } = dependencies
  route(app, listContactsRoute, async ({ actor, query }) => ok(await listContacts(database, actor, query)))

  route(app, createContactRoute, async ({ actor, body, query, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createContact(tx, actor, { ...body, allowDuplicate: query.allowDuplicate === 'true' })
        return created(`/v1/contacts/${made.contact.id}`, made)
      }),
    ),
  )

  route(app, getContactRoute, async ({ actor, params: { id } }) => {
    const contact = await findContact(database, actor.companyId, id)
    return contact === undefined ? redirectMerged(database, actor, 'contact', id) : resource(contact)
  })

  route(app, updateContactRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updateContact(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, deleteContactRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteContact(tx, actor, { id, ifMatch })
      return noContent
    }),
  )

  route(app, mergeContactRoute, async ({ actor, params: { id }, body: { intoId }, ifMatch, idempotency }) =>
    changeDeals(dependencies, actor, (tx) =>
      once(tx, idempotency, async () => resource(await mergeContacts(tx, actor, { id, intoId, ifMatch }))),
    ),
  )
}

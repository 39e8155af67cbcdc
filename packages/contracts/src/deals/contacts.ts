import { z } from 'zod'
import { email, instantOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { customFieldsInput, customFieldsOut, filterableByCustomFields } from './custom-fields.ts'
import { allowDuplicate, searchText } from './filters.ts'

export const contact = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  /** E.164, or null when `phoneRaw` is not a number that can be dialled. */
  phone: z.string().nullable(),
  phoneRaw: z.string().nullable(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  position: z.string().nullable(),
  customFields: customFieldsOut,
  duplicateOfId: z.uuid().nullable(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Contact = z.output<typeof contact>

const editable = {
  email: email.nullish(),
  phone: text(40).nullish(),
  customerId: z.uuid().nullish(),
  position: text(200).nullish(),
  customFields: customFieldsInput.optional(),
}

export const listContactsRoute = defineRoute({
  method: 'GET',
  path: '/v1/contacts',
  service: 'deals',
  permission: 'contact:read',
  summary:
    'List contacts. `q` finds parts of name, e-mail and phone; its words are ANDed. `cf.<key>=value` filters by a custom field.',
  query: filterableByCustomFields(
    pageQuery({
      sorts: ['createdAt', 'updatedAt', 'name'],
      defaultSort: '-createdAt',
      filters: { customerId: z.uuid().optional(), duplicateOfId: z.uuid().optional(), q: searchText.optional() },
    }),
  ),
  responses: { 200: pageOf(contact) },
})

export const createContactRoute = defineRoute({
  method: 'POST',
  path: '/v1/contacts',
  service: 'deals',
  permission: 'contact:create',
  description:
    'A phone is normalised to E.164 with the company’s default region and kept as typed in `phoneRaw`; one that cannot be read as a number has `phone: null`. E-mails compare case-insensitively.',
  summary:
    'Create a contact. The same e-mail or phone again is 409 `duplicate` with `duplicateOfId`, unless `allowDuplicate=true`.',
  idempotent: true,
  query: allowDuplicate,
  body: z.strictObject({ name: text(200), ...editable }),
  errors: ['duplicate'],
  responses: { 201: contact, 404: problem, 409: problem, 422: problem },
})

export const getContactRoute = defineRoute({
  method: 'GET',
  path: '/v1/contacts/:id',
  service: 'deals',
  permission: 'contact:read',
  summary: 'Get one contact; one that was merged is 308 to the one it lives on as.',
  responses: { 200: contact, 308: null, 404: problem },
})

export const updateContactRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/contacts/:id',
  service: 'deals',
  permission: 'contact:update',
  summary: 'Change fields of a contact; the others keep what concurrent changes gave them.',
  body: z.strictObject({ name: text(200).optional(), ...editable }),
  errors: ['duplicate'],
  responses: { 200: contact, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteContactRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/contacts/:id',
  service: 'deals',
  permission: 'contact:delete',
  summary: 'Delete a contact. Its deals stay and keep showing its name.',
  responses: { 204: null, 403: problem, 404: problem, 412: problem },
})

export const mergeContactRoute = defineRoute({
  method: 'POST',
  path: '/v1/contacts/:id/merge',
  service: 'deals',
  permission: 'contact:update',
  description:
    'The survivor keeps its own fields and takes from the merged one what it lacks. Its custom fields likewise. When `intoId` was merged itself, the one it lives on as is meant. At most 2,000 deals move at once, else 409 `merge_too_large`; deals that wait for approval move too, since nothing of what is approved changes.',
  summary:
    'Merge this contact into another one: its deals become the survivor’s, which is answered. The merged id answers 308 from then on.',
  idempotent: true,
  body: z.strictObject({ intoId: z.uuid() }),
  errors: ['merge_into_itself', 'merge_too_large'],
  responses: { 200: contact, 403: problem, 404: problem, 409: problem, 412: problem, 422: problem },
})

import { z } from 'zod'
import { email, instantOut, tags, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { customFieldsInput, customFieldsOut, filterableByCustomFields } from './custom-fields.ts'
import { allowDuplicate, assignee, searchText } from './filters.ts'

export const customerKinds = ['PERSON', 'ORGANIZATION'] as const
export const customerStatuses = ['LEAD', 'ACTIVE', 'INACTIVE', 'BLOCKED'] as const

export const customer = z.strictObject({
  id: z.uuid(),
  kind: z.enum(customerKinds),
  name: z.string(),
  email: z.string().nullable(),
  /** E.164, or null when `phoneRaw` is not a number that can be dialled. */
  phone: z.string().nullable(),
  phoneRaw: z.string().nullable(),
  source: z.string().nullable(),
  status: z.enum(customerStatuses),
  assignedToId: z.uuid().nullable(),
  assignedToName: z.string().nullable(),
  tags: z.array(z.string()),
  customFields: customFieldsOut,
  duplicateOfId: z.uuid().nullable(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Customer = z.output<typeof customer>

const editable = {
  kind: z.enum(customerKinds).optional(),
  email: email.nullish(),
  phone: text(40).nullish(),
  source: text(100).nullish(),
  status: z.enum(customerStatuses).optional(),
  assignedToId: z.uuid().nullish(),
  tags: tags.optional(),
  customFields: customFieldsInput.optional(),
}

export const listCustomersRoute = defineRoute({
  method: 'GET',
  path: '/v1/customers',
  service: 'deals',
  permission: 'customer:read',
  summary:
    'List customers. `q` finds parts of name, e-mail and phone; its words are ANDed. `cf.<key>=value` filters by a custom field.',
  query: filterableByCustomFields(
    pageQuery({
      sorts: ['createdAt', 'updatedAt', 'name'],
      defaultSort: '-createdAt',
      filters: {
        kind: z.enum(customerKinds).optional(),
        status: z.enum(customerStatuses).optional(),
        source: text(100).optional(),
        assignedToId: assignee.optional(),
        tag: text(50).optional(),
        duplicateOfId: z.uuid().optional(),
        q: searchText.optional(),
      },
    }),
  ),
  responses: { 200: pageOf(customer) },
})

export const createCustomerRoute = defineRoute({
  method: 'POST',
  path: '/v1/customers',
  service: 'deals',
  permission: 'customer:create',
  description:
    'A phone is normalised to E.164 with the company’s default region and kept as typed in `phoneRaw`; one that cannot be read as a number has `phone: null`. E-mails compare case-insensitively.',
  summary:
    'Create a customer. The same e-mail or phone again is 409 `duplicate` with `duplicateOfId`, unless `allowDuplicate=true`.',
  idempotent: true,
  query: allowDuplicate,
  body: z.strictObject({ name: text(200), ...editable }),
  errors: ['duplicate'],
  responses: { 201: customer, 404: problem, 409: problem, 422: problem },
})

export const getCustomerRoute = defineRoute({
  method: 'GET',
  path: '/v1/customers/:id',
  service: 'deals',
  permission: 'customer:read',
  summary: 'Get one customer; one that was merged is 308 to the one it lives on as.',
  responses: { 200: customer, 308: null, 404: problem },
})

export const updateCustomerRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/customers/:id',
  service: 'deals',
  permission: 'customer:update',
  summary: 'Change fields of a customer; the others keep what concurrent changes gave them.',
  body: z.strictObject({ name: text(200).optional(), ...editable }),
  errors: ['duplicate'],
  responses: { 200: customer, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteCustomerRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/customers/:id',
  service: 'deals',
  permission: 'customer:delete',
  summary: 'Delete a customer. Its contacts and deals stay and keep showing its name.',
  responses: { 204: null, 403: problem, 404: problem, 412: problem },
})

export const mergeCustomerRoute = defineRoute({
  method: 'POST',
  path: '/v1/customers/:id/merge',
  service: 'deals',
  permission: 'customer:update',
  description:
    'The survivor keeps its own fields and takes from the merged one what it lacks, and its tags. Its custom fields likewise. When `intoId` was merged itself, the one it lives on as is meant. At most 2,000 deals and contacts move at once, else 409 `merge_too_large`; deals that wait for approval move too, since nothing of what is approved changes.',
  summary:
    'Merge this customer into another one: its deals and contacts become the survivor’s, which is answered. The merged id answers 308 from then on.',
  idempotent: true,
  body: z.strictObject({ intoId: z.uuid() }),
  errors: ['merge_into_itself', 'merge_too_large'],
  responses: { 200: customer, 403: problem, 404: problem, 409: problem, 412: problem, 422: problem },
})

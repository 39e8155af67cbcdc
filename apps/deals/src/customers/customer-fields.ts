/** What `customer.updated` tells of. */
export const CUSTOMER_FIELDS = [
  'kind',
  'name',
  'email',
  'phone',
  'phoneRaw',
  'source',
  'status',
  'assignedToId',
  'tags',
  'customFields',
] as const

import { type DemoApi, ensureAll } from './demo-api.ts'
import { type DemoDeal, demoDeals, demoParties } from './demo-data.ts'

export type Dated = Pick<DemoDeal, 'createdAt' | 'stageEnteredAt' | 'closedAt'> & { id: string }

/** Customers, each with a contact, and deals. Returns when the deals should have happened. */
export async function seedSales(api: DemoApi, userIds: readonly string[], now: number): Promise<Dated[]> {
  const { customers, contacts } = demoParties()
  const customerIds = await ensureAll(customers, {
    existing: await api.list('/v1/customers'),
    key: 'email',
    make: (customer) => api.post('/v1/customers', customer),
  })
  const owned = contacts.map((contact, n) => ({ ...contact, customerId: customerIds[n] }))
  const contactIds = await ensureAll(owned, {
    existing: await api.list('/v1/contacts'),
    key: 'email',
    make: (contact) => api.post('/v1/contacts', contact),
  })
  const deals = demoDeals(now)
  const dealIds = await ensureAll(deals, {
    existing: await api.list('/v1/deals'),
    key: 'title',
    make: ({ customer, owner, createdAt, stageEnteredAt, closedAt, ...deal }) =>
      api.post('/v1/deals', {
        ...deal,
        customerId: customerIds[customer],
        contactId: contactIds[customer],
        assignedToId: userIds[owner],
      }),
  })
  return deals.map(({ createdAt, stageEnteredAt, closedAt }, n) => ({
    id: dealIds[n] ?? '',
    createdAt,
    stageEnteredAt,
    closedAt,
  }))
}

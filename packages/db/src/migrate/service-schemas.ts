/** Every service's Postgres schema and login role. A role can use its own schema and no other. */
export const serviceSchemas = {
  gateway: { schema: 'identity', role: 'dealwire_gateway' },
  deals: { schema: 'deals', role: 'dealwire_deals' },
  inventory: { schema: 'inventory', role: 'dealwire_inventory' },
  'telephony-ingest': { schema: 'telephony', role: 'dealwire_telephony' },
  analytics: { schema: 'analytics', role: 'dealwire_analytics' },
} as const

/** Job queues of services, each in a schema of its own: their tables are a library's, not the service's. */
export const jobQueues = [{ schema: 'deals_jobs', role: serviceSchemas.deals.role }] as const

export type ServiceWithSchema = keyof typeof serviceSchemas
export type ServiceSchema = (typeof serviceSchemas)[ServiceWithSchema]

export const serviceNames = Object.keys(serviceSchemas) as ServiceWithSchema[]

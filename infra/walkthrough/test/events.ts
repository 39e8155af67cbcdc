import type { PrivateSystem } from '@dealwire/local'
import { connect } from 'nats'
import pg from 'pg'

/** Ids of the company's events as the services' logs have them, sorted. */
export async function loggedEvents(system: PrivateSystem, companyId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: system.databaseUrl })
  await client.connect()
  try {
    const schemas = ['identity', 'deals', 'inventory', 'telephony']
    const logs = schemas.map((schema) => `SELECT event_id FROM ${schema}.event_log WHERE company_id = $1`)
    const { rows } = await client.query<{ event_id: string }>(logs.join(' UNION ALL '), [companyId])
    return rows.map((row) => row.event_id).toSorted()
  } finally {
    await client.end()
  }
}

/** Correlation ids of the company's events of a type, in the order of the service's log. */
export async function correlationsOf(
  system: PrivateSystem,
  companyId: string,
  schema: 'deals' | 'inventory',
  type: string,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: system.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ correlation_id: string }>(
      `SELECT correlation_id FROM ${schema}.event_log WHERE company_id = $1 AND type = $2 ORDER BY seq`,
      [companyId, type],
    )
    return rows.map((row) => row.correlation_id)
  } finally {
    await client.end()
  }
}

/** Ids of the company's events as they are in the stream, sorted; an event that is there twice is in the list twice. */
export async function streamedEvents(system: PrivateSystem, companyId: string): Promise<string[]> {
  const connection = await connect({ servers: system.servers.natsUrl })
  try {
    const consumer = await connection.jetstream().consumers.get('CRM', { filterSubjects: `crm.*.*.*.${companyId}` })
    const { num_pending: count } = await consumer.info(true)
    const ids: string[] = []
    if (count === 0) return ids
    for await (const message of await consumer.fetch({ max_messages: count, expires: 5_000 })) {
      ids.push(message.json<{ id: string }>().id)
    }
    return ids.toSorted()
  } finally {
    await connection.close()
  }
}

import { connectionSilent } from '@dealwire/contracts'
import { type Database, run, statement, type Tx, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'

type Silenced = {
  readonly companyId: string
  readonly id: string
  readonly version: number
  readonly connection: { id: string; name: string; provider: 'generic'; lastEventAt: string | null }
}

/** Tells of connections that are usually busy and have gone quiet, once until they are heard of again. */
export async function watchSilence(database: Database): Promise<void> {
  await withTx(database, async (tx) => {
    await run(tx, wake, [])
    for (const { companyId, id, version, connection } of await silence(tx)) {
      append(tx, { companyId, userId: null, requestId: newId() }, connectionSilent, { id, version }, { connection })
    }
  })
}

function silence(tx: Tx): Promise<Silenced[]> {
  return run(tx, fallSilent, [])
}

const wake = statement(
  'wake_connections',
  `UPDATE connections n SET status = 'ACTIVE', version = n.version + 1, updated_at = now() FROM connection_activity a
   WHERE a.company_id = n.company_id AND a.connection_id = n.id AND n.status = 'SILENT' AND n.deleted_at IS NULL
     AND a.last_event_at > n.updated_at`,
)

// Quiet for two hours and for thirty times its mean gap; below a hundred events nobody can say what is usual.
const fallSilent = statement(
  'silence_connections',
  `WITH saved AS (
     UPDATE connections n SET status = 'SILENT', version = n.version + 1, updated_at = now() FROM connection_activity a
     WHERE a.company_id = n.company_id AND a.connection_id = n.id AND n.status = 'ACTIVE' AND n.deleted_at IS NULL AND a.events >= 100
       AND now() - a.last_event_at > greatest(interval '2 hours', 30 * (a.last_event_at - n.created_at) / a.events)
     RETURNING n.*, a.last_event_at
   ) SELECT company_id AS "companyId", id, version,
     json_build_object('id', id, 'name', name, 'provider', provider, 'lastEventAt', iso(last_event_at)) AS connection FROM saved`,
)

import type { Actor } from '@dealwire/contracts'
import type { Database, Tx } from '@dealwire/db/client'
import type { Deps } from '../deps.ts'
import { metaOf, newestEvent } from '../projections/figures-meta.ts'
import { readTogether } from '../windows/read-together.ts'

/** What figures are asked for: everything that the answer depends on but the company and the caller's scope. */
export type Question = { readonly name: string; readonly about: readonly unknown[] }

export const FIGURES = 'figures'
const TTL_SECONDS = 30

/**
 * The figures with their `meta`, as finished JSON text. Figures are kept until an event of the company is projected; one computation
 * a process and moment, however many ask. `read` gives a JSON object's text and must send its queries before it awaits one.
 */
export async function answerFigures(
  deps: Deps,
  actor: Actor,
  question: Question,
  read: (tx: Tx) => Promise<string>,
): Promise<string> {
  // Before anything is read: what was projected by then is in what is read after.
  const caughtUpAt = deps.lag.caughtUpAt()
  const compute = () => readFresh(deps, caughtUpAt, read)
  const kept = deps.cache === undefined ? await compute() : await deps.cache.cached(keyOf(actor, question), compute)
  // Dropped in every process while Redis connects them: what is kept is then as good as computed now, else as old as when it was.
  const isDropped = deps.cache?.status() === 'up' && deps.replica === undefined
  return withMetaOf(kept, isDropped ? caughtUpAt : null)
}

/** The same without keeping them. */
export async function withMeta(deps: Deps, read: (tx: Tx) => Promise<string>): Promise<string> {
  return withMetaOf(await readFresh(deps, deps.lag.caughtUpAt(), read), null)
}

/** A line that says of when the figures are, and the figures. */
async function readFresh(deps: Deps, caughtUpAt: number | null, read: (tx: Tx) => Promise<string>): Promise<string> {
  return await readFigures(deps, async (database) => {
    const [figures, newestEventAt] = await readTogether(database, (tx) => Promise.all([read(tx), newestEvent(tx)]))
    // A replica may be behind what was projected: then only the newest event that it shows says how old it is.
    const meta = metaOf(database === deps.database ? caughtUpAt : null, newestEventAt)
    return `${meta.asOf}\n${figures}`
  })
}

function withMetaOf(dated: string, caughtUpAt: number | null): string {
  const end = dated.indexOf('\n')
  const meta = metaOf(caughtUpAt, Date.parse(dated.slice(0, end)))
  return `${dated.slice(end + 1, -1)},"meta":${JSON.stringify(meta)}}`
}

/** On the replica while it follows; however little it is behind, `meta` says so. Else, and when it fails, on the primary. */
async function readFigures<T>(
  { database, replica }: Pick<Deps, 'database' | 'replica'>,
  read: (database: Database) => Promise<T>,
): Promise<T> {
  return replica === undefined ? await read(database) : await replica.read(Number.POSITIVE_INFINITY, read)
}

function keyOf(actor: Actor, { name, about }: Question) {
  const { currency, timeZone } = actor.company
  return {
    companyId: actor.companyId,
    scope: actor.scope === 'own' ? `own:${actor.userId}` : 'all',
    namespace: FIGURES,
    key: JSON.stringify([name, currency, timeZone, ...about]),
    ttlSeconds: TTL_SECONDS,
  }
}

import type { Actor, BodyOf, ConnectionSettings, createConnectionRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { defaultSettings } from '../providers/provider.ts'
import { insertConnection, type StoredConnection } from './connections.repository.ts'
import { newSecret, type SecretBox } from './secret-box.ts'

/** Creates a connection; its secret is the given one or a new one, and is given back this once. */
export async function createConnection(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createConnectionRoute> & { readonly box: SecretBox },
): Promise<{ connection: StoredConnection; secret: string }> {
  const secret = input.secret ?? newSecret()
  const id = newId()
  const connection = await insertConnection(tx, actor.companyId, {
    id,
    name: input.name,
    provider: input.provider,
    secret: input.box.seal(secret, id),
    settings: { ...settingsOf(actor), ...given(input.settings) },
  })
  return { connection, secret }
}

/** The settings of a connection whose company has not said otherwise. */
export function settingsOf({ company }: Actor): ConnectionSettings {
  return { ...defaultSettings, defaultRegion: company.defaultRegion, timeZone: company.timeZone }
}

/** What is undefined was not given. */
export function given(settings: BodyOf<typeof createConnectionRoute>['settings']): Partial<ConnectionSettings> {
  return Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined))
}

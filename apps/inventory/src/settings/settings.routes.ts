import { getInventorySettingsRoute, updateInventorySettingsRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { getSettings } from './get-settings.ts'
import { updateSettings } from './update-settings.ts'

export function settingsRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, getInventorySettingsRoute, async ({ actor }) => answer(await getSettings(database, actor.companyId)))

  route(app, updateInventorySettingsRoute, async ({ actor, body, ifMatch }) =>
    withTx(database, async (tx) => answer(await updateSettings(tx, actor, { ifMatch, changes: body }))),
  )
}

function answer(settings: { readonly version: number }) {
  return resource({ json: JSON.stringify(settings), version: settings.version })
}

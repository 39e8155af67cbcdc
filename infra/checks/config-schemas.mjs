import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { root } from './repository.mjs'

/** @returns {Promise<{ app: string, shape: Record<string, z.ZodType> }[]>} what each service reads from its environment */
export async function configSchemas() {
  const schemas = []
  for (const app of readdirSync(join(root, 'apps')).toSorted()) {
    const schema = await configSchema(app)
    if (schema) schemas.push({ app, shape: schema.shape })
  }
  return schemas
}

/** The schema is the one zod object that the app's config.ts exports. */
async function configSchema(app) {
  const path = join(root, 'apps', app, 'src', 'config.ts')
  if (!existsSync(path)) return undefined
  const exported = Object.values(await import(pathToFileURL(path).href)).filter((value) => value instanceof z.ZodObject)
  if (exported.length !== 1)
    throw new Error(`apps/${app}/src/config.ts exports ${exported.length} zod objects, where one is expected`)
  return exported[0]
}

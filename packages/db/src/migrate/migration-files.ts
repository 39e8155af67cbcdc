import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceSchema } from './service-schemas.ts'

export type Migration = {
  readonly name: string
  readonly sha256: string
  readonly sql: string
  readonly inTransaction: boolean
}

const FILE = /^\d{4}_[a-z0-9_]+\.sql$/

/** A schema's migrations in the order they run: the common ones, then its own, each series by number. */
export async function readMigrations(
  folder: string,
  service: ServiceSchema,
): Promise<{ common: Migration[]; own: Migration[] }> {
  return { common: await readSeries(folder, 'common', service), own: await readSeries(folder, service.schema, service) }
}

async function readSeries(folder: string, series: string, service: ServiceSchema): Promise<Migration[]> {
  // git keeps no empty folder: a service without tables of its own has none.
  if (!existsSync(join(folder, series))) return []
  const files = (await readdir(join(folder, series))).filter((file) => file.endsWith('.sql')).sort()
  const migrations: Migration[] = []
  for (const file of files) {
    if (!FILE.test(file)) throw new Error(`Migration '${series}/${file}' is not named like 0001_create_deals.sql`)
    const template = await readFile(join(folder, series, file), 'utf8')
    migrations.push({
      name: `${series}/${file}`,
      sha256: createHash('sha256').update(template).digest('hex'),
      sql: template.replaceAll('{{schema}}', service.schema).replaceAll('{{role}}', service.role),
      inTransaction: !template.startsWith('-- no-transaction'),
    })
  }
  return migrations
}

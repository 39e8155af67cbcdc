import { migrateAll } from './index.ts'
import { type ServiceWithSchema, serviceNames } from './service-schemas.ts'

/** The migration job: `DATABASE_ADMIN_URL`, one `<SERVICE>_DATABASE_PASSWORD` each, optionally `MIGRATIONS_FOLDER`. */
function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

const passwords = Object.fromEntries(
  serviceNames.map((service) => [service, required(`${service.toUpperCase().replaceAll('-', '_')}_DATABASE_PASSWORD`)]),
) as Record<ServiceWithSchema, string>
const folder = process.env.MIGRATIONS_FOLDER

const { applied } = await migrateAll({
  adminUrl: required('DATABASE_ADMIN_URL'),
  passwords,
  log: (line) => process.stdout.write(`${line}\n`),
  ...(folder === undefined ? {} : { folder }),
})
process.stdout.write(`${applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`}\n`)

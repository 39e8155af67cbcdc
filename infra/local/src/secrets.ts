import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ServiceWithSchema, serviceNames } from '@dealwire/db/migrate'

export type Secrets = {
  /** Of each service's database role. */
  passwords: Record<ServiceWithSchema, string>
  internalSecret: string
  /** Seals the keys of access tokens and the refresh tokens. */
  tokenSecret: string
  /** Seals the secrets of telephony connections. */
  connectionSecret: string
}

/** Secrets of this machine's installation, made once and readable by its user only. */
export function localSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const secrets: Secrets = {
    passwords: Object.fromEntries(serviceNames.map((service) => [service, secret()])) as Secrets['passwords'],
    internalSecret: secret(),
    tokenSecret: secret(),
    connectionSecret: secret(),
  }
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

const secret = () => randomBytes(32).toString('base64url')

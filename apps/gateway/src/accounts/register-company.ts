import {
  type Author,
  type BodyOf,
  builtInRoles,
  companyCreated,
  defaultCompanySettings,
  type registerRoute,
  rolePermissions,
  userCreated,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { type CompanyFields, insertCompany } from './companies.repository.ts'
import { emailTaken, userReference } from './create-user.ts'
import { insertUser } from './users.repository.ts'

type RegisterInput = Omit<BodyOf<typeof registerRoute>, 'password'> & {
  readonly passwordHash: string
  readonly timeZone: string
  readonly defaultRegion: string
}
type Registered = { readonly companyId: string; readonly userId: string }

/** Creates a company with its built-in roles and its first user, who is its administrator. */
export async function registerCompany(tx: Tx, requestId: string, input: RegisterInput): Promise<Registered> {
  const companyId = newId()
  const roles = builtInRoles.map((key) => ({ id: newId(), key, name: nameOf(key), scope: rolePermissions[key].scope }))
  const company = await insertCompany(tx, companyId, companyFields(input), roles)

  const admin = roles.find((role) => role.key === 'ADMIN')
  const { name, email, passwordHash } = input
  const user = await insertUser(tx, companyId, {
    id: newId(),
    name,
    email,
    passwordHash,
    roleId: admin?.id ?? '',
    teamId: null,
    departmentId: null,
    positionId: null,
    active: true,
  })
  if (user === undefined) throw emailTaken(email)

  const author: Author = { companyId, userId: user.id, requestId }
  append(tx, author, companyCreated, company, company)
  append(tx, author, userCreated, user, userReference(user))
  return { companyId, userId: user.id }
}

function companyFields({ companyName, currency, timeZone, defaultRegion }: RegisterInput): CompanyFields {
  return {
    name: companyName,
    currency: currency ?? defaultCompanySettings.currency,
    timeZone,
    defaultRegion,
    searchLanguage: 'simple',
    settings: {},
  }
}

function nameOf(key: string): string {
  return key.charAt(0) + key.slice(1).toLowerCase()
}

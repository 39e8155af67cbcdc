import type { Executor } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Passwords } from './passwords.ts'
import { findCredentials } from './sessions.repository.ts'

export type Account = { readonly companyId: string; readonly userId: string }

type Checked = {
  /** Whose email it is; undefined: nobody's. */
  readonly account: Account | undefined
  readonly matches: boolean
}

/** Whom email and password sign in. An unknown email costs as long as a wrong password. */
export async function checkCredentials(
  executor: Executor,
  passwords: Passwords,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Checked> {
  const found = await findCredentials(executor, email)
  const matches = await passwords.verify(found?.passwordHash ?? null, password)
  return { account: found, matches }
}

/** The same for every reason there is. */
export function invalidCredentials(): AppError {
  return new AppError('unauthenticated', 'invalid_credentials', 'Email or password is wrong.')
}

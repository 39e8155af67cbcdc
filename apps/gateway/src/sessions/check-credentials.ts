import type { Executor } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Passwords } from './passwords.ts'
import { findCredentials } from './sessions.repository.ts'

/** Whom email and password sign in. An unknown email costs as long as a wrong password, and gives the same answer. */
export async function checkCredentials(
  executor: Executor,
  passwords: Passwords,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<{ readonly companyId: string; readonly userId: string }> {
  const found = await findCredentials(executor, email)
  const matches = await passwords.verify(found?.passwordHash ?? null, password)
  if (found === undefined || !matches) throw invalidCredentials()
  return found
}

export function invalidCredentials(): AppError {
  return new AppError('unauthenticated', 'invalid_credentials', 'Email or password is wrong.')
}

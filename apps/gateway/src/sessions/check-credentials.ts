import type { Executor } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { normalizeIP } from '@fastify/rate-limit'
import type { Passwords } from './passwords.ts'
import { findCredentials } from './sessions.repository.ts'

export type Account = { readonly companyId: string; readonly userId: string }

type Checked = {
  /** Whose email it is; undefined: nobody's. */
  readonly account: Account | undefined
  readonly matches: boolean
}

type Guards = { readonly passwords: Passwords; readonly limitAccount: (tried: string) => Promise<void> }

type Attempt = { readonly email: string; readonly password: string; readonly address: string }

/**
 * Whom email and password sign in. An unknown email costs as long as a wrong password. Where the user has signed in before,
 * attempts are counted apart from everybody else's: a stranger's guesses must not be a way to lock the user out.
 */
export async function checkCredentials(
  executor: Executor,
  { passwords, limitAccount }: Guards,
  { email, password, address }: Attempt,
): Promise<Checked> {
  const found = await findCredentials(executor, email)
  const network = normalizeIP(address)
  const isKnown = found?.addresses.some((known) => normalizeIP(known) === network) === true
  await limitAccount(isKnown ? `${email} from ${network}` : email)
  const matches = await passwords.verify(found?.passwordHash ?? null, password)
  return { account: found, matches }
}

/** The same for every reason there is. */
export function invalidCredentials(): AppError {
  return new AppError('unauthenticated', 'invalid_credentials', 'Email or password is wrong.')
}

import type { Database } from '@dealwire/db/client'
import type { Principals } from './access/principals.ts'
import type { AccessTokens } from './keys/access-tokens.ts'
import type { Keyring } from './keys/keyring.ts'
import type { Passwords } from './sessions/passwords.ts'
import type { SignInLog } from './sessions/sign-in-log.ts'

/** What the gateway's own routes work with. */
export type Dependencies = {
  readonly database: Database
  readonly keyring: Keyring
  readonly tokens: AccessTokens
  readonly principals: Principals
  readonly passwords: Passwords
  readonly refreshTokenKey: Uint8Array
  readonly signIns: SignInLog
  readonly signupOpen: boolean
  /** Throws `rate_limited` when an account has been tried too often. */
  readonly limitAccount: (tried: string) => Promise<void>
}

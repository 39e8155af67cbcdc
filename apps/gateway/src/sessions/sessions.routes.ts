import {
  defaultCompanySettings,
  jwksRoute,
  loginRoute,
  logoutRoute,
  meRoute,
  refreshRoute,
  registerRoute,
} from '@dealwire/contracts'
import { type Executor, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { noContent, ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { readPrincipal } from '../access/read-principal.ts'
import { regionOfTimeZone } from '../accounts/region-of-time-zone.ts'
import { registerCompany } from '../accounts/register-company.ts'
import type { Dependencies } from '../dependencies.ts'
import { callerOf } from '../edge/caller.ts'
import { checkCredentials, invalidCredentials } from './check-credentials.ts'
import { originOf } from './origin.ts'
import { refreshSession } from './refresh-session.ts'
import { revokeSessions } from './revoke-sessions.ts'
import { describeCaller, signedIn } from './signed-in.ts'
import { type StartedSession, startSession } from './start-session.ts'

export function sessionRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const { database, passwords, principals, tokens, keyring, refreshTokenKey: tokenKey, signIns } = dependencies

  async function answer(executor: Executor, companyId: string, session: StartedSession) {
    const principal = await readPrincipal(executor, companyId, session.sessionId)
    return signedIn({ ...principal, sessionId: session.sessionId }, session.refreshToken, tokens)
  }

  route(app, registerRoute, async ({ body, request }) => {
    if (!dependencies.signupOpen)
      throw new AppError('forbidden', 'signup_closed', 'Registration is closed here; ask the operator for an account.')
    const { password, ...input } = body
    const timeZone = input.timeZone ?? defaultCompanySettings.timeZone
    const defaultRegion = input.defaultRegion ?? (await regionOfTimeZone(timeZone))
    const passwordHash = await passwords.hash(password)
    const { companyId, session } = await withTx(database, async (tx) => {
      const registered = await registerCompany(tx, request.id, { ...input, timeZone, defaultRegion, passwordHash })
      const signIn = { account: registered, method: 'registration', origin: originOf(request), tokenKey } as const
      return { ...registered, session: await startSession(tx, { ...signIn, requestId: request.id }) }
    })
    if (session === undefined) throw new Error('The user just registered cannot sign in')
    return { status: 201, body: await answer(database, companyId, session) }
  })

  route(app, loginRoute, async ({ body, request }) => {
    const from = { origin: originOf(request), requestId: request.id }
    const attempt = { ...body, address: from.origin.address }
    const { account, matches } = await checkCredentials(database, dependencies, attempt)
    const session =
      account !== undefined && matches
        ? await withTx(database, (tx) => startSession(tx, { account, method: 'password', tokenKey, ...from }))
        : undefined
    if (account === undefined || session === undefined) {
      signIns.refused({ account, reason: matches ? 'deactivated' : 'wrong_password', ...from })
      throw invalidCredentials()
    }
    signIns.succeeded()
    return ok(await answer(database, account.companyId, session))
  })

  route(app, refreshRoute, async ({ body, request }) => {
    const refreshed = await withTx(database, (tx) =>
      refreshSession(tx, { token: body.refreshToken, origin: originOf(request), requestId: request.id, tokenKey }),
    )
    switch (refreshed.outcome) {
      case 'refreshed':
        return ok(await answer(database, refreshed.companyId, refreshed))
      case 'reused':
        principals.forget(refreshed.companyId)
        throw new AppError(
          'unauthenticated',
          'refresh_reused',
          'This refresh token was used before, so its session has ended; sign in again.',
        )
      case 'invalid':
        throw new AppError('unauthenticated', 'invalid_refresh_token', 'The refresh token is not valid; sign in again.')
    }
  })

  route(app, logoutRoute, async ({ actor, request }) => {
    const { userId, sessionId } = callerOf(request)
    if (sessionId === null) return noContent // an API key has no session to end
    const ending = { userId, sessionId, reason: 'logout', origin: originOf(request) } as const
    await withTx(database, (tx) => revokeSessions(tx, actor, ending))
    principals.forget(actor.companyId)
    return noContent
  })

  route(app, meRoute, async ({ request }) => ok(describeCaller(callerOf(request))))

  route(app, jwksRoute, async () => ({
    status: 200,
    body: { keys: await keyring.jwks() },
    headers: { 'cache-control': 'public, max-age=60' },
  }))
}

import { z } from 'zod'
import { currency, email, text, uuid } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { region, searchLanguage, timeZone } from './company.ts'
import { password } from './users.ts'

const signedInUser = z.strictObject({
  id: uuid,
  name: z.string(),
  email: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
})

const signedInCompany = z.strictObject({
  id: uuid,
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  defaultRegion: z.string(),
  searchLanguage,
})

const me = z.strictObject({ user: signedInUser, company: signedInCompany })

export const signedIn = z.strictObject({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  /** Seconds. */
  expiresIn: z.int(),
  refreshToken: z.string(),
  user: signedInUser,
  company: signedInCompany,
})

const refreshTokenBody = z.strictObject({ refreshToken: z.string().min(1).max(500) })

export const registerRoute = defineRoute({
  method: 'POST',
  path: '/v1/auth/register',
  service: 'gateway',
  permission: 'public',
  rateClass: 'register',
  summary: 'Create a company; its first user is its administrator',
  body: z.strictObject({
    companyName: text(200),
    name: text(200),
    email,
    password,
    currency: currency.optional(),
    timeZone: timeZone.optional(),
    defaultRegion: region.optional(),
  }),
  errors: ['signup_closed', 'email_taken', 'sign_in_busy'],
  responses: { 201: signedIn, 403: problem, 409: problem },
})

export const loginRoute = defineRoute({
  method: 'POST',
  path: '/v1/auth/login',
  service: 'gateway',
  permission: 'public',
  rateClass: 'login',
  description:
    'Counted per account (10 a minute) and per address. An address from which the user has signed in before counts by itself, so that guesses from elsewhere keep nobody out. An unknown user takes as long as a wrong password.',
  summary: 'Sign in with email and password',
  body: z.strictObject({ email, password: z.string().min(1).max(200) }),
  errors: ['invalid_credentials', 'sign_in_busy'],
  responses: { 200: signedIn, 401: problem },
})

export const refreshRoute = defineRoute({
  method: 'POST',
  path: '/v1/auth/refresh',
  service: 'gateway',
  permission: 'public',
  description:
    'The predecessor of the current token is answered with the same successor for ten seconds, so that two tabs can refresh at once; used later it ends the session (`refresh_reused`).',
  summary: 'Exchange a refresh token for new tokens; using an old one again ends the session',
  body: refreshTokenBody,
  errors: ['invalid_refresh_token', 'refresh_reused'],
  responses: { 200: signedIn, 401: problem },
})

export const logoutRoute = defineRoute({
  method: 'POST',
  path: '/v1/auth/logout',
  service: 'gateway',
  permission: 'any',
  description: 'Access tokens of the session are refused within two seconds.',
  summary: 'End the session that the access token belongs to',
  body: refreshTokenBody.partial(),
  responses: { 204: null },
})

export const meRoute = defineRoute({
  method: 'GET',
  path: '/v1/auth/me',
  service: 'gateway',
  permission: 'any',
  summary: 'The signed-in user, permissions and company',
  responses: { 200: me },
})

export const jwksRoute = defineRoute({
  method: 'GET',
  path: '/.well-known/jwks.json',
  service: 'gateway',
  permission: 'public',
  summary: 'Public keys that access tokens are signed with',
  responses: {
    200: z.strictObject({
      keys: z.array(
        z.looseObject({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          kid: z.string(),
          x: z.string(),
          alg: z.literal('EdDSA'),
          use: z.literal('sig'),
        }),
      ),
    }),
  },
})

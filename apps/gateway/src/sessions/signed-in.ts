import type { AnswerOf, loginRoute } from '@dealwire/contracts'
import type { Principal } from '../access/principal.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from '../keys/access-tokens.ts'

type SignedIn = AnswerOf<typeof loginRoute, 200>

/** The answer to register, login and refresh. */
export async function signedIn(
  principal: Principal & { sessionId: string },
  refreshToken: string,
  tokens: AccessTokens,
): Promise<SignedIn> {
  return {
    accessToken: await tokens.sign(principal),
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    refreshToken,
    ...describeCaller(principal),
  }
}

export function describeCaller(principal: Principal): Pick<SignedIn, 'user' | 'company'> {
  const { userId, userName, email, role, companyId, companyName, company } = principal
  return {
    user: { id: userId, name: userName, email, role, permissions: [...principal.permissions] },
    company: {
      id: companyId,
      name: companyName,
      currency: company.currency,
      timeZone: company.timeZone,
      defaultRegion: company.defaultRegion,
      searchLanguage: company.searchLanguage as SignedIn['company']['searchLanguage'],
    },
  }
}

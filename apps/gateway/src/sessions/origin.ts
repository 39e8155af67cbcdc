import type { FastifyRequest } from 'fastify'

const LONGEST_USER_AGENT = 300
/** As long as IPv6 gets; a proxy that is believed may still say anything. */
const LONGEST_ADDRESS = 45

/** Where a sign-in came from, for the list of sessions and the audit log. */
export type Origin = { readonly userAgent: string | null; readonly address: string }

export function originOf({ headers, ip }: FastifyRequest): Origin {
  return {
    userAgent: headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
    address: ip.slice(0, LONGEST_ADDRESS),
  }
}

import { AppError } from '@dealwire/errors'
import type { Principal } from '../access/principal.ts'
import type { Subscribers } from './subscribers.ts'

/** How many streams this process holds open at most. */
export type StreamLimits = { readonly all: number; readonly perCompany: number; readonly perUser: number }

/** Streams stay open, so that there is room again is a matter of people, not of seconds. */
const RETRY_SECONDS = 10

/** Throws `too_many_streams` when the caller has its share, `overloaded` when this process has all that it can hold. */
export function ensureRoom(subscribers: Subscribers, caller: Principal, limits: StreamLimits): void {
  if (subscribers.sizeOfCaller(caller) >= limits.perUser)
    throw tooMany(limits.perUser, caller.apiKeyId === null ? 'this user' : 'this API key')
  if (subscribers.sizeOfCompany(caller.companyId) >= limits.perCompany) throw tooMany(limits.perCompany, 'this company')
  if (subscribers.size >= limits.all)
    throw new AppError('unavailable', 'overloaded', 'Too many streams are open here; try again in a moment.', {
      retryAfterSeconds: RETRY_SECONDS,
    })
}

function tooMany(limit: number, whose: string): AppError {
  return new AppError('rate_limited', 'too_many_streams', `${limit} streams of ${whose} are open; close one first.`, {
    retryAfterSeconds: RETRY_SECONDS,
  })
}

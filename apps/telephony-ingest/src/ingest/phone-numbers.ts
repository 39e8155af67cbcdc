import { parsePhoneNumber } from '../calls/phone-number.ts'

const MAX_REMEMBERED = 20_000

/** The same numbers call again and again, and parsing one costs more than the rest of its event. */
const remembered = new Map<string, string | null>()

/** E.164, or null for what is no subscriber's number. */
export function e164Of(party: string | null, defaultRegion: string): string | null {
  if (party === null) return null
  const key = `${defaultRegion} ${party}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const { e164 } = parsePhoneNumber(party, defaultRegion)
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(key, e164)
  return e164
}

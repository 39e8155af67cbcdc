import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

export type PhoneNumber = {
  /** As the provider wrote it. */
  readonly raw: string
  /** Null when it is no subscriber's number: withheld, an extension, a SIP user, nonsense. Such a number never matches anyone. */
  readonly e164: string | null
}

/** The words and placeholder numbers that stand for a withheld caller; +266696687 spells "anonymous" on a keypad. */
const withheld =
  /^(anonymous|anonymous\.invalid|restricted|private|withheld|unavailable|unknown|blocked|no ?caller ?id|\+?266696687)$/i

/** Endpoints inside the PBX or a browser, written in place of a number. */
const endpoint = /^(client|agent|user|local|pjsip|queue|app|group):|^(local|pjsip|agent)\//i

const MIN_NATIONAL_DIGITS = 7
const MAX_SUFFIX_DIGITS = 9

/**
 * E.164 by the rules of `defaultRegion` (ISO 3166) for numbers written without a country code. Only numbers of a possible
 * length are taken, so an extension stays an extension; a number range too new for our tables still counts.
 */
export function parsePhoneNumber(raw: string, defaultRegion: string): PhoneNumber {
  const number = subscriberPart(raw)
  if (number === null) return { raw, e164: null }
  const region: CountryCode | undefined = isSupportedCountry(defaultRegion) ? defaultRegion : undefined
  const parsed = parsePhoneNumberFromString(
    number,
    region === undefined ? {} : { defaultCountry: region, extract: false },
  )
  return { raw, e164: parsed?.isPossible() === true ? parsed.number : null }
}

/** The user part of `sip:` and `tel:` addresses; null for what cannot be a subscriber's number. */
function subscriberPart(raw: string): string | null {
  const user = (
    raw
      .trim()
      .replace(/^(sips?|tel):/i, '')
      .split(/[@;]/, 1)[0] ?? ''
  ).trim()
  if (user === '' || withheld.test(user) || endpoint.test(user) || user.length > 40) return null
  return /^[+\d\s().\-/*#]+$/.test(user) && !/[*#]/.test(user) ? user.replace(/^00(?=[1-9])/, '+') : null
}

/** The trailing digits by which a number still matches when one side lacks its country code; null when too short to tell. */
export function significantSuffix(e164: string): string | null {
  const digits = e164.replaceAll(/\D/g, '')
  return digits.length < MIN_NATIONAL_DIGITS ? null : digits.slice(-MAX_SUFFIX_DIGITS)
}

import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/min'

export type Phone = { readonly phone: string | null; readonly phoneRaw: string | null }

/** A typed number with its E.164 form; one that cannot be dialled is kept as typed, so that nothing the caller sent is lost. */
export function phoneOf(typed: string | null | undefined, defaultRegion: string): Phone {
  if (typed === null || typed === undefined) return { phone: null, phoneRaw: null }
  const parsed = parsePhoneNumber(typed, isSupportedCountry(defaultRegion) ? { defaultCountry: defaultRegion } : {})
  return { phone: parsed?.isPossible() === true ? parsed.number : null, phoneRaw: typed }
}

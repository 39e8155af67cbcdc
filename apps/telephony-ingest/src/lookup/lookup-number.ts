import { parsePhoneNumber, significantSuffix } from '../calls/phone-number.ts'

/** A number as the directory is asked for it; nulls, which match nobody, for one that is withheld or none. */
export function lookupNumber(phone: string, defaultRegion: string): { e164: string | null; suffix: string | null } {
  const { e164 } = parsePhoneNumber(phone, defaultRegion)
  return { e164, suffix: e164 === null ? null : significantSuffix(e164) }
}

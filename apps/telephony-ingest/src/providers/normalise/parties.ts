import type { CallDirection } from '@dealwire/contracts'

/** A number that the PBX gives its own phones. */
export function isExtension(party: string | null, maxExtensionDigits: number): boolean {
  return party !== null && new RegExp(`^\\d{1,${maxExtensionDigits}}$`).test(party)
}

/** By who is an extension of the PBX, for systems that do not say. */
export function directionBetween(from: string | null, to: string | null, maxExtensionDigits: number): CallDirection {
  if (!isExtension(from, maxExtensionDigits)) return 'INBOUND'
  return to === null || isExtension(to, maxExtensionDigits) ? 'INTERNAL' : 'OUTBOUND'
}

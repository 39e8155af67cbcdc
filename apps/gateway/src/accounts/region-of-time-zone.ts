import { setImmediate } from 'node:timers/promises'

const FALLBACK = 'GE'
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

let listing: Promise<ReadonlyMap<string, string>> | undefined

/** The region (ISO 3166) in which a time zone is used, so that a company need not be asked how to read its phone numbers. */
export async function regionOfTimeZone(timeZone: string): Promise<string> {
  listing ??= listRegions()
  return (await listing).get(timeZone) ?? FALLBACK
}

/** Takes a tenth of a second the first time: in slices, so that nobody else waits for it. */
async function listRegions(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const first of LETTERS) {
    await setImmediate()
    for (const region of LETTERS.map((second) => first + second))
      for (const zone of zonesOf(region)) if (!found.has(zone)) found.set(zone, region)
  }
  return found
}

/** In every Node that runs this, but not yet in TypeScript's library. */
function zonesOf(region: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale('und', { region })
  return locale.getTimeZones?.() ?? []
}

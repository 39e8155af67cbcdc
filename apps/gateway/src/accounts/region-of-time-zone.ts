const FALLBACK = 'GE'
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

let regions: ReadonlyMap<string, string> | undefined

/** The region (ISO 3166) in which a time zone is used, so that a company need not be asked how to read its phone numbers. */
export function regionOfTimeZone(timeZone: string): string {
  regions ??= listRegions()
  return regions.get(timeZone) ?? FALLBACK
}

function listRegions(): Map<string, string> {
  const found = new Map<string, string>()
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const region = first + second
      for (const zone of zonesOf(region)) if (!found.has(zone)) found.set(zone, region)
    }
  }
  return found
}

/** In every Node that runs this, but not yet in TypeScript's library. */
function zonesOf(region: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale('und', { region })
  return locale.getTimeZones?.() ?? []
}

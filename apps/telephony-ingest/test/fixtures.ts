import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Captured payloads of real systems, kept beside the repository because of their licences. */
export const fixturesFolder = fileURLToPath(new URL('../../../../shared/fixtures/telephony', import.meta.url))

export const hasFixtures = existsSync(fixturesFolder)

export function readFixture(path: string): string {
  return readFileSync(`${fixturesFolder}/${path}`, 'utf8')
}

/** For the title of a group that needs them, so that a run without them says so. */
export function needsFixtures(title: string): string {
  return hasFixtures ? title : `${title} (left out: ../shared/fixtures/telephony is absent)`
}

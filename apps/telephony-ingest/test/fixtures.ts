import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

/** The names of a folder's files, in one order everywhere; none where there are no fixtures. */
export function fixtureFiles(folder: string): string[] {
  const path = `${fixturesFolder}/${folder}`
  return existsSync(path) ? readdirSync(path).sort() : []
}

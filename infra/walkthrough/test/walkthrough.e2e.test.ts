import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type PrivateSystem, repositoryRoot } from '@dealwire/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { walkthrough } from '../walkthrough.ts'
import { startSystem } from './private-system.ts'

const run = promisify(execFile)

const realCall = join(repositoryRoot, '..', 'shared', 'fixtures', 'telephony', 'freeswitch', 'somleng-json_cdr.json')

let system: PrivateSystem
beforeAll(async () => {
  system = await startSystem({ durable: false })
})
afterAll(() => system?.stop())

test('the walk-through goes from the first user to a dashboard that has changed within two seconds', async () => {
  const steps: string[] = []
  const freeswitchFile = existsSync(realCall) ? realCall : undefined
  await walkthrough({ gatewayUrl: system.gatewayUrl, freeswitchFile, print: (line) => steps.push(line) })
  expect(steps).toHaveLength(20)
  expect(system.crashed).toEqual([])
})

// A machine may have no curl, and npm test must not need more than Node.
test.runIf(hasCurl())('the commands in the README do what they say', async () => {
  const commands = readmeCommands().replace('http://localhost:8080', system.gatewayUrl)
  const script = `set -eo pipefail\ncurl() { command curl --fail-with-body "$@"; echo; }\n${commands}`
  const { stdout } = await run('bash', ['-c', script], { cwd: repositoryRoot, timeout: 30_000 })

  const answers = stdout.split('\n').filter((line) => line.startsWith('{'))
  const last = (n: number) => JSON.parse(answers.at(-n) ?? '') as { data?: unknown[]; deals?: { open: number } }
  expect(last(2).data).toMatchObject([{ contactName: 'Giorgi Maisuradze' }, { contactName: 'Giorgi Maisuradze' }])
  expect(last(1).deals).toMatchObject({ open: 2 })
})

function hasCurl(): boolean {
  return spawnSync('curl', ['--version'], { stdio: 'ignore' }).status === 0
}

/** Every shell block of the walk-through, in order. */
function readmeCommands(): string {
  const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')
  const section = /^## A walk through the system$([\s\S]*?)^## /m.exec(readme)?.[1] ?? ''
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((block) => block[1])
  if (blocks.length === 0) throw new Error('The README has no walk-through')
  return blocks.join('\n')
}

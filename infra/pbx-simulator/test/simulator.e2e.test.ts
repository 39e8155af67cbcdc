import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { telephonyProviders } from '@dealwire/contracts'
import type { PrivateSystem } from '@dealwire/local'
import { type Client, createClient } from '@dealwire/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSystem } from '../../walkthrough/test/private-system.ts'
import { simulate } from '../src/simulate.ts'
import { voices } from '../src/voices/voices.ts'

const run = promisify(execFile)
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

let system: PrivateSystem
let client: Client
beforeAll(async () => {
  system = await startSystem({ durable: false })
  const account = { email: 'simulator@example.test', password: 'a simulated password' }
  const anybody = createClient({ baseUrl: system.gatewayUrl })
  await anybody.auth.register({ companyName: 'Simulated Ltd', name: 'Simulator', ...account })
  client = createClient({ baseUrl: system.gatewayUrl, token: (await anybody.auth.login(account)).accessToken })
})
afterAll(() => system?.stop())

const traffic = { calls: 12, callsPerSecond: 40, duplicates: 0.2, disorder: 0.1, clockSkewSeconds: 30 }

// One by one: the test is of what comes out, not of how fast.
test.each(voices.map((voice) => [voice.provider, voice] as const))(
  '%s: through the gateway, with duplicates, disorder and wrong clocks, every call is there once as it was',
  async (_provider, voice) => {
    const { sent, checked, duplicates, calls } = await simulate(client, voice, { ...traffic, seed: 7 })
    expect([...sent.failures, ...checked.problems]).toStrictEqual([])
    expect(checked.right).toBe(calls)
    expect(duplicates).toBeGreaterThan(0)
  },
)

test('every provider that a connection can be made for has a voice', () => {
  expect(voices.map(({ provider }) => provider).toSorted()).toStrictEqual([...telephonyProviders].toSorted())
})

test('as a program: it says what was sent and what came of it', async () => {
  const args = [
    main,
    '--gateway',
    system.gatewayUrl,
    '--provider',
    'twilio',
    '--calls',
    '5',
    '--rate',
    '50',
    '--seed',
    '3',
  ]
  const { stdout } = await run(process.execPath, args, { timeout: 30_000 })
  expect(stdout).toMatch(/twilio: 5 calls, \d+ requests/)
  expect(stdout).toContain('right: 5 of 5 calls')
})

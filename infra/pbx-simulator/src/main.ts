import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Client, createClient } from '@dealwire/sdk'
import { describe, isRight, simulate } from './simulate.ts'
import { voices } from './voices/voices.ts'

const usage = `pbx-simulator: the traffic of a PBX, and whether the CRM made the right calls of it.

  node infra/pbx-simulator/src/main.ts [--provider NAME]… [--calls 100] [--rate 20] …

  --provider NAME    ${voices.map(({ provider }) => provider).join(', ')}; without one, each in turn
  --calls N          how many calls (100)
  --rate N           calls a second (20); each is four to seven requests
  --duplicates N     share of requests that come twice (0.2)
  --disorder N       share of requests that are overtaken by later ones (0.05)
  --clock-skew N     seconds that the clocks of the PBX are wrong by, either way (0)
  --seed N           the same seed makes the same calls (1)
  --gateway URL      GATEWAY_URL, else http://localhost:8080
  API_KEY            a key with telephony:read and telephony:manage; without one, a company of its own is registered
`

const { values } = parseArgs({
  options: {
    provider: { type: 'string', multiple: true },
    calls: { type: 'string', default: '100' },
    rate: { type: 'string', default: '20' },
    duplicates: { type: 'string', default: '0.2' },
    disorder: { type: 'string', default: '0.05' },
    'clock-skew': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    gateway: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

function number(name: 'calls' | 'rate' | 'duplicates' | 'disorder' | 'clock-skew' | 'seed', highest: number): number {
  const value = Number(values[name])
  if (!Number.isFinite(value) || value < 0 || value > highest) throw new Error(`--${name} must be 0 to ${highest}`)
  return value
}

async function signIn(baseUrl: string): Promise<Client> {
  const { API_KEY: key } = process.env
  if (key !== undefined) return createClient({ baseUrl, token: key })
  const email = `simulator-${randomUUID()}@example.test`
  const password = 'a simulated password'
  const anybody = createClient({ baseUrl })
  await anybody.auth.register({ companyName: 'Simulated Ltd', name: 'Simulator', email, password })
  return createClient({ baseUrl, token: (await anybody.auth.login({ email, password })).accessToken })
}

async function run(): Promise<boolean> {
  const options = {
    calls: number('calls', 1_000_000),
    callsPerSecond: Math.max(0.01, number('rate', 10_000)),
    duplicates: number('duplicates', 1),
    disorder: number('disorder', 1),
    clockSkewSeconds: Math.floor(number('clock-skew', 3_600)),
    seed: number('seed', 2 ** 32),
  }
  const wanted = values.provider ?? voices.map(({ provider }) => provider)
  const unknown = wanted.filter((name) => !voices.some(({ provider }) => provider === name))
  if (unknown.length > 0) throw new Error(`There is no provider ${unknown.join(', ')}`)
  const client = await signIn(values.gateway ?? process.env['GATEWAY_URL'] ?? 'http://localhost:8080')
  let areAllRight = true
  for (const voice of voices.filter(({ provider }) => wanted.includes(provider))) {
    const report = await simulate(client, voice, options)
    process.stdout.write(`${describe(report)}\n`)
    areAllRight &&= isRight(report)
  }
  return areAllRight
}

if (values.help) process.stdout.write(usage)
else {
  try {
    process.exitCode = (await run()) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exitCode = 2
  }
}

import { expect, test } from 'vitest'
import { ConfigError, loadConfig, serviceConfig } from './index.ts'

const PUBLISHED = 'try-out-only-internal-secret-32-characters'
const env = {
  DATABASE_URL: 'postgres://dealwire_deals:try-out-only-deals@127.0.0.1:5432/dealwire',
  NATS_URL: 'nats://127.0.0.1:4222',
  INTERNAL_SECRET: PUBLISHED,
}

test('secrets that the compose file publishes do for trying out, and stop a production service with the name of each', () => {
  expect(loadConfig('deals', serviceConfig, env)).toMatchObject({ INTERNAL_SECRET: PUBLISHED })
  const start = () => loadConfig('deals', serviceConfig, { ...env, NODE_ENV: 'production' })
  expect(start).toThrow(ConfigError)
  expect(start).toThrow(/DATABASE_URL: .*\n.*INTERNAL_SECRET: /)
})

test('every bad variable is named at once, a short secret among them', () => {
  const start = () => loadConfig('deals', serviceConfig, { ...env, INTERNAL_SECRET: 'short', NATS_URL: undefined })
  expect(start).toThrow(/NATS_URL: [\s\S]*INTERNAL_SECRET: /)
})

test('NATS may be a cluster; a list with one bad URL is refused', () => {
  const load = (urls: string) => loadConfig('deals', serviceConfig, { ...env, NATS_URL: urls }).NATS_URL
  expect(load('nats://deals:secret@one:4222,nats://two:4222')).toContain('two')
  for (const urls of ['', 'nats://one:4222,', 'nats://one:4222,http://two'])
    expect(() => load(urls)).toThrow(/NATS_URL/)
})

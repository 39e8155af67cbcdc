import { expect, test } from 'vitest'
import { localFolder } from './folders.ts'
import { SetupError } from './local-server.ts'
import { readOptions } from './options.ts'

test('without arguments the data is kept, the demo is made, and the gateway is on 8080', () => {
  expect(readOptions([], {})).toEqual({
    fresh: false,
    watch: false,
    logs: false,
    seed: true,
    gatewayPort: 8080,
    folder: localFolder,
  })
})

test('--watch shows the logs too, and the separator that pnpm passes on is no argument', () => {
  expect(readOptions(['--', '--watch', '--fresh', '--no-seed', '--folder=/data'], { GATEWAY_PORT: '9000' })).toEqual({
    fresh: true,
    watch: true,
    logs: true,
    seed: false,
    gatewayPort: 9000,
    folder: '/data',
  })
})

test('an unknown option is refused with the list of those that exist', () => {
  expect(() => readOptions(['--frsh'], {})).toThrow(SetupError)
  expect(() => readOptions(['--frsh'], {})).toThrow(/--frsh[\s\S]*--fresh/)
})

test.each(['0', '-1', '80a', '65532', '8080.5'])('GATEWAY_PORT=%s is refused by name: five ports must fit', (port) => {
  expect(() => readOptions([], { GATEWAY_PORT: port })).toThrow(`GATEWAY_PORT is '${port}'`)
})

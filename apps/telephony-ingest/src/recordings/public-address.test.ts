import { expect, test } from 'vitest'
import { addressRule } from './public-address.ts'

const isOpen = addressRule([])

test.each(['8.8.8.8', '93.184.216.34', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
  '%s is on the internet',
  (address) => {
    expect(isOpen(address)).toBe(true)
  },
)

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'localhost',
  '127.1',
  '',
])('%s is not', (address) => {
  expect(isOpen(address)).toBe(false)
})

test('an operator opens networks by name, and only those', () => {
  const isOpened = addressRule(['10.20.0.0/16', 'fd12::/16'])
  expect(['10.20.3.4', 'fd12::1', '8.8.8.8'].map(isOpened)).toStrictEqual([true, true, true])
  expect(['10.21.0.1', '127.0.0.1', 'fd13::1', '::ffff:10.20.3.4'].map(isOpened)).toStrictEqual([
    false,
    false,
    false,
    true,
  ])
})

import { BlockList, isIP } from 'node:net'

/** Networks that an address on the internet never has: this host, private and shared ones, documentation, benchmarks, multicast. */
const closedIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Inside 2000::/3, which alone is public: tunnels that carry an IPv4 address (Teredo, 6to4), documentation, routing tests. */
const closedIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

const closed = listOf([...closedIpv4, ...closedIpv6])
const global = listOf(['2000::/3'])

export type AddressRule = (address: string) => boolean

/** Which addresses may be asked: those of the internet, and the networks that the operator opens besides. */
export function addressRule(allowedNetworks: readonly string[]): AddressRule {
  const opened = listOf(allowedNetworks)
  return (address) => {
    const family = isIP(address)
    if (family === 0) return false
    if (family === 4) return opened.check(address, 'ipv4') || !closed.check(address, 'ipv4')
    if (opened.check(address, 'ipv6')) return true
    // What is written as IPv6 but means IPv4 (mapped, translated) lies outside of 2000::/3.
    return global.check(address, 'ipv6') && !closed.check(address, 'ipv6')
  }
}

/** Throws for what is no network, such as `10.0.0.0/33`. */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

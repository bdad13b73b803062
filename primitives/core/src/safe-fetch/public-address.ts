import { BlockList, isIP } from 'node:net'

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and one cloud's metadata service. */
const notPublicV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/**
 * Within 2000::/3, the only range of public IPv6 addresses: protocol assignments with Teredo (RFC 2928, RFC 4380),
 * 6to4 (RFC 3056) and documentation (RFC 3849, RFC 9637). Addresses with an IPv4 address inside (mapped, NAT64,
 * compatible, 6to4, Teredo) are all refused by this or by being outside of 2000::/3.
 */
const notPublicV6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const v4 = new BlockList()
for (const [net, prefix] of notPublicV4) v4.addSubnet(net, prefix, 'ipv4')
const v6 = new BlockList()
for (const [net, prefix] of notPublicV6) v6.addSubnet(net, prefix, 'ipv6')
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** Whether `address` (dotted decimal IPv4 or IPv6, no zone, no brackets) is a public unicast address. False for anything else. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !v4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return globalUnicast.check(address, 'ipv6') && !v6.check(address, 'ipv6')
}

/** Networks in CIDR notation that an operator allows although they are not public. Throws on one that is none. */
export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(network)
    const [, net = '', prefix = ''] = match ?? []
    const family = isIP(net)
    if (family === 0 || Number(prefix) > (family === 4 ? 32 : 128)) {
      throw new TypeError(`"${network}" is not a network; write it like 10.1.2.0/24 or fd00:1::/64.`)
    }
    list.addSubnet(net, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }
}

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { OutboundError } from './outbound-error.ts'
import { isPublicAddress } from './public-address.ts'

/** All addresses of a name, as the system resolves it. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true })

export interface PinnedAddress {
  address: string
  family: 4 | 6
}

/**
 * The one address that a connection to `host` goes to. The name is resolved once, here; nobody resolves it again
 * before connecting. One address that is not public refuses the name whole, since a name with both is a trap.
 */
export async function pinAddress(
  host: string,
  resolve: Resolve,
  isAllowed: (address: string) => boolean,
): Promise<PinnedAddress> {
  const found = isIP(host) === 0 ? await resolved(host, resolve) : [{ address: host }]
  for (const { address } of found) {
    if (!isPublicAddress(address) && !isAllowed(address)) {
      throw new OutboundError(
        'outbound-address-refused',
        `${JSON.stringify(host.slice(0, 253))} is not on the public internet, so it is not fetched. ` +
          'An operator can allow its network.',
      )
    }
  }
  const [first] = found
  const family = isIP(first?.address ?? '')
  if (first === undefined || (family !== 4 && family !== 6)) {
    throw new OutboundError('outbound-name-unknown', `${JSON.stringify(host.slice(0, 253))} has no address.`)
  }
  return { address: first.address, family }
}

async function resolved(host: string, resolve: Resolve): Promise<{ address: string }[]> {
  try {
    return await resolve(host)
  } catch (cause) {
    throw new OutboundError(
      'outbound-name-unknown',
      `${JSON.stringify(host.slice(0, 253))} cannot be resolved. Check the name.`,
      cause,
    )
  }
}

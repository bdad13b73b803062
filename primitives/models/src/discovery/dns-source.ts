import type { Resolver } from 'node:dns/promises'
import { clamp } from '@heavylift/core/math'
import { sleep } from '@heavylift/core/async'
import type { DiscoverOf } from './discover-config.ts'
import type { DiscoverySource, FoundAddress } from './source.ts'

/** Answers that say to be asked for again at once, or tomorrow, are asked for within these, in seconds. */
const LEAST_TTL = 5
const MOST_TTL = 300
/** Node does not tell how long an SRV record holds. */
const SRV_TTL = 30

type Lookup = Pick<Resolver, 'resolve4' | 'resolve6' | 'resolveSrv'>

/**
 * The addresses of a name: A or AAAA records with the port of the table, or SRV records (RFC 2782), of which those of the lowest
 * priority count, with their weights.
 */
export function dnsSource(config: DiscoverOf<'dns'>, resolver: Lookup): DiscoverySource {
  return async function* (signal) {
    while (!signal.aborted) {
      const { addresses, ttl } = await (config.record === 'SRV'
        ? srvAddresses(config.name, resolver)
        : hostAddresses(config.name, config.record, config.port ?? 80, resolver))
      yield addresses
      const seconds = config.refreshSeconds ?? clamp(ttl, LEAST_TTL, MOST_TTL)
      await sleep(seconds * 1000, signal, { keepsAlive: false })
    }
  }
}

interface Answer {
  addresses: FoundAddress[]
  /** Seconds. */
  ttl: number
}

async function hostAddresses(
  name: string,
  record: 'A' | 'AAAA',
  port: number,
  resolver: Lookup,
): Promise<Answer> {
  const records = await (record === 'A'
    ? resolver.resolve4(name, { ttl: true })
    : resolver.resolve6(name, { ttl: true }))
  return {
    addresses: records.map(({ address }) => ({ address, port })),
    ttl: Math.min(...records.map(({ ttl }) => ttl)),
  }
}

async function srvAddresses(name: string, resolver: Lookup): Promise<Answer> {
  const records = await resolver.resolveSrv(name)
  const first = Math.min(...records.map(({ priority }) => priority))
  const used = records.filter(({ priority }) => priority === first)
  // One target that does not resolve takes none of the others with it; none at all is a failure.
  const found = await Promise.allSettled(
    used.map(async ({ name: target, port, weight }) => {
      const { addresses, ttl } = await hostAddresses(target, 'A', port, resolver)
      return { addresses: addresses.map((one) => ({ ...one, weight: Math.max(1, weight) })), ttl }
    }),
  )
  const answers = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = found.find((one) => one.status === 'rejected')
  if (answers.length === 0 && failed !== undefined) throw failed.reason
  return {
    addresses: answers.flatMap(({ addresses }) => addresses),
    ttl: Math.min(SRV_TTL, ...answers.map(({ ttl }) => ttl)),
  }
}

import { silentLogger } from '@heavylift/core'
import { expect, test, vi } from 'vitest'
import { Discovery } from '../../src/discovery/discovery.ts'
import type { DiscoverySource, FoundAddress } from '../../src/discovery/source.ts'
import { crossCheck, nothingBeside } from '../../src/table/cross-checks.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import { SecretHosts } from '../../src/table/secret-moves.ts'

/** A source that the test feeds: sets of addresses, or errors. */
function feed() {
  const waiting: (FoundAddress[] | Error)[] = []
  let wake: () => void = () => undefined
  let opened = 0
  const source: DiscoverySource = async function* (signal) {
    opened++
    signal.addEventListener('abort', () => wake())
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next === undefined) await new Promise<void>((resolve) => (wake = resolve))
      else if (next instanceof Error) throw next
      else yield next
    }
  }
  return {
    source,
    get opened() {
      return opened
    },
    push(next: FoundAddress[] | Error) {
      waiting.push(next)
      wake()
    },
  }
}

const tableWith = (discover: object | null, more: object = {}) =>
  gatewayConfigSchema.parse({
    providers: { gpu: { kind: 'openai', ...(discover === null ? {} : { discover }), ...more } },
    models: { m: { targets: [{ provider: 'gpu', model: 'm' }] } },
  })
const dns = {
  kind: 'dns',
  name: 'vllm.test',
  port: 8000,
  allow: ['10.0.0.0/8', '169.254.0.0/16', 'fd00::/8'],
}

function discoveryOf(source: DiscoverySource) {
  const onChange = vi.fn<() => void>()
  const discovery = new Discovery({
    open: () => source,
    nowMs: () => 5,
    log: silentLogger,
    onChange,
    random: () => 0.5,
  })
  const urls = (table: ReturnType<typeof tableWith>): string[] => {
    const provider = discovery.addTo(table).providers['gpu']
    return provider !== undefined && 'replicas' in provider ? provider.replicas.map(({ url }) => url) : []
  }
  return { discovery, onChange, urls }
}

test('what is found joins the replicas that are named, in the networks that the table allows only [MODELS-DISCOVER-04]', async () => {
  const fed = feed()
  const { discovery, onChange, urls } = discoveryOf(fed.source)
  const table = tableWith(dns, { replicas: ['http://named.test/v1', 'http://10.0.0.2:8000/v1'] })
  discovery.watch(table)
  fed.push([
    { address: '10.0.0.3', port: 8000, weight: 2, zone: 'a' },
    { address: '10.0.0.2', port: 8000 },
    { address: '192.168.0.4', port: 8000 },
    { address: '169.254.169.254', port: 80 },
    { address: 'fd00:1::7', port: 8000 },
    { address: 'fd00:ec2::254', port: 80 },
    { address: 'localhost', port: 80 },
  ])
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
  expect(urls(table)).toEqual([
    'http://named.test/v1',
    'http://10.0.0.2:8000/v1',
    'http://10.0.0.3:8000/v1',
    'http://[fd00:1::7]:8000/v1',
  ])
  expect(discovery.status).toEqual([
    { provider: 'gpu', kind: 'dns', found: 3, leftOut: 4, atMs: 5, problem: null },
  ])
  discovery.stop()
})

test('a source that fails keeps the last set and says why; one that says that there is none is believed [MODELS-DISCOVER-05]', async () => {
  vi.useFakeTimers()
  try {
    const fed = feed()
    const { discovery, onChange, urls } = discoveryOf(fed.source)
    const table = tableWith(dns)
    discovery.watch(table)
    fed.push([{ address: '10.0.0.1', port: 8000 }])
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
    fed.push(Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' }))
    await vi.waitFor(() => expect(discovery.status[0]?.problem).toContain('Check "name"'))
    expect(urls(table)).toEqual(['http://10.0.0.1:8000/v1'])
    // The same again changes nothing; an empty set does.
    fed.push([{ address: '10.0.0.1', port: 8000 }])
    await vi.waitFor(() => expect(discovery.status[0]?.problem).toBeNull(), {
      interval: 500,
      timeout: 10_000,
    })
    expect(onChange).toHaveBeenCalledTimes(1)
    fed.push([])
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2))
    expect(urls(table)).toEqual([])
    discovery.stop()
  } finally {
    vi.useRealTimers()
  }
})

test('a search goes on over tables that say the same of it, and begins anew where they do not', async () => {
  const fed = feed()
  const { discovery } = discoveryOf(fed.source)
  discovery.watch(tableWith(dns))
  discovery.watch(tableWith(dns, { apiKey: 'file:key' }))
  expect(fed.opened).toBe(1)
  discovery.watch(tableWith({ ...dns, port: 9000 }))
  expect(fed.opened).toBe(2)
  discovery.watch(tableWith(null, { replicas: ['http://a.test/v1'] }))
  expect(discovery.status).toEqual([])
})

test('a provider needs replicas or a place to look, and a network is written as one [MODELS-DISCOVER-04]', () => {
  expect(crossCheck(tableWith(null), nothingBeside)[0]?.message).toContain('"discover"')
  expect(crossCheck(tableWith(dns), nothingBeside)).toEqual([])
  const parse = (discover: object) =>
    gatewayConfigSchema.safeParse({ providers: { gpu: { kind: 'openai', discover } } })
  expect(parse({ ...dns, allow: ['10.0.0.0'] }).error?.message).toContain('write it like 10.1.2.0/24')
  expect(parse({ ...dns, allow: [] }).success).toBe(false)
  expect(parse({ ...dns, name: 'http://a.test' }).success).toBe(false)
})

test('by the API neither a key moves to where something else is looked for, nor a token to another cluster [MODELS-SECRET-02]', () => {
  const hosts = new SecretHosts()
  const secrets = '/secrets'
  const withKey = (discover: object) => tableWith(discover, { apiKey: 'file:key' }).providers
  hosts.allow(withKey(dns))
  expect(hosts.check(withKey(dns), secrets)).toEqual([])
  expect(hosts.check(withKey({ ...dns, name: 'evil.test' }), secrets)).toHaveLength(1)
  expect(hosts.check(withKey({ ...dns, allow: ['0.0.0.0/0'] }), secrets)).toHaveLength(1)
  const cluster = (server: string) =>
    tableWith({
      kind: 'kubernetes',
      namespace: 'a',
      service: 'b',
      server,
      token: 'file:token',
      allow: ['10.0.0.0/8'],
    }).providers
  hosts.allow(cluster('https://api.test'))
  expect(hosts.check(cluster('https://api.test'), secrets)).toEqual([])
  expect(hosts.check(cluster('https://evil.test'), secrets)).toHaveLength(1)
})

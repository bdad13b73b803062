import { Resolver } from 'node:dns/promises'
import { afterEach, expect, test } from 'vitest'
import { discoverSchema } from '../../src/discovery/discover-config.ts'
import type { DiscoverOf } from '../../src/discovery/discover-config.ts'
import { dnsSource } from '../../src/discovery/dns-source.ts'
import { z } from 'zod'
import { startDnsServer } from './dns-server.ts'
import type { DnsRecord } from './dns-server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function source(records: DnsRecord[] | null, config: object) {
  const state = { records }
  const server = await startDnsServer(state)
  const stop = new AbortController()
  const resolver = new Resolver({ timeout: 2000, tries: 1 })
  resolver.setServers([server.address])
  const parsed = discoverSchema(z.string()).parse({ kind: 'dns', allow: ['10.0.0.0/8'], ...config })
  const sets = dnsSource(parsed as DiscoverOf<'dns'>, resolver)(stop.signal)[Symbol.asyncIterator]()
  ends.push(async () => {
    stop.abort()
    await server.close()
  })
  return { state, next: async () => (await sets.next()).value as unknown }
}

const a = (address: string, name = 'vllm.test', ttl = 30): DnsRecord => ({ type: 'A', name, address, ttl })

test('every address of a name is a replica, looked up again when it is time [MODELS-DISCOVER-01]', async () => {
  const { state, next } = await source([a('10.0.0.1'), a('10.0.0.2')], {
    name: 'vllm.test',
    port: 8000,
    refreshSeconds: 1,
  })
  expect(await next()).toEqual([
    { address: '10.0.0.1', port: 8000 },
    { address: '10.0.0.2', port: 8000 },
  ])
  state.records = [a('10.0.0.3')]
  expect(await next()).toEqual([{ address: '10.0.0.3', port: 8000 }])
})

test('of services those of the lowest priority count, with their weights and ports [MODELS-DISCOVER-01]', async () => {
  const service = (target: string, priority: number, weight: number, port: number): DnsRecord => ({
    type: 'SRV',
    name: '_http._tcp.vllm.test',
    priority,
    weight,
    port,
    target,
    ttl: 30,
  })
  const { next } = await source(
    [
      service('one.test', 1, 3, 8001),
      service('two.test', 1, 0, 8002),
      service('gone.test', 1, 1, 8003),
      service('spare.test', 2, 1, 8004),
      a('10.0.0.1', 'one.test'),
      a('10.0.0.2', 'two.test'),
      a('10.0.0.4', 'spare.test'),
    ],
    { name: '_http._tcp.vllm.test', record: 'SRV' },
  )
  expect(await next()).toEqual([
    { address: '10.0.0.1', port: 8001, weight: 3 },
    { address: '10.0.0.2', port: 8002, weight: 1 },
  ])
})

test('a server that fails, and a name that is not there, are failures and no empty sets', async () => {
  await expect((await source(null, { name: 'vllm.test' })).next()).rejects.toThrow(/ESERVFAIL/)
  await expect((await source([], { name: 'vllm.test' })).next()).rejects.toThrow(/ENOTFOUND/)
})

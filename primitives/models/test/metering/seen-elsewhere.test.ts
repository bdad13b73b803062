import type { Processes } from '@heavylift/core'
import { silentLogger } from '@heavylift/core'
import { expect, test, vi } from 'vitest'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { Siblings } from '../../src/gateway/siblings.ts'
import { Fleet } from '../../src/metering/fleet.ts'
import { fleetColumns, fleetStates } from '../../src/metering/fleet-columns.ts'
import { gatewaySnapshotSchema } from '../../src/metering/gateway-snapshot.ts'
import { createLiveStats } from '../../src/metering/live-stats.ts'
import type { ServedModel } from '../../src/metering/live-stats.ts'
import { addToFleet, mergeSnapshots } from '../../src/metering/seen-elsewhere.ts'
import type { Seen } from '../../src/metering/seen-elsewhere.ts'
import type { Replica } from '../../src/routing/replica.ts'
import { seenFrom } from '../../src/routes/live.ts'
import { callRecord } from './call-record.ts'

const startMs = 1_700_000_000_000

function replica(state: Replica['state'], requestsInFlight: number): Replica {
  return {
    id: 'gpu/one/m',
    provider: 'gpu',
    model: 'm',
    tier: 0,
    weight: 1,
    maxInFlight: Infinity,
    prefillTokensPerSecond: 4000,
    cacheTokens: 0,
    zone: null,
    engine: null,
    requestsInFlight,
    tokensInFlight: 10 * requestsInFlight,
    prefillTokensInFlight: 0,
    state,
  }
}

/** A process in which a tenant's calls have written so many tokens, one after the other, and one more has begun at `atMs`. */
function processOf(tenantId: string, tokens: number[], state: Replica['state'], atMs: number) {
  const live = createLiveStats()
  for (const [at, written] of tokens.entries()) {
    const call = live.began({ id: `call_${tenantId}${at}`, tenantId, model: 'large' }, startMs)
    call.sent('gpu/one/m')
    call.ended(
      callRecord({
        status: 'ok',
        ttftMs: written,
        costMicros: 7,
        usage: { input: 1, output: written, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
      }),
      startMs + 100,
    )
  }
  live.began({ id: `call_${tenantId}`, tenantId, model: 'large' }, atMs).sent('gpu/one/m')
  const served: ServedModel[] = [{ name: 'large', replicas: [replica(state, 1)], waiting: tokens.length }]
  const gateway = {
    routes: new Map([
      ['large', { name: 'large', balancer: { replicas: served[0]!.replicas }, queue: { waiting: 0 } }],
    ]),
  } as unknown as Gateway
  return { live, served, gateway }
}

test('the picture of all processes has the calls, loads and replicas of each [MODELS-SHARED-VIEW-01]', () => {
  const first = processOf('acme', [10, 30], 'healthy', startMs + 500)
  const second = processOf('beta', [40], 'open', startMs + 200)
  const nowMs = startMs + 1100
  const own = first.live.snapshot(first.served, nowMs, null)
  const other = second.live.snapshot(second.served, nowMs, null)
  const whole = gatewaySnapshotSchema.parse(mergeSnapshots(own, [other], null))
  expect(whole.overall).toMatchObject({ inFlight: 2, ended: 3, costMicrosLastHour: 21 })
  expect(whole.overall.tokens.at(-1)).toBe(80)
  expect(whole.models[0]).toMatchObject({ name: 'large', waiting: 3, inFlight: 2 })
  expect(whole.replicas[0]).toMatchObject({ inFlight: 2, tokensInFlight: 20, state: 'open' })
  expect(whole.replicasWell).toBe(0)
  // Oldest first.
  expect(whole.calls.map(({ id }) => id)).toEqual(['call_beta', 'call_acme'])
  const [one, two] = [own.overall.ttftMs?.p50 ?? NaN, other.overall.ttftMs?.p50 ?? NaN]
  expect(whole.overall.ttftMs?.p50).toBeCloseTo((2 * one + two) / 3, 9)

  const forAcme = mergeSnapshots(first.live.snapshot(first.served, nowMs, 'acme'), [other], 'acme')
  expect(forAcme.calls.map(({ id }) => id)).toEqual(['call_acme'])
  expect(forAcme.overall).toMatchObject({ inFlight: 2, costMicrosLastHour: null })
})

test('who looks in the first process sees the others within a second, and those that ended no more [MODELS-SHARED-VIEW-01]', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const hearing: { number: number; topic: string; onData: (data: unknown) => void }[] = []
  const joined = (number: number): Processes => ({
    count: 2,
    number,
    tell(topic, data) {
      const sent = JSON.stringify(data)
      for (const one of hearing)
        if (one.number !== number && one.topic === topic) one.onData(JSON.parse(sent))
    },
    hear: (topic, onData) => void hearing.push({ number, topic, onData }),
  })
  const attached = (number: number, { live, gateway }: ReturnType<typeof processOf>) => {
    const siblings = new Siblings(joined(number))
    siblings.attach({
      gateway,
      apply: () => Promise.resolve(),
      see: () =>
        seenFrom({
          meter: { live },
          clock: { nowMs: () => startMs + 1100 },
          gateway,
        } as unknown as Parameters<typeof seenFrom>[0]),
      log: silentLogger,
    })
    return siblings
  }
  const here = processOf('acme', [], 'healthy', startMs)
  const first = attached(1, here)
  attached(2, processOf('beta', [40], 'ejected', startMs + 200))
  const seen: Seen[] = first.look()
  expect(seen).toHaveLength(1)
  const fleet = new Fleet(
    here.live,
    () => here.served,
    () => addToFleet(seen),
  )
  const { values } = fleet.read(startMs + 1100)
  const column = (name: (typeof fleetColumns)[number]) => values[fleetColumns.indexOf(name)]
  expect(column('state')).toBe(fleetStates.indexOf('ejected'))
  expect(column('inFlight')).toBe(2)
  hearing.splice(0)
  vi.advanceTimersByTime(4_000)
  expect(first.look()).toEqual([])
  vi.useRealTimers()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatewaySnapshotSchema } from '../../src/metering/gateway-snapshot.ts'
import { LatencyWindow } from '../../src/metering/latency-window.ts'
import { createLiveStats, type ServedModel } from '../../src/metering/live-stats.ts'
import { SlidingSums } from '../../src/metering/sliding-sums.ts'
import type { Replica } from '../../src/routing/replica.ts'
import { callRecord } from './call-record.ts'

const startMs = 1_700_000_000_000

function replica(id: string): Replica {
  return {
    id,
    provider: 'openai',
    model: 'gpt-4o-mini',
    tier: 0,
    weight: 1,
    maxInFlight: Infinity,
    prefillTokensPerSecond: 4000,
    cacheTokens: 0,
    zone: null,
    engine: null,
    requestsInFlight: 0,
    tokensInFlight: 0,
    prefillTokensInFlight: 0,
    state: 'healthy',
  }
}

const served: ServedModel[] = [{ name: 'large', replicas: [replica('one'), replica('two')], waiting: 3 }]

describe('live statistics', () => {
  test('follow a call from the queue through its replica to its end [MODELS-METER-01]', () => {
    const stats = createLiveStats()
    const call = stats.began({ id: 'call_1', tenantId: 'acme', model: 'large' }, startMs)
    expect(stats.snapshot(served, startMs + 5, null).calls).toEqual([
      {
        id: 'call_1',
        tenantId: 'acme',
        model: 'large',
        replicaId: null,
        phase: 'waiting',
        ageMs: 5,
        tokens: 0,
      },
    ])

    call.sent('one')
    call.sent('two')
    call.firstToken()
    call.chunk(10, startMs + 100)
    const during = stats.snapshot(served, startMs + 1100, null)
    expect(during.overall.inFlight).toBe(1)
    expect(during.replicas.map(({ id, inFlight }) => [id, inFlight])).toEqual([
      ['one', 0],
      ['two', 1],
    ])
    expect(during.calls[0]).toMatchObject({ phase: 'writing', replicaId: 'two', tokens: 10 })
    expect(during.overall.tokens.at(-1)).toBe(10)

    const record = callRecord({ ttftMs: 100, durationMs: 2000, cache: 'miss' })
    call.ended(record, startMs + 2000)
    call.ended(record, startMs + 2000)
    const after = stats.snapshot(served, startMs + 3000, null)
    expect(gatewaySnapshotSchema.parse(after)).toEqual(after)
    expect(after.calls).toEqual([])
    expect(after.models[0]).toMatchObject({
      name: 'large',
      waiting: 3,
      inFlight: 0,
      ended: 1,
      cacheAsked: 1,
      costMicrosLastHour: 39,
    })
    // 40 in all: those that were seen on the way are not counted again.
    expect(after.overall.tokens.slice(-2)).toEqual([0, 30])
    expect(after.overall.ttftMs?.p50).toBeGreaterThan(95)
    expect(after.overall.ttftMs?.p50).toBeLessThan(105)
  })

  test('show a tenant its own calls and nobody’s cost', () => {
    const stats = createLiveStats()
    stats.began({ id: 'theirs', tenantId: 'other', model: 'large' }, startMs)
    stats.began({ id: 'ours', tenantId: 'acme', model: 'large' }, startMs)
    const snapshot = stats.snapshot(served, startMs, 'acme')
    expect(snapshot.calls.map(({ id }) => id)).toEqual(['ours'])
    expect(snapshot.overall).toMatchObject({ inFlight: 2, costMicrosLastHour: null })
  })

  test('count failures by code and forget them after five minutes', () => {
    const stats = createLiveStats()
    const end = (errorCode: string) =>
      stats
        .began({ id: errorCode, tenantId: 'acme', model: 'large' }, startMs)
        .ended(callRecord({ status: 'failed', errorCode }), startMs)
    end('model-unavailable')
    end('model-unavailable')
    expect(stats.snapshot(served, startMs, null).overall).toMatchObject({
      failed: 2,
      ended: 2,
      errors: { 'model-unavailable': 2 },
    })
    expect(stats.snapshot(served, startMs + 300_001, null).overall).toMatchObject({
      failed: 0,
      ended: 0,
      errors: {},
      ttftMs: null,
    })
  })

  test('stay within fixed memory whatever clients name [MODELS-METER-02]', () => {
    const stats = createLiveStats()
    for (let i = 0; i < 3000; i++) {
      const name = `invented-${i}`
      stats
        .began({ id: name, tenantId: 'acme', model: name }, startMs)
        .ended(callRecord({ status: 'failed', errorCode: name }), startMs)
    }
    const { overall } = stats.snapshot([], startMs, null)
    expect(overall.ended).toBe(3000)
    expect(Object.keys(overall.errors).length).toBeLessThanOrEqual(33)
    expect(Object.values(overall.errors).reduce((sum, each) => sum + each, 0)).toBe(3000)
  })
})

describe('sliding windows', () => {
  test('a sum is that of the window, whatever comes when', () => {
    const steps = fc.array(fc.record({ passMs: fc.nat(7000), value: fc.nat(100) }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (added) => {
        const sums = new SlidingSums(1000, 10)
        let nowMs = startMs
        const seen: { slot: number; value: number }[] = []
        for (const { passMs, value } of added) {
          nowMs += passMs
          sums.add(nowMs, value)
          seen.push({ slot: Math.floor(nowMs / 1000), value })
          const oldest = Math.floor(nowMs / 1000) - 9
          const expected = seen
            .filter(({ slot }) => slot >= oldest)
            .reduce((sum, each) => sum + each.value, 0)
          expect(sums.sum(nowMs)).toBe(expected)
        }
      }),
    )
  })

  test('a quantile is within 6 % of the true one', () => {
    const durations = fc.array(fc.double({ min: 1, max: 600_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(durations, (all) => {
        const window = new LatencyWindow()
        for (const each of all) window.add(startMs, each)
        const sorted = all.toSorted((a, b) => a - b)
        const exact = sorted[Math.ceil(0.95 * all.length) - 1]!
        const { p95 } = window.quantiles(startMs)!
        expect(Math.abs(p95 - exact) / exact).toBeLessThan(0.06)
      }),
    )
  })

  test('a clock that is set back loses nothing', () => {
    const sums = new SlidingSums(1000, 10)
    sums.add(startMs, 1)
    sums.add(startMs - 5000, 1)
    expect(sums.sum(startMs)).toBe(2)
  })
})

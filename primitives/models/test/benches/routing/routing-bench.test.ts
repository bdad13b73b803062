import { expect, test } from 'vitest'
import { addFigures } from '../../../src/benches/routing/routing-bench.ts'
import type { RoutingFigures, Times } from '../../../src/benches/routing/routing-bench.ts'

/** A hundred requests that all wait as long. */
const all = (ms: number) => new Float64Array(100).fill(ms)

test('ratios are by trace and load, with the worst trace beside them, and the best peer is the best of that run', () => {
  const result: RoutingFigures = { sources: {}, intervals: {}, worst: {}, peers: {} }
  const times = (ours: number, mooncake: number): Times => ({
    roundRobin: all(400),
    leastOutstanding: all(200),
    prefillAware: all(ours),
    powerOfTwo: all(300),
    dynamo: all(120),
    mooncake: all(mooncake),
    ...Object.fromEntries(
      ['sglang', 'llmd', 'aibrix', 'preble', 'multiplicative', 'vllmPrefix', 'vllmKv'].map((name) => [
        name,
        all(500),
      ]),
    ),
  })
  addFigures(result, 'a', '0.8', times(100, 160))
  addFigures(result, 'b', '0.8', times(80, 50))
  expect(result.sources['a']).toEqual({
    n: 100,
    'leastOutstandingOfRoundRobin 0.8': 0.5,
    'prefillAwareOfLeastOutstanding 0.8': 0.5,
    'prefillAwareOfRoundRobin 0.8': 0.25,
    'prefillAwareOfBestPeer 0.8': 0.833,
  })
  expect(result.worst['prefillAwareOfBestPeer 0.8']).toEqual({ source: 'b', value: 1.6 })
  expect(result.worst['prefillAwareOfRoundRobin 0.8']).toEqual({ source: 'a', value: 0.25 })
  expect(result.intervals['a prefillAwareOfRoundRobin 0.8']).toEqual([0.25, 0.25])
  expect(result.peers['dynamo']).toEqual({ 'a 0.8 p99Ms': 120, 'b 0.8 p99Ms': 120 })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { timelineStep, withEmptyBins, withEmptySteps } from '../src/routes/ledger.ts'

const dayMs = 24 * 60 * 60 * 1000

it.each([
  [60 * 60 * 1000, 60 * 1000],
  [dayMs, 15 * 60 * 1000],
  [7 * dayMs, 3 * 3600 * 1000],
  [30 * dayMs, 12 * 3600 * 1000],
])('divides %i ms into steps of %i ms', (rangeMs, stepMs) => {
  expect(timelineStep(rangeMs)).toBe(stepMs)
})

it('covers any range with few equal steps and keeps every bucket', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1, max: 1e11 }), (sinceMs, rangeMs) => {
      const nowMs = sinceMs + rangeMs
      const stepMs = timelineStep(rangeMs)
      const atMs = Math.floor(nowMs / stepMs) * stepMs
      const filled = withEmptySteps(
        [{ atMs, count: 7, p50Ms: 1, p99Ms: 2, costMicros: 3 }],
        sinceMs,
        nowMs,
        stepMs,
      )
      expect(filled.length).toBeLessThanOrEqual(102)
      expect(filled.at(-1)).toMatchObject({ atMs, count: 7 })
      expect(filled[0]?.atMs).toBeLessThanOrEqual(sinceMs)
      for (let i = 1; i < filled.length; i++) {
        expect((filled[i]?.atMs ?? 0) - (filled[i - 1]?.atMs ?? 0)).toBe(stepMs)
      }
    }),
  )
})

it('fills the gaps between bins of durations', () => {
  const bin = (index: number, count: number) => ({
    lowMs: 2 ** (index / 2),
    highMs: 2 ** ((index + 1) / 2),
    count,
  })
  const filled = withEmptyBins([bin(-3, 1), bin(0, 2), bin(5, 3)])
  expect(filled.map(({ count }) => count)).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 3])
  expect(withEmptyBins([])).toEqual([])
})

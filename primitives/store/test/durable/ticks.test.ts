import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tickAt, untilNextTick } from '../../src/durable/ticks.ts'

test('processes whose clocks agree number ticks alike, and wait until the next one begins [STORE-DURABLE-05]', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4e12 }), fc.integer({ min: 100, max: 1e8 }), (nowMs, everyMs) => {
      const waitMs = untilNextTick(nowMs, everyMs)
      expect(waitMs).toBeGreaterThanOrEqual(1)
      expect(waitMs).toBeLessThanOrEqual(everyMs)
      expect(tickAt(nowMs + waitMs, everyMs)).toBe(tickAt(nowMs, everyMs) + 1)
      expect(tickAt(nowMs + waitMs - 1, everyMs)).toBe(tickAt(nowMs, everyMs))
    }),
  )
})

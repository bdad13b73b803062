import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Transition } from '../../../src/world/simulator/transition.ts'

const shape = fc.constantFrom('linear', 'sinusoidal', 'cubic')

describe('Transition', () => {
  it('goes from start to target, never beyond, with its slope the derivative and its peak the rate [DRIVE-SIM-02]', () => {
    fc.assert(
      fc.property(
        shape,
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        (drawn, start, change, rate) => {
          const transition = new Transition(drawn)
          transition.reset(start, start + change)
          transition.range = transition.rangeByRate(rate)
          let peak = 0
          for (let i = 0; i < 400; i++) {
            const before = transition.value()
            const slope = transition.slope()
            peak = Math.max(peak, slope)
            transition.advance(transition.range / 400)
            expect(transition.value()).toBeGreaterThanOrEqual(before - 1e-9)
            expect((transition.value() - before) / (transition.range / 400)).toBeCloseTo(slope, 0)
          }
          expect(transition.value()).toBeCloseTo(start + change, 5)
          expect(peak).toBeCloseTo(rate, 2)
          expect(transition.isDone).toBe(true)
        },
      ),
      { seed: 5, numRuns: 50 },
    )
  })
})

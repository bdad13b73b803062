import fc from 'fast-check'
import { expect, it } from 'vitest'
import { heldSpans } from '../../src/events/store/span-walk.ts'
import { heldWidthMs } from '../../src/events/store/stretches.ts'

it('walks over all time that can hold a match, each moment once and in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      fc.array(fc.double({ min: 1e-3, max: 20, noNaN: true }), { minLength: 1, maxLength: 20 }),
      (steps, isDown, widths) => {
        const held = steps.toSorted((a, b) => a - b)
        const nextSpan = heldSpans(held, isDown)
        let near = (isDown ? 41 : -40) * heldWidthMs
        let time = 0
        // The last of the widths again and again would take too long in small parts.
        for (let at = 0; ; at++) {
          const span = nextSpan(near, (widths[at] ?? 3) * heldWidthMs)
          if (span === null) break
          const [low, high] = isDown ? [span.far, span.near] : [span.near, span.far]
          expect(low).toBeLessThanOrEqual(high)
          expect(isDown ? span.near <= near : span.near >= near).toBe(true)
          time += held.reduce((sum, step) => {
            const from = Math.max(low, step * heldWidthMs)
            const to = Math.min(high, (step + 1) * heldWidthMs - 1)
            return sum + Math.max(0, to - from + 1)
          }, 0)
          near = isDown ? span.far - 1 : span.far + 1
        }
        expect(time).toBe(held.length * heldWidthMs)
      },
    ),
    { seed: 4 },
  )
})

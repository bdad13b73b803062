import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Acknowledged } from '../../../src/log/disk/acknowledged.ts'

test('knows exactly what was acknowledged, over saves and retention, and raises its floor over all that it can [STREAMS-GROUP-03]', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ack' as const), offset: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('retain' as const), offset: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('reopen' as const), offset: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let position = new Acknowledged(undefined, 41)
      const model = new Set<number>()
      for (const { kind, offset } of steps) {
        if (kind === 'ack') {
          position.add(offset)
          model.add(offset)
        } else if (kind === 'retain') {
          position.raiseTo(offset)
          for (let gone = 1; gone < offset; gone++) model.add(gone)
        } else position = new Acknowledged(structuredClone(position.save()), 41)
        for (let n = 1; n <= 40; n++) expect(position.has(n)).toBe(model.has(n))
        expect(position.has(position.floor + 1)).toBe(false)
      }
    }),
    { seed: 19, numRuns: 300 },
  )
})

test('hands events out that took the offsets of lost ones', () => {
  const position = new Acknowledged({ floor: 10, above: [12, 15] }, 6)
  expect(position.floor).toBe(5)
  expect([5, 6, 12, 15].map((offset) => position.has(offset))).toEqual([true, false, false, false])
})

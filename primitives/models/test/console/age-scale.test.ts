import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agePlace, assignRows } from '../../console/overview/age-scale.ts'
import { packMarks } from '../../console/overview/pack-marks.ts'

describe('a lane of calls', () => {
  it('places a call by its age from the start to the end, and keeps older ones at the end', () => {
    expect(agePlace(0)).toBe(0)
    expect(agePlace(120_000)).toBeCloseTo(1)
    expect(agePlace(3_600_000)).toBe(1)
    expect(agePlace(1000)).toBeLessThan(agePlace(1001))
  })

  it('keeps the row of a call for as long as it is in flight [MODELS-CONSOLE-01]', () => {
    const first = assignRows(new Map(), [call('a', 900), call('b', 500), call('c', 10)], 3)
    expect(new Set(first.values())).toEqual(new Set([0, 1, 2]))
    const later = assignRows(first, [call('c', 1010), call('d', 5)], 3)
    expect(later.get('c')).toBe(first.get('c'))
    expect(later.get('d')).not.toBe(later.get('c'))
    expect([...later.keys()]).toEqual(['c', 'd'])
  })

  it('gives a new call the row whose youngest call is the oldest when all rows are taken', () => {
    const before = assignRows(new Map(), [call('a', 9000), call('b', 100)], 2)
    const after = assignRows(before, [call('a', 10_000), call('b', 1100), call('c', 0)], 2)
    expect(after.get('c')).toBe(before.get('a'))
  })

  it('spreads calls of one age over all rows', () => {
    const rows = assignRows(
      new Map(),
      Array.from({ length: 64 }, (_, i) => call(`call_${i}`, 500)),
      4,
    )
    expect([...Map.groupBy(rows.values(), (row) => row).values()].map(({ length }) => length)).toEqual([
      16, 16, 16, 16,
    ])
  })

  it('never covers one call with another, and leaves out only what has no room [MODELS-CONSOLE-09]', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 80 }),
        fc.integer({ min: 10, max: 700 }),
        (ages, width) => {
          const calls = ages.map((ageMs, i) => call(`call_${i}`, ageMs))
          const marks = packMarks(calls, assignRows(new Map(), calls, 4), width, 10)
          for (const [, inRow] of Map.groupBy(marks, ({ row }) => row)) {
            const lefts = inRow.map(({ left }) => left).toSorted((a, b) => a - b)
            for (const [i, left] of lefts.entries()) {
              if (i > 0) expect(left - (lefts[i - 1] ?? 0)).toBeGreaterThanOrEqual(10 - 1e-6)
            }
            expect(lefts[0]).toBeGreaterThanOrEqual(0)
            expect(lefts.at(-1)).toBeLessThanOrEqual(width - 10 + 1e-6)
          }
          // Rows are filled evenly: none is too full before all are full.
          expect(marks).toHaveLength(Math.min(calls.length, 4 * Math.floor(width / 10)))
        },
      ),
    )
  })
})

function call(id: string, ageMs: number): { id: string; ageMs: number } {
  return { id, ageMs }
}

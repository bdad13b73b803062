import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign } from '../../../src/insights/tracking/assign.ts'

function leastByTrying(cost: readonly number[], rows: number, columns: number, row = 0, taken = 0): number {
  if (row === rows) return 0
  let least = Infinity
  for (let column = 0; column < columns; column++)
    if ((taken & (1 << column)) === 0)
      least = Math.min(
        least,
        (cost[row * columns + column] ?? 0) +
          leastByTrying(cost, rows, columns, row + 1, taken | (1 << column)),
      )
  return least
}

test('an assignment costs as little as any other, and uses no column twice', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 })).chain(([rows, more]) =>
        fc.tuple(
          fc.constant(rows),
          fc.constant(rows + more),
          fc.array(fc.integer({ min: 0, max: 30 }), {
            minLength: rows * (rows + more),
            maxLength: rows * (rows + more),
          }),
        ),
      ),
      ([rows, columns, cost]) => {
        const columnOf = [...assign(Float64Array.from(cost), rows, columns)]
        expect(new Set(columnOf).size).toBe(rows)
        const total = columnOf.reduce((sum, column, row) => sum + (cost[row * columns + column] ?? 0), 0)
        expect(total).toBe(leastByTrying(cost, rows, columns))
      },
    ),
    { seed: 20_300_901, numRuns: 200 },
  )
})

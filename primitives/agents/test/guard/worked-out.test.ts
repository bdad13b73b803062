import { createRandom } from '@heavylift/core/math'
import { expect, it } from 'vitest'
import { isWorkedOut } from '../../src/guard/worked-out.ts'

it('tells numbers that come of what was read from those that somebody made up [AGENTS-GUARD-07]', () => {
  const known = [1_200, 19, 84.5, 12.99, 3]
  const total = 1_319.49
  const made: [string, number][] = [
    ['a difference', 1_200 - 84.5],
    ['a sum', 84.5 + 12.99],
    ['a product', 3 * 12.99],
    ['a share in percent', (84.5 * 19) / 100],
    ['more by a share', 1_200 * 1.19],
    ['a third', 1_200 / 3],
    ['a half, to the cent', 6.5],
    ['the total', total],
    ['the rest of the total', total - 1_200],
  ]
  for (const [what, value] of made) expect([what, isWorkedOut(value, known, [total])]).toEqual([what, true])
  const random = createRandom('made up')
  const invented = Array.from({ length: 500 }, () => Math.round(random.next() * 200_000) / 100)
  const passed = invented.filter((value) => isWorkedOut(value, known, [total])).length
  expect(passed / invented.length).toBeLessThan(0.02)
})

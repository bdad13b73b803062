import { expect, test } from 'vitest'
import { expectedRight } from '../../src/decide/expected.ts'
import { committedModel } from '../../src/kind/model.ts'
import { readUsual, withUsual } from '../../src/learn/usual.ts'

test('how many kinds of an unknown list may be right comes from how far off lists were that were held out [ADDRESS-LEARN-10]', () => {
  const listGaps = Array.from({ length: 21 }, (_, at) => (at - 10) / 20)
  const { likely, low, high } = expectedRight({ listGaps }, { sum: 70, count: 100 })!
  expect(likely).toBeCloseTo(0.7)
  expect(low).toBeCloseTo(0.25)
  expect(high).toBe(1)
  expect(expectedRight({ listGaps: listGaps.slice(0, 5) }, { sum: 70, count: 100 })).toBeNull()
  expect(expectedRight({ listGaps }, { sum: 0, count: 0 })).toBeNull()
  const model = committedModel()
  expect(expectedRight(model, { sum: 70, count: 100 })).not.toBeNull()
  expect(expectedRight(withUsual(model, readUsual('business 80')), { sum: 70, count: 100 })).toBeNull()
})

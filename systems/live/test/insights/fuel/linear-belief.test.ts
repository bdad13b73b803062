import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { believe, expected, observe, varianceOf } from '../../../src/insights/fuel/linear-belief.ts'
import { leadingEigenvectors, solvePositive } from '../../../src/insights/fuel/matrix.ts'

test('a belief finds the weights of a noisy line, and its variance shrinks with every observation', () => {
  const random = createRandom('belief')
  const belief = believe([1, 0], [0.5, 1])
  let before = Infinity
  for (let i = 0; i < 400; i++) {
    const x = [1 + random.next(), random.normal()]
    observe(belief, x, 1.3 * x[0]! - 0.4 * x[1]! + 0.05 * random.normal(), 0.0025)
    const variance = varianceOf(belief, [1, 1])
    expect(variance).toBeLessThanOrEqual(before + 1e-12)
    before = variance
  }
  expect(belief.mean[0]).toBeCloseTo(1.3, 1)
  expect(belief.mean[1]).toBeCloseTo(-0.4, 1)
  expect(Math.abs(expected(belief, [1, 1]) - 0.9)).toBeLessThan(4 * Math.sqrt(before))
})

test('observations in another order give the same belief', () => {
  const observation = fc.tuple(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(observation, { minLength: 1, maxLength: 8 }), (observations) => {
      const forward = believe([1, 0], [1, 2])
      const backward = believe([1, 0], [1, 2])
      for (const [a, b, y] of observations) observe(forward, [a, b], y, 0.5)
      for (const [a, b, y] of observations.toReversed()) observe(backward, [a, b], y, 0.5)
      for (const i of [0, 1]) expect(forward.mean[i]).toBeCloseTo(backward.mean[i]!, 6)
      for (const i of [0, 1, 2, 3]) expect(forward.covariance[i]).toBeCloseTo(backward.covariance[i]!, 6)
    }),
    { seed: 20_260_103, numRuns: 100 },
  )
})

test('solves and takes apart symmetric matrices', () => {
  const matrix = Float64Array.from([4, 1, 0, 1, 3, 1, 0, 1, 2])
  const x = solvePositive(matrix, Float64Array.from([1, 2, 3]))
  for (const [i, b] of [1, 2, 3].entries())
    expect(matrix[i * 3]! * x[0]! + matrix[i * 3 + 1]! * x[1]! + matrix[i * 3 + 2]! * x[2]!).toBeCloseTo(
      b,
      10,
    )
  expect(() => solvePositive(Float64Array.from([1, 2, 2, 1]), Float64Array.from([1, 1]))).toThrow(RangeError)
  const [first] = leadingEigenvectors(matrix, 3, 1)
  const product = [0, 1, 2].map((i) =>
    [0, 1, 2].reduce((sum, j) => sum + matrix[i * 3 + j]! * first!.vector[j]!, 0),
  )
  for (const i of [0, 1, 2]) expect(product[i]).toBeCloseTo(first!.value * first!.vector[i]!, 6)
})

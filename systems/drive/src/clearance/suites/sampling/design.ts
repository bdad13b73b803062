import { createRandom } from '@heavylift/core/math'
import { mix, permuted } from './permutation.ts'
import { sobol } from './sobol.ts'

/** How points are laid over the unit cube. */
export type Design = 'random' | 'latin' | 'sobol'

/**
 * Point `index` of `count` in a design over `dimensions`, each in [0, 1). It depends on what is given alone, so that points can be made in any
 * order and anywhere. Latin hypercube: McKay, Beckman, Conover 1979. Sobol is good for powers of two.
 */
export function designPoint(
  design: Design,
  index: number,
  count: number,
  dimensions: number,
  seed: number,
): number[] {
  if (design === 'sobol')
    return Array.from({ length: dimensions }, (_, dimension) =>
      sobol(index, dimension, mix(dimension + 1, seed)),
    )
  const random = createRandom(`design/${seed}/${index}`)
  return Array.from({ length: dimensions }, (_, dimension) => {
    const within = random.next()
    return design === 'random' ? within : (permuted(index, count, mix(dimension + 1, seed)) + within) / count
  })
}

import { createRandom } from '@heavylift/core/math'
import { describe, expect, test } from 'vitest'
import {
  adaptiveSearch,
  distinctFailures,
  weightedFailureRate,
} from '../../../src/clearance/search/adaptive-search.ts'
import { kernelProposal } from '../../../src/clearance/search/proposal.ts'

/** Fails in two far corners of four dimensions, of volume 2 · 0.15⁴ ≈ 0.001. */
const volume = 2 * 0.15 ** 4
function twoCorners(point: number[]) {
  const toLow = Math.max(...point) - 0.15
  const toHigh = 0.85 - Math.min(...point)
  return { isFailure: Math.min(toLow, toHigh) < 0, distance: Math.min(toLow, toHigh) }
}
const options = { dimensions: 4, budget: 1000 }

describe('adaptive search', () => {
  test('finds many times the failures of random sampling, in both corners, the same for the same seed [DRIVE-SEARCH-01]', async () => {
    const adaptive = await adaptiveSearch(twoCorners, { ...options, seed: 3 })
    const random = await adaptiveSearch(twoCorners, { ...options, seed: 3, method: 'random' })
    const failed = adaptive.filter(({ isFailure }) => isFailure)
    expect(failed.length).toBeGreaterThan(20 * random.filter(({ isFailure }) => isFailure).length)
    expect(failed.length).toBeGreaterThan(100)
    expect(failed.some(({ point }) => (point[0] as number) < 0.5)).toBe(true)
    expect(failed.some(({ point }) => (point[0] as number) > 0.5)).toBe(true)
    expect(distinctFailures(adaptive).length).toBeGreaterThanOrEqual(2)
    expect(await adaptiveSearch(twoCorners, { ...options, seed: 3 })).toEqual(adaptive)
  })

  test('its weights give the rate of the uniform distribution, which counting its failures does not [DRIVE-SEARCH-02]', async () => {
    let sum = 0
    const seeds = 10
    for (let seed = 1; seed <= seeds; seed++) {
      const samples = await adaptiveSearch(twoCorners, { ...options, seed })
      const { rate, standardError, effectiveN } = weightedFailureRate(samples)
      const counted = samples.filter(({ isFailure }) => isFailure).length / samples.length
      expect(counted).toBeGreaterThan(20 * volume)
      expect(Math.abs(rate - volume)).toBeLessThan(5 * standardError + 0.3 * volume)
      expect(effectiveN).toBeGreaterThan(100)
      sum += rate
    }
    expect(sum / seeds / volume).toBeGreaterThan(0.75)
    expect(sum / seeds / volume).toBeLessThan(1.25)
  })

  test('a proposal’s density is one in sum, and its draws follow it', () => {
    const proposal = kernelProposal(
      [
        [0.1, 0.8],
        [0.9, 0.5],
      ],
      [0.1, 0.2],
      0.2,
    )
    const cells = 100
    let mass = 0
    let left = 0
    for (let i = 0; i < cells; i++)
      for (let j = 0; j < cells; j++) {
        const part = proposal.density([(i + 0.5) / cells, (j + 0.5) / cells]) / cells ** 2
        mass += part
        if (i < 20) left += part
      }
    expect(mass).toBeCloseTo(1, 3)
    const random = createRandom('draws')
    const drawn = Array.from({ length: 4000 }, () => proposal.draw(random))
    expect(drawn.filter(([x = 0]) => x < 0.2).length / 4000).toBeCloseTo(left, 1)
  })
})

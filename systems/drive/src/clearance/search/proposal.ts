import { clamp } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { normalCdf, normalDensity, normalQuantile } from '@heavylift/core/math'

/** How points of the unit cube are drawn, with a density that can be told: that makes importance weights possible. */
export interface Proposal {
  draw(random: Random): number[]
  /** Density at a point; the cube's own is 1. */
  density(point: readonly number[]): number
}

/** Where the sides of the cube lie in a kernel’s distribution. */
type Mass = readonly [low: number, high: number]

export const uniformProposal = (dimensions: number): Proposal => ({
  draw: (random) => Array.from({ length: dimensions }, () => random.next()),
  density: () => 1,
})

/**
 * Kernels round points: normals cut off at the cube's sides, a width for each dimension, mixed with a share of the uniform distribution. That
 * share bounds importance weights by its inverse (a defensive mixture; Hesterberg 1995, "Weighted average importance sampling").
 */
export function kernelProposal(
  centres: readonly (readonly number[])[],
  widths: readonly number[],
  uniformShare: number,
): Proposal {
  /** Mass of each kernel inside the cube, by centre and dimension. */
  const masses = centres.map((centre) =>
    centre.map((middle, axis): Mass => {
      const width = widths[axis] as number
      return [normalCdf(-middle / width), normalCdf((1 - middle) / width)]
    }),
  )
  return {
    draw(random) {
      if (random.next() < uniformShare) return widths.map(() => random.next())
      const index = Math.min(Math.floor(random.next() * centres.length), centres.length - 1)
      const inside = masses[index] as Mass[]
      return (centres[index] as number[]).map((middle, axis) => {
        const [low, high] = inside[axis] as Mass
        const p = clamp(low + (high - low) * random.next(), 1e-12, 1 - 1e-12)
        const value = middle + (widths[axis] as number) * normalQuantile(p)
        return clamp(value, 0, 1 - 1e-9)
      })
    },
    density(point) {
      let sum = 0
      for (const [index, centre] of centres.entries()) {
        const inside = masses[index] as Mass[]
        let product = 1
        for (let axis = 0; axis < point.length; axis++) {
          const width = widths[axis] as number
          const [low, high] = inside[axis] as Mass
          const z = ((point[axis] as number) - (centre[axis] as number)) / width
          product *= normalDensity(z) / (width * (high - low))
        }
        sum += product
      }
      return uniformShare + ((1 - uniformShare) * sum) / centres.length
    },
  }
}

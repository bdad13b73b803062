import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import { gridSize, rpmKnots, throttleKnots } from './burn-grid.ts'

/**
 * Invented engines: what surfaces of fuel flow can look like, before any is measured. Work and friction over efficiency
 * (Willans line) with a torque curve that rises and falls, a throttle that saturates earlier at low speed, enrichment near
 * full load, and fuel that is cut or not when the throttle is shut. Each surface is scaled to 1 near full load.
 */
export function engineSurfaces(seed: string, count: number): Float64Array[] {
  const random = createRandom(`engines/${seed}`)
  return Array.from({ length: count }, () => engineSurface(random))
}

function engineSurface(random: Random): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * random.next()
  const peak = between(0.45, 0.85)
  const atRedline = between(0.55, 0.97)
  const atIdle = between(0.45, 1)
  const rise = between(0.7, 2)
  const fall = between(1, 2)
  // A turbo gives its torque only from some speed on.
  const turboFrom = random.chance(0.3) ? between(0.3, 0.5) : 0
  const offBoost = between(0.4, 0.9)
  const friction = between(0.05, 0.25)
  const frictionGrowth = between(0, 1.2)
  const saturation = between(0.5, 1.3)
  const pedal = between(0.6, 1.6)
  const speedDependence = between(0, 1)
  const enrichment = between(0, 0.15)
  const isCut = random.chance(0.5)
  const leak = between(0, 0.02)
  const shut = between(0.05, 0.6)
  const idle = between(0.01, 0.05)

  const torque = (x: number) => {
    const natural =
      x < peak
        ? atIdle + (1 - atIdle) * Math.sin((Math.PI / 2) * (x / peak)) ** rise
        : 1 - (1 - atRedline) * Math.min(1.3, (x - peak) / (1 - peak)) ** fall
    return x < turboFrom ? natural * offBoost : natural
  }
  const load = (x: number, throttle: number) => {
    const k = saturation * (1 - 0.5 * speedDependence * (1 - Math.min(1, x)))
    return (1 - Math.exp((-2.2 * throttle ** pedal) / k)) / (1 - Math.exp(-2.2 / k))
  }
  const flow = (x: number, throttle: number) => {
    const drag = friction * x ** frictionGrowth
    if (throttle === 0) {
      if (x <= 0.2) return idle
      return isCut ? leak * x : x * drag * shut
    }
    const share = load(x, throttle)
    const rich = 1 + enrichment * clamp((share - 0.8) / 0.2, 0, 1)
    return x * rich * (torque(x) * share + drag * Math.min(1, 0.35 + share))
  }
  const surface = new Float64Array(gridSize)
  const width = throttleKnots.length
  let full = 0
  let fullCount = 0
  for (const [r, x] of rpmKnots.entries())
    for (const [t, throttle] of throttleKnots.entries()) {
      // At a standstill nothing but the starter turns: a third of the next knot keeps the surface smooth.
      const value = r === 0 ? 0.3 * flow(rpmKnots[1] ?? 0, throttle) : flow(x, throttle)
      surface[r * width + t] = value
      if (x >= 0.8 && x <= 1 && throttle >= 0.8) {
        full += value
        fullCount++
      }
    }
  return surface.map((value) => (value * fullCount) / full)
}

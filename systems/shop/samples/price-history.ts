import type { Random } from '@heavylift/core'

const dayMs = 86_400_000

export interface PricePath {
  /** Factor on the regular price now; below 1 while the product is reduced. */
  nowFactor: number
  /** Oldest first; each factor holds until the next. The last equals `nowFactor`. */
  points: { atMs: number; factor: number }[]
}

const reductions = [0.75, 0.8, 0.8, 0.85, 0.85, 0.9] as const

/** Seven to fourteen months: a launch price, up to one change of the list price, and sales of five to sixteen days. */
export function pricePath(random: Random, asOfMs: number): PricePath {
  const months = random.int(7, 14)
  const startMs = asOfMs - months * 30 * dayMs - random.int(0, 20) * dayMs
  const launch = random.chance(0.4) ? random.pick([1.05, 1.08, 1.1, 0.95]) : 1
  const points = [{ atMs: startMs, factor: launch }]
  let list = launch
  let atMs = startMs
  const listChangeMs = startMs + random.int(60, 150) * dayMs
  for (;;) {
    atMs += random.int(25, 75) * dayMs
    if (list !== 1 && atMs > listChangeMs) {
      list = 1
      points.push({ atMs: listChangeMs, factor: 1 })
    }
    const endMs = atMs + random.int(5, 16) * dayMs
    if (endMs > asOfMs - 5 * dayMs) break
    points.push({ atMs, factor: list * random.pick(reductions) }, { atMs: endMs, factor: list })
    atMs = endMs
  }
  if (list !== 1) points.push({ atMs: Math.min(listChangeMs, asOfMs - 30 * dayMs), factor: 1 })
  const reduced = random.chance(0.18)
  if (reduced) points.push({ atMs: asOfMs - random.int(1, 5) * dayMs, factor: random.pick(reductions) })
  points.sort((a, b) => a.atMs - b.atMs)
  return { nowFactor: points.at(-1)?.factor ?? 1, points }
}

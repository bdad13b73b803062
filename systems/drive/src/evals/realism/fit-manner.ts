import { clamp, createRandom, mean, standardDeviation } from '@heavylift/core/math'
import { usualManner } from '../../world/traffic/vehicle-mix.ts'
import type { DrivingManner } from '../../world/traffic/vehicle-mix.ts'
import type { RecordedWindow } from './recorded-window.ts'
import { scoreModel } from './score-model.ts'
import { laneTraffic } from './traffic-models.ts'

/** Within which each number of a manner is looked for. */
const ranges: Record<keyof DrivingManner, [least: number, most: number]> = {
  speedFactor: [0.6, 1.8],
  speedSpread: [0, 0.5],
  timeGapFactor: [0.3, 2],
  timeGapSpread: [0, 0.9],
  standstillFactor: [0.3, 2],
  accelerationFactor: [0.3, 2],
  brakingFactor: [0.4, 2.5],
  politeness: [0, 1],
  imperfectionMps2: [0, 1.5],
}
const keys = Object.keys(ranges) as (keyof DrivingManner)[]

const rounds = 9
const drawn = 13
const kept = 4
const rollouts = 4
/** Share of the old spread that stays after a round, so that few candidates do not end the search. */
const spreadKept = 0.4
/** Windows of a fit, as many of each source and evenly over it. */
const mostWindows = 10

/**
 * The manner by which what was recorded in these windows is most likely: cross-entropy search (Rubinstein 1999) over the weighted likelihood, from the
 * usual manner on, always with the same seeds.
 */
export function fitManner(
  windows: readonly RecordedWindow[],
  onRound: (round: number, rounds: number) => void = () => undefined,
): DrivingManner {
  const chosen = evenly(windows, mostWindows)
  const random = createRandom('realism fit')
  const scoreOf = (manner: DrivingManner) =>
    mean(chosen, (window) => scoreModel(window, laneTraffic(manner), rollouts).meta)
  let middle = { ...usualManner }
  let spread = fromKeys((key) => (ranges[key][1] - ranges[key][0]) / 5)
  let best = { manner: middle, score: scoreOf(middle) }
  for (let round = 0; round < rounds; round++) {
    onRound(round, rounds)
    const candidates = Array.from({ length: drawn }, (_, index) => {
      // Of later rounds the first is the middle itself.
      const width = round > 0 && index === 0 ? 0 : 1
      const manner = fromKeys((key) =>
        clamp(middle[key] + width * spread[key] * random.normal(), ...ranges[key]),
      )
      return { manner, score: scoreOf(manner) }
    })
    const elite = [...candidates, best].toSorted((a, b) => b.score - a.score).slice(0, kept)
    best = elite[0] as typeof best
    middle = fromKeys((key) => mean(elite, ({ manner }) => manner[key]))
    spread = fromKeys((key) => {
      const found = standardDeviation(elite.map(({ manner }) => manner[key]))
      return spreadKept * spread[key] + (1 - spreadKept) * found
    })
  }
  return best.manner
}

function fromKeys(valueOf: (key: keyof DrivingManner) => number): DrivingManner {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as unknown as DrivingManner
}

/** As many of each source, spread over it. */
function evenly(windows: readonly RecordedWindow[], most: number): RecordedWindow[] {
  const bySource = Map.groupBy(windows, ({ source }) => source)
  const share = Math.ceil(most / Math.max(1, bySource.size))
  return [...bySource.values()].flatMap((list) =>
    Array.from({ length: Math.min(share, list.length) }, (_, i) => {
      const at = Math.floor((i * list.length) / Math.min(share, list.length))
      return list[at] as RecordedWindow
    }),
  )
}

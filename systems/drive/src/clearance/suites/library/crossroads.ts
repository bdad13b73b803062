import { actorOf } from '../../../world/actors/actor.ts'
import type { Actor } from '../../../world/actors/actor.ts'
import { LaneTrack, PolylineTrack } from '../../../world/actors/track.ts'
import type { RoadNetwork } from '../../../world/opendrive/road-network.ts'
import type { ReferencePath } from '../../../world/lanes/reference-path.ts'
import { intersection } from '../../../world/town/intersection.ts'
import type { IntersectionOptions } from '../../../world/town/intersection.ts'
import { routeOf } from './make-stage.ts'
import { networkOnce } from './straight-road.ts'

export const armLengthM = 200
/** From the centre to the end of an arm: a lane, the corner, half a pavement. */
export const junctionRadiusM = 12.25
/** Where the stop line is on an arm, with crosswalks. */
export const stopLineM = armLengthM - 7
export const townMps = 50 / 3.6

/** Arms by where they come from. */
export type ArmName = 'west' | 'south' | 'east' | 'north'
const roads: Record<ArmName, string> = { west: '1', south: '2', east: '3', north: '4' }

/** Four arms with one lane each way, 200 m long. */
export function crossroads(control: NonNullable<IntersectionOptions['control']>): RoadNetwork {
  return networkOnce(`crossroads ${control}`, () => intersection({ control, armLengthM }))
}

/** The way over the junction from one arm to another, from the outer end of the first. */
export function wayThrough(network: RoadNetwork, from: ArmName, to: ArmName): ReferencePath {
  return routeOf(network, { road: roads[from], lane: -1, s: 0 }, townMps, throughOf(from, to))
}

/** Connecting road of a turn, as routes take it. */
export function throughOf(from: ArmName, to: ArmName): string[] {
  return [String(1000 + 100 * Number(roads[from]) + 10 * Number(roads[to])), roads[to]]
}

export interface Crossing {
  x: number
  y: number
  /** Along either path. */
  firstM: number
  secondM: number
}

const crossings = new WeakMap<ReferencePath, WeakMap<ReferencePath, Crossing>>()

/** Where two paths come nearest to each other first, as the first one runs. */
export function crossingOf(first: ReferencePath, second: ReferencePath): Crossing {
  const known = crossings.get(first)?.get(second)
  if (known) return known
  let best: Crossing = { x: 0, y: 0, firstM: 0, secondM: 0 }
  let least = Infinity
  for (let a = 0; a < first.count; a++)
    for (let b = 0; b < second.count; b++) {
      const dx = (first.x[a] as number) - (second.x[b] as number)
      const dy = (first.y[a] as number) - (second.y[b] as number)
      const square = dx * dx + dy * dy
      if (square >= least - 1e-6) continue
      least = square
      const x = first.x[a] as number
      best = { x, y: first.y[a] as number, firstM: a * first.stepM, secondM: b * second.stepM }
    }
  const ofFirst = crossings.get(first) ?? new WeakMap<ReferencePath, Crossing>()
  crossings.set(first, ofFirst)
  ofFirst.set(second, best)
  return best
}

/** Cars on a way, the first `firstM` along it, the others behind it by `gapS` each. Those that would begin before it wait out of sight. */
export function carsOn(
  way: ReferencePath,
  name: string,
  n: number,
  first: { atM: number; gapS: number; speedMps: number },
): Actor[] {
  return Array.from({ length: n }, (_, index) =>
    actorOf({
      name: n === 1 ? name : `${name}-${index + 1}`,
      kind: 'car',
      track: new LaneTrack(way),
      s: first.atM - index * first.gapS * first.speedMps,
      speedMps: first.speedMps,
      heed: 'follows',
    }),
  )
}

/** Buildings at the corners, which hide what comes from the sides. `awayM` from the carriageways' borders. */
export function corners(awayM: number): Actor[] {
  const sizeM = 24
  const middle = 3.5 + awayM + sizeM / 2
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0], index) =>
    actorOf({
      name: `building-${index + 1}`,
      kind: 'object',
      lengthM: sizeM,
      widthM: sizeM,
      heightM: 9,
      track: new PolylineTrack([x * middle, y * middle, x * middle + 1, y * middle]),
      s: 0,
    }),
  )
}

import { InvalidInputError } from '@heavylift/core'
import { lanesAfter } from '../opendrive/follow-lane.ts'
import { laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'

/** Where a road says nothing of how fast one may drive on it: as in towns. */
const usualMps = 50 / 3.6

/** A road driven along rising (1) or falling (−1) s. */
export interface RoadPlace {
  road: number
  direction: 1 | -1
}

interface Reached extends RoadPlace {
  /** Metres or seconds to its far end. */
  cost: number
  from: Reached | null
}

function keyOf({ road, direction }: RoadPlace): number {
  return 2 * road + (direction === 1 ? 1 : 0)
}

/** Roads that any lane of a road leads to, at its end or in its midst. */
function roadsAfter(network: RoadNetwork, { road, direction }: RoadPlace): RoadPlace[] {
  const on = network.road(road)
  const section = on.sections[direction === 1 ? on.sections.length - 1 : 0]
  const lanes = [...(section?.left ?? []), ...(section?.right ?? [])]
  const exits = (network.exits.get(road) ?? []).filter((exit) => exit.direction === direction)
  const atEnd = lanes
    .filter(({ id }) => laneDirection(on, id) === direction)
    .flatMap(({ id }) =>
      lanesAfter(network, { road, lane: id, s: direction === 1 ? on.length : 0, direction }),
    )
  return [...atEnd, ...exits.map(({ to }) => to)]
}

/**
 * The shortest way over roads and junctions from a road through others, in order, or the fastest to those of which `isFastest` is true: its roads one
 * after the other. A lane may have to be changed on the way. Throws `route-not-found`.
 */
export function findWay(
  network: RoadNetwork,
  from: RoadPlace,
  through: number[],
  isFastest: readonly boolean[] = [],
): RoadPlace[] {
  const way = [from]
  let at = from
  for (const [index, target] of through.entries()) {
    if (target === at.road) continue
    const reached = search(network, at, target, isFastest[index] === true)
    const leg: RoadPlace[] = []
    for (let place: Reached | null = reached; place?.from; place = place.from) leg.unshift(place)
    way.push(...leg)
    at = { road: reached.road, direction: reached.direction }
  }
  return way
}

/** Dijkstra's algorithm; networks are small enough for a list in place of a heap. */
function search(network: RoadNetwork, from: RoadPlace, target: number, isFastest: boolean): Reached {
  const open: Reached[] = [{ ...from, cost: 0, from: null }]
  const done = new Set<number>()
  for (;;) {
    let nearest = 0
    for (let i = 1; i < open.length; i++)
      if ((open[i] as Reached).cost < (open[nearest] as Reached).cost) nearest = i
    const [place] = open.splice(nearest, 1)
    if (!place)
      throw new InvalidInputError({
        code: 'route-not-found',
        message: `No way leads from road ${network.road(from.road).id} to road ${network.road(target).id}.`,
      })
    if (place.road === target) return place
    if (done.has(keyOf(place))) continue
    done.add(keyOf(place))
    for (const next of roadsAfter(network, place)) {
      if (done.has(keyOf(next))) continue
      const { length, speedLimitMps } = network.road(next.road)
      const cost = isFastest ? length / (speedLimitMps ?? usualMps) : length
      open.push({ road: next.road, direction: next.direction, cost: place.cost + cost, from: place })
    }
  }
}

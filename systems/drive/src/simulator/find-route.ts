import { InvalidInputError } from '@heavylift/core'
import { lanesAfter } from '../opendrive/follow-lane.ts'
import { laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'

/** A road driven along rising (1) or falling (−1) s. */
interface RoadPlace {
  road: number
  direction: 1 | -1
}

interface Reached extends RoadPlace {
  /** Metres to its far end. */
  wayM: number
  from: Reached | null
}

function keyOf({ road, direction }: RoadPlace): number {
  return 2 * road + (direction === 1 ? 1 : 0)
}

/** Roads that any lane of a road leads to. */
function roadsAfter(network: RoadNetwork, { road, direction }: RoadPlace): RoadPlace[] {
  const on = network.road(road)
  const section = on.sections[direction === 1 ? on.sections.length - 1 : 0]
  const lanes = [...(section?.left ?? []), ...(section?.right ?? [])]
  return lanes
    .filter(({ id }) => laneDirection(on, id) === direction)
    .flatMap(({ id }) =>
      lanesAfter(network, { road, lane: id, s: direction === 1 ? on.length : 0, direction }),
    )
}

/**
 * The shortest way over roads and junctions from a road through others, in order: its roads one after the other. A lane may have to be changed on the
 * way. Throws `route-not-found`.
 */
export function findWay(network: RoadNetwork, from: RoadPlace, through: number[]): RoadPlace[] {
  const way = [from]
  let at = from
  for (const target of through) {
    if (target === at.road) continue
    const reached = search(network, at, target)
    const leg: RoadPlace[] = []
    for (let place: Reached | null = reached; place?.from; place = place.from) leg.unshift(place)
    way.push(...leg)
    at = { road: reached.road, direction: reached.direction }
  }
  return way
}

/** The roads of `findWay`. */
export function findRoute(network: RoadNetwork, from: RoadPlace, through: number[]): Set<number> {
  return new Set(findWay(network, from, through).map(({ road }) => road))
}

/** Dijkstra's algorithm; networks are small enough for a list in place of a heap. */
function search(network: RoadNetwork, from: RoadPlace, target: number): Reached {
  const open: Reached[] = [{ ...from, wayM: 0, from: null }]
  const done = new Set<number>()
  for (;;) {
    let nearest = 0
    for (let i = 1; i < open.length; i++)
      if ((open[i] as Reached).wayM < (open[nearest] as Reached).wayM) nearest = i
    const [place] = open.splice(nearest, 1)
    if (!place)
      throw new InvalidInputError({
        code: 'route-not-found',
        message: `No way leads from road ${network.road(from.road).id} to road ${network.road(target).id}.`,
      })
    if (place.road === target) return place
    if (done.has(keyOf(place))) continue
    done.add(keyOf(place))
    for (const { road, direction } of roadsAfter(network, place))
      if (!done.has(keyOf({ road, direction })))
        open.push({ road, direction, wayM: place.wayM + network.road(road).length, from: place })
  }
}

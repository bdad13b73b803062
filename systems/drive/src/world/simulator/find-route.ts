import { InvalidInputError } from '@heavylift/core'
import { lanesAfter } from '../opendrive/follow-lane.ts'
import type { Road } from '../opendrive/road.ts'
import { laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { RouteStrategy } from '../openscenario/scenario.ts'

/** So little that no way is long enough to outweigh a junction. */
const perMetre = 1e-9

/** Where a road says nothing of how fast one may drive on it: as in towns. */
const usualMps = 50 / 3.6

/** A road driven along rising (1) or falling (−1) s. */
export interface RoadPlace {
  road: number
  direction: 1 | -1
}

interface Reached extends RoadPlace {
  /** To its far end, by what the way is to be least in. */
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
 * The shortest way over roads and junctions from a road through others, in order, or by another strategy to those that have one: its roads one
 * after the other. A lane may have to be changed on the way. Throws `route-not-found`.
 */
export function findWay(
  network: RoadNetwork,
  from: RoadPlace,
  through: number[],
  strategies: readonly RouteStrategy[] = [],
): RoadPlace[] {
  const way = [from]
  let at = from
  for (const [index, target] of through.entries()) {
    if (target === at.road) continue
    const reached = search(network, at, target, strategies[index] ?? 'shortest')
    const leg: RoadPlace[] = []
    for (let place: Reached | null = reached; place?.from; place = place.from) leg.unshift(place)
    way.push(...leg)
    at = { road: reached.road, direction: reached.direction }
  }
  return way
}

/** What a road costs on a way. */
function costOf({ length, speedLimitMps, junction }: Road, strategy: RouteStrategy): number {
  if (strategy === 'fastest') return length / (speedLimitMps ?? usualMps)
  // Of ways over as many junctions the shortest.
  if (strategy === 'leastIntersections') return (junction === null ? 0 : 1) + length * perMetre
  return length
}

/** Dijkstra's algorithm; networks are small enough for a list in place of a heap. */
function search(network: RoadNetwork, from: RoadPlace, target: number, strategy: RouteStrategy): Reached {
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
      const cost = costOf(network.road(next.road), strategy)
      open.push({ road: next.road, direction: next.direction, cost: place.cost + cost, from: place })
    }
  }
}

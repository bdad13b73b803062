import type { MidwayExit } from './midway-exits.ts'
import type { ContactPoint, Lane, LaneSection, RoadLink } from './road.ts'
import { laneOf, sectionIndexAt } from './road.ts'
import type { RoadNetwork } from './road-network.ts'

/** A lane of a road, at `s`, walked along rising (1) or falling (−1) s. */
export interface LanePlace {
  road: number
  lane: number
  s: number
  direction: 1 | -1
}

/** Lanes that go on from the end of `road` in `direction`. Empty at a dead end. */
export function lanesAfter(network: RoadNetwork, place: LanePlace): LanePlace[] {
  const road = network.road(place.road)
  const link = place.direction === 1 ? road.successor : road.predecessor
  const section = road.sections[place.direction === 1 ? road.sections.length - 1 : 0] as LaneSection
  const lane = laneOf(section, place.lane)
  if (!link || !lane) return []
  if (link.kind === 'road') {
    return linkedLanes(lane, place.direction).flatMap((next) => entering(network, link, next))
  }
  const junction = network.junctions.get(link.id)
  const places: LanePlace[] = []
  for (const { incomingRoad, connectingRoad, contactPoint, laneLinks } of junction?.connections ?? []) {
    if (incomingRoad === road.id)
      for (const { from, to } of laneLinks)
        if (from === place.lane)
          places.push(...entering(network, { kind: 'road', id: connectingRoad, contactPoint }, to))
    // A direct junction says each way once; who comes from the linked road goes on with the incoming one.
    if (junction?.kind === 'direct' && connectingRoad === road.id && isEnd(contactPoint, place.direction))
      for (const { from, to } of laneLinks)
        if (to === place.lane) places.push(...atJunction(network, incomingRoad, junction.id, from))
  }
  return places
}

/** Lanes that a lane becomes in a direction, by the file's links. */
export function linkedLanes(lane: Lane, direction: 1 | -1): number[] {
  const first = direction === 1 ? lane.successor : lane.predecessor
  const more = (direction === 1 ? lane.moreSuccessors : lane.morePredecessors) ?? []
  return first === null ? [] : [first, ...more]
}

function isEnd(contact: ContactPoint, direction: 1 | -1): boolean {
  return (contact === 'end') === (direction === 1)
}

/** A lane of a road from that of its ends on which is at the junction. */
function atJunction(network: RoadNetwork, id: string, junction: string, lane: number): LanePlace[] {
  const road = network.roads.find((candidate) => candidate.id === id)
  const isAtStart = road?.predecessor?.kind === 'junction' && road.predecessor.id === junction
  return entering(network, { kind: 'road', id, contactPoint: isAtStart ? 'start' : 'end' }, lane)
}

/** None where the road is missing, as in maps that were cut out of larger ones. */
function entering(network: RoadNetwork, link: RoadLink & { kind: 'road' }, lane: number): LanePlace[] {
  if (!network.has(link.id)) return []
  const road = network.indexOf(link.id)
  if (link.midway) return [{ road, lane, ...link.midway }]
  const isAtStart = link.contactPoint === 'start'
  return [{ road, lane, s: isAtStart ? 0 : network.road(road).length, direction: isAtStart ? 1 : -1 }]
}

/** Roads to be gone through, one after the other, and how far that has come. A road may come again. Roads in between may be left out. */
export interface Way {
  roads: readonly number[]
  /** Index of the road that is driven on, or of the first that is still to come. */
  at: number
}

const anywhere: Way = { roads: [], at: 0 }

/** Index of a road on a way, from where it has come; −1 where it does not come any more. */
export function indexOnWay({ roads, at }: Way, road: number): number {
  return roads.indexOf(road, at)
}

/** Of several places the one that a way goes on with from a road, or that is on it anyhow where the road itself is not. */
function onWay<Place extends { road: number }>(
  places: readonly Place[],
  way: Way,
  road: number,
): Place | undefined {
  const index = indexOnWay(way, road)
  if (index < 0) return places.find((place) => way.roads.includes(place.road, way.at))
  const next = way.roads[index + 1]
  return places.find((place) => place.road === next)
}

/** Of several ways the one that is to be gone, else the first connection of the file. */
function choose(ways: readonly LanePlace[], way: Way, road: number): LanePlace | undefined {
  return ways.length > 1 ? (onWay(ways, way, road) ?? ways[0]) : ways[0]
}

/** The way after a change of roads. */
export function onward(way: Way, from: number, to: number): Way {
  if (from === to || way.roads.length === 0) return way
  const index = way.roads.indexOf(to, Math.max(0, indexOnWay(way, from)))
  return index < 0 ? way : { ...way, at: index }
}

/** The next place from which a lane leaves its road, before `end`, for the next one of a way. */
function exitBefore(
  network: RoadNetwork,
  { road, lane, s, direction }: LanePlace,
  end: number,
  through: Way,
): MidwayExit | undefined {
  if (through.roads.length === 0) return undefined
  const onThere = (network.exits.get(road) ?? []).filter(
    (exit) =>
      exit.lane === lane &&
      exit.direction === direction &&
      (exit.s - s) * direction >= 0 &&
      (end - exit.s) * direction >= 0,
  )
  const taken = onWay(
    onThere.map(({ to }) => to),
    through,
    road,
  )
  return onThere.find(({ to }) => to === taken)
}

/**
 * Goes `distance` metres (of s, not negative) along a lane, over sections, roads and junctions. Where there are several ways it goes `through` roads,
 * else by the first connection of the file. `remaining` is what a dead end left over, 0 otherwise.
 */
export function followLane(
  network: RoadNetwork,
  from: LanePlace,
  distance: number,
  through: Way = anywhere,
): LanePlace & { remaining: number } {
  let place = from
  let remaining = distance
  let way = through
  for (;;) {
    const { wayM, next } = afterSection(network, place, way, remaining)
    if (remaining <= wayM) return { ...place, s: place.s + place.direction * remaining, remaining: 0 }
    if (!next) return { ...place, s: place.s + place.direction * wayM, remaining: remaining - wayM }
    remaining -= wayM
    way = onward(way, place.road, next.road)
    place = next
  }
}

/**
 * What comes after the section that a place is in, or null at a dead end, and the way (of s) to where it is left: at its end, or, on the way `through` roads,
 * before it. Looked for only where that is nearer than `reachM`.
 */
export function afterSection(
  network: RoadNetwork,
  place: LanePlace,
  through: Way = anywhere,
  reachM = Infinity,
): { wayM: number; next: LanePlace | null } {
  const road = network.road(place.road)
  const index = sectionIndexAt(road, place.direction === -1 ? place.s - 1e-9 : place.s)
  const section = road.sections[index] as LaneSection
  const end = place.direction === 1 ? section.end : section.s
  const exit = exitBefore(network, place, end, through)
  if (exit) return { wayM: Math.abs(exit.s - place.s), next: exit.to }
  const wayM = (end - place.s) * place.direction
  if (reachM <= wayM) return { wayM, next: null }
  return { wayM, next: nextPlace(network, place, index, end, through) ?? null }
}

function nextPlace(
  network: RoadNetwork,
  place: LanePlace,
  index: number,
  end: number,
  through: Way,
): LanePlace | undefined {
  const sections = network.road(place.road).sections
  if (!sections[index + place.direction]) return choose(lanesAfter(network, place), through, place.road)
  const lane = laneOf(sections[index] as LaneSection, place.lane)
  // Without a link the lane of the same number goes on, as many exporters leave it out where nothing changes.
  const linked = place.direction === 1 ? lane?.successor : lane?.predecessor
  return { ...place, lane: linked ?? place.lane, s: end }
}

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

/**
 * Goes `distance` metres (of s, not negative) along a lane, over sections, roads and junctions. Where there are several ways `choose` picks one, by
 * default the first connection of the file. `remaining` is what a dead end left over, 0 otherwise.
 */
export function followLane(
  network: RoadNetwork,
  from: LanePlace,
  distance: number,
  choose: (ways: LanePlace[]) => LanePlace | undefined = (ways) => ways[0],
): LanePlace & { remaining: number } {
  let place = from
  let remaining = distance
  for (;;) {
    const road = network.road(place.road)
    const { direction } = place
    const index = sectionIndexAt(road, direction === -1 ? place.s - 1e-9 : place.s)
    const section = road.sections[index] as LaneSection
    const toEnd = direction === 1 ? section.end - place.s : place.s - section.s
    if (remaining <= toEnd) return { ...place, s: place.s + direction * remaining, remaining: 0 }
    const end = direction === 1 ? section.end : section.s
    const next = nextPlace(network, place, index, end, choose)
    if (!next) return { ...place, s: end, remaining: remaining - toEnd }
    remaining -= toEnd
    place = next
  }
}

/** What comes after the section that a place is in, or null at a dead end, and the way (of s) to where the section ends. */
export function afterSection(
  network: RoadNetwork,
  place: LanePlace,
  choose: (ways: LanePlace[]) => LanePlace | undefined = (ways) => ways[0],
): { wayM: number; next: LanePlace | null } {
  const road = network.road(place.road)
  const index = sectionIndexAt(road, place.direction === -1 ? place.s - 1e-9 : place.s)
  const section = road.sections[index] as LaneSection
  const end = place.direction === 1 ? section.end : section.s
  const next = nextPlace(network, place, index, end, choose) ?? null
  return { wayM: Math.abs(end - place.s), next }
}

function nextPlace(
  network: RoadNetwork,
  place: LanePlace,
  index: number,
  end: number,
  choose: (ways: LanePlace[]) => LanePlace | undefined,
): LanePlace | undefined {
  const sections = network.road(place.road).sections
  if (!sections[index + place.direction]) {
    const ways = lanesAfter(network, place)
    return ways.length > 1 ? choose(ways) : ways[0]
  }
  const lane = laneOf(sections[index] as LaneSection, place.lane)
  // Without a link the lane of the same number goes on, as many exporters leave it out where nothing changes.
  const linked = place.direction === 1 ? lane?.successor : lane?.predecessor
  return { ...place, lane: linked ?? place.lane, s: end }
}

import type { ContactPoint, Junction, Lane, LaneSection, Road } from './road.ts'

/** Where a lane of a road leaves it in its midst, at a virtual junction, for a road that begins there. */
export interface MidwayExit {
  lane: number
  s: number
  /** Along rising (1) or falling (−1) s. */
  direction: 1 | -1
  to: { road: number; lane: number; s: number; direction: 1 | -1 }
}

/** Lanes of a road that meet another in its midst, with the lanes of that one: by the connections of junctions, else by their own links. */
function laneLinks(
  road: Road,
  main: string,
  contact: ContactPoint,
  junctions: Iterable<Junction>,
): { from: number; to: number }[] {
  for (const { connections } of junctions) {
    const found = connections.filter(
      ({ incomingRoad, connectingRoad, contactPoint }) =>
        incomingRoad === main && connectingRoad === road.id && contactPoint === contact,
    )
    if (found.length > 0) return found.flatMap((connection) => connection.laneLinks)
  }
  const section = road.sections.at(contact === 'start' ? 0 : -1) as LaneSection
  const linkOf = (lane: Lane) => (contact === 'start' ? lane.predecessor : lane.successor)
  return [...section.left, ...section.right].flatMap((lane) => {
    const from = linkOf(lane)
    return from === null ? [] : [{ from, to: lane.id }]
  })
}

/** By the index of the road that is left, in the order of its s (OpenDRIVE 1.7, 12.4: a virtual junction does not cut its main road). */
export function midwayExits(
  roads: readonly Road[],
  junctions: Iterable<Junction>,
): ReadonlyMap<number, readonly MidwayExit[]> {
  const all = [...junctions]
  const exits = new Map<number, MidwayExit[]>()
  for (const [index, road] of roads.entries())
    for (const contact of ['start', 'end'] as const) {
      const link = contact === 'start' ? road.predecessor : road.successor
      if (link?.kind !== 'road' || !link.midway) continue
      const main = roads.findIndex(({ id }) => id === link.id)
      if (main < 0) continue
      const { s, direction } = link.midway
      const onto = contact === 'start' ? 0 : road.length
      for (const { from, to } of laneLinks(road, link.id, contact, all)) {
        const found = exits.get(main) ?? []
        // Who comes from there goes on the way that the link says; who goes there comes the other way.
        found.push({
          lane: from,
          s,
          direction: direction === 1 ? -1 : 1,
          to: { road: index, lane: to, s: onto, direction: contact === 'start' ? 1 : -1 },
        })
        exits.set(
          main,
          found.toSorted((one, other) => one.s - other.s),
        )
      }
    }
  return exits
}

import type { LanePlace } from '../opendrive/follow-lane.ts'
import { afterSection, onward } from '../opendrive/follow-lane.ts'
import type { World } from './world.ts'

/** More sections than a way has that leads anywhere new. */
const mostSections = 200

/** A section of a lane that follows on an entity's: where it is entered, and the way to there from the entity. */
export interface LaneAhead extends LanePlace {
  wayM: number
}

/**
 * Sections of lanes after the one that an entity is in, along its lane and, where there are several ways, its route or the file's first connection. `sense`
 * −1 goes backwards. They begin within `reachM`.
 */
export function lanesAhead(world: World, entity: number, reachM: number, sense: 1 | -1 = 1): LaneAhead[] {
  const { network } = world
  let route = world.routes.get(entity)
  const direction = (world.direction(entity) * sense) as 1 | -1
  let place: LanePlace = {
    road: world.road[entity] as number,
    lane: world.lane[entity] as number,
    s: world.s[entity] as number,
    direction,
  }
  const found: LaneAhead[] = []
  for (let wayM = 0; found.length < mostSections;) {
    const after = afterSection(network, place, route)
    wayM += after.wayM
    if (!after.next || wayM > reachM) return found
    route &&= onward(route, place.road, after.next.road)
    place = after.next
    found.push({ ...place, wayM })
  }
  return found
}

/** Way from where a lane is entered to an entity on that road; negative behind it. */
export function wayOn(world: World, place: LanePlace, entity: number): number {
  return ((world.s[entity] as number) - place.s) * place.direction
}

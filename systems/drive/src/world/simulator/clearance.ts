import { laneDirection, sectionIndexAt } from '../opendrive/road.ts'
import type { ConditionContent } from '../openscenario/scenario.ts'
import { roadDistance } from './distance.ts'
import { lanesAhead } from './way-ahead.ts'
import type { World } from './world.ts'

/** A lane, and the way along it that an entity looks: along rising s (1) or against it. */
interface Looked {
  lane: number
  direction: 1 | -1
}

/** The lane of an entity, or the one that it leads to or comes from, on the road that another is on; null where there is none. */
function ownLaneAt(world: World, entity: number, other: number, reachM: number): Looked | null {
  const road = world.road[other] as number
  if (road === world.road[entity])
    return { lane: world.lane[entity] as number, direction: world.direction(entity) }
  for (const sense of [1, -1] as const) {
    const place = lanesAhead(world, entity, reachM, sense).find((found) => found.road === road)
    if (place) return { lane: place.lane, direction: place.direction === sense ? 1 : -1 }
  }
  return null
}

/** Lanes that `lane` is to the left of another; there is no lane 0. */
function lanesLeft({ lane: own, direction }: Looked, lane: number): number {
  const by = lane - own
  return (own > 0 === lane > 0 ? by : by - Math.sign(by)) * direction
}

/** Whether one of the lanes that are asked for is there, beside the entity. */
function isThere(
  world: World,
  entity: number,
  { lanes, countsOpposite }: ConditionContent & { kind: 'relativeClearance' },
): boolean {
  if (lanes.length === 0) return true
  const road = world.network.road(world.road[entity] as number)
  const own = { lane: world.lane[entity] as number, direction: world.direction(entity) }
  const section = road.sections[sectionIndexAt(road, world.s[entity] as number)]
  return [...(section?.left ?? []), ...(section?.right ?? [])].some(({ id }) => {
    if (!countsOpposite && laneDirection(road, id) !== laneDirection(road, own.lane)) return false
    const left = lanesLeft(own, id)
    return lanes.some(({ from, to }) => left >= from && left <= to)
  })
}

/** Whether lanes around an entity are free of others, ahead and behind, on its road and those that its lane leads to and comes from. A lane that is not there is not free. */
export function isClear(
  world: World,
  entity: number,
  content: ConditionContent & { kind: 'relativeClearance' },
): boolean {
  if (!isThere(world, entity, content)) return false
  const reachM = Math.max(content.forwardM, content.backwardM)
  for (let other = 0; other < world.entities.length; other++) {
    if (other === entity || world.isPresent[other] === 0) continue
    if (content.others.length > 0 && !content.others.includes(other)) continue
    const distance = roadDistance(world, entity, other, content.isFreespace)
    if (distance > content.forwardM || distance < -content.backwardM) continue
    const own = ownLaneAt(
      world,
      entity,
      other,
      reachM + world.network.road(world.road[other] as number).length,
    )
    if (!own) continue
    const road = world.network.road(world.road[other] as number)
    const lane = world.lane[other] as number
    if (!content.countsOpposite && laneDirection(road, lane) !== laneDirection(road, own.lane)) continue
    const left = lanesLeft(own, lane)
    if (content.lanes.some(({ from, to }) => left >= from && left <= to)) return false
  }
  return true
}

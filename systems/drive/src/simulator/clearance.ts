import { laneDirection } from '../opendrive/road.ts'
import type { ConditionContent } from '../openscenario/scenario.ts'
import { roadDistance } from './distance.ts'
import type { World } from './world.ts'

/** Lanes that `lane` is to the left of an entity's, as it looks; there is no lane 0. */
function lanesLeft(world: World, entity: number, lane: number): number {
  const own = world.lane[entity] as number
  const by = lane - own
  return (own > 0 === lane > 0 ? by : by - Math.sign(by)) * world.direction(entity)
}

/** Whether lanes around an entity are free of others, ahead and behind, on the road that it is on. */
export function isClear(
  world: World,
  entity: number,
  content: ConditionContent & { kind: 'relativeClearance' },
): boolean {
  const road = world.network.road(world.road[entity] as number)
  const ownWay = laneDirection(road, world.lane[entity] as number)
  for (let other = 0; other < world.entities.length; other++) {
    if (other === entity || world.isPresent[other] === 0) continue
    if (content.others.length > 0 && !content.others.includes(other)) continue
    const distance = roadDistance(world, entity, other, content.isFreespace)
    if (distance > content.forwardM || distance < -content.backwardM) continue
    const lane = world.lane[other] as number
    if (!content.countsOpposite && laneDirection(road, lane) !== ownWay) continue
    const left = lanesLeft(world, entity, lane)
    if (content.lanes.some(({ from, to }) => left >= from && left <= to)) return false
  }
  return true
}

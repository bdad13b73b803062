import type { ConditionContent } from '../openscenario/scenario.ts'
import { placeOf } from './place-of.ts'
import type { World } from './world.ts'

const place = new Float64Array(2)

/** How far `ahead` is beyond a body that reaches `front` ahead and `rear` behind; 0 between. */
function beyond(ahead: number, front: number, rear: number): number {
  return Math.max(0, ahead - front, -ahead - rear)
}

/**
 * Metres from an entity, its reference point or its body, to a position: along and across the entity's own axes or those of the road that it is on, or as
 * the crow flies. Never negative; infinite along a road on which the position is not.
 */
export function measureTo(
  world: World,
  entity: number,
  { position, isFreespace, isAlongRoad, type }: ConditionContent & { kind: 'distance' },
): number {
  placeOf(world, position, place)
  const x = place[0] as number
  const y = place[1] as number
  let ahead: number
  let left: number
  if (isAlongRoad && type !== 'euclidianDistance') {
    const { road, s, t } = world.network.nearest(x, y)
    if (road !== world.road[entity]) return Infinity
    const direction = world.direction(entity)
    ahead = (s - (world.s[entity] as number)) * direction
    left = (t - world.lateral(entity)) * direction
  } else {
    const heading = world.heading[entity] as number
    const dx = x - (world.x[entity] as number)
    const dy = y - (world.y[entity] as number)
    ahead = dx * Math.cos(heading) + dy * Math.sin(heading)
    left = dy * Math.cos(heading) - dx * Math.sin(heading)
  }
  const { reaches } = world
  const side = (at: number) => (isFreespace ? reaches.ofSide(entity, at) : 0)
  const lengthwise = beyond(ahead, side(0), side(1))
  const sideways = beyond(left, side(2), side(3))
  if (type === 'longitudinal') return lengthwise
  return type === 'lateral' ? sideways : Math.hypot(lengthwise, sideways)
}

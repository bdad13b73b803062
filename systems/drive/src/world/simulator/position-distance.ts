import type { Measure, Position } from '../openscenario/scenario.ts'
import { placeOf } from './place-of.ts'
import type { World } from './world.ts'

const place = new Float64Array(2)

/** How far `ahead` is beyond a body that reaches `front` ahead and `rear` behind; 0 between. */
function beyond(ahead: number, front: number, rear: number): number {
  return Math.max(0, ahead - front, -ahead - rear)
}

/** A position, and how to measure to it. */
export type MeasureTo = Measure & { position: Position }

/** Where a position is from an entity: ahead and to the left of it, along its own axes or those of its road; NaN on another road. */
function seenFrom(
  world: World,
  entity: number,
  { position, isAlongRoad, type }: MeasureTo,
): [number, number] {
  placeOf(world, position, place)
  const x = place[0] as number
  const y = place[1] as number
  if (isAlongRoad && type !== 'euclidianDistance') {
    const { road, s, t } = world.network.nearest(x, y)
    if (road !== world.road[entity]) return [NaN, NaN]
    const direction = world.direction(entity)
    return [(s - (world.s[entity] as number)) * direction, (t - world.lateral(entity)) * direction]
  }
  const heading = world.heading[entity] as number
  const dx = x - (world.x[entity] as number)
  const dy = y - (world.y[entity] as number)
  return [dx * Math.cos(heading) + dy * Math.sin(heading), dy * Math.cos(heading) - dx * Math.sin(heading)]
}

/**
 * Metres from an entity, its reference point or its body, to a position: along and across the entity's own axes or those of the road that it is on, or as
 * the crow flies. Never negative; infinite along a road on which the position is not.
 */
export function measureTo(world: World, entity: number, measure: MeasureTo): number {
  const [ahead, left] = seenFrom(world, entity, measure)
  if (Number.isNaN(ahead)) return Infinity
  const { reaches } = world
  const side = (at: number) => (measure.isFreespace ? reaches.ofSide(entity, at) : 0)
  const lengthwise = beyond(ahead, side(0), side(1))
  const sideways = beyond(left, side(2), side(3))
  if (measure.type === 'longitudinal') return lengthwise
  return measure.type === 'lateral' ? sideways : Math.hypot(lengthwise, sideways)
}

/** The same, negative where the position is behind the entity, or to its right. */
export function signedMeasureTo(world: World, entity: number, measure: MeasureTo): number {
  const [ahead, left] = seenFrom(world, entity, measure)
  const way = measureTo(world, entity, measure)
  return (measure.type === 'lateral' ? left : ahead) < 0 ? -way : way
}

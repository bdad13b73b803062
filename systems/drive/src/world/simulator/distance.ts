import { lanesAhead, wayOn } from './way-ahead.ts'
import type { World } from './world.ts'

const quarterTurn = Math.PI / 2

/** Signed way between intervals: positive where the other lies ahead, 0 where they overlap. */
function gap(
  ahead: number,
  ownFront: number,
  ownRear: number,
  otherFront: number,
  otherRear: number,
): number {
  if (ahead - otherRear > ownFront) return ahead - otherRear - ownFront
  if (ahead + otherFront < -ownRear) return ahead + otherFront + ownRear
  return 0
}

/** Distance to `other` along an axis of the entity: 0 is ahead, 1 to the left. */
function alongAxis(world: World, entity: number, other: number, axis: 0 | 1, isFreespace: boolean): number {
  const heading = (world.heading[entity] as number) + (axis === 0 ? 0 : quarterTurn)
  const dx = (world.x[other] as number) - (world.x[entity] as number)
  const dy = (world.y[other] as number) - (world.y[entity] as number)
  const ahead = dx * Math.cos(heading) + dy * Math.sin(heading)
  if (!isFreespace) return ahead
  const { reaches } = world
  reaches.along(other, heading - (world.heading[other] as number), axis)
  return gap(
    ahead,
    reaches.ofSide(entity, 2 * axis),
    reaches.ofSide(entity, 2 * axis + 1),
    reaches.forwards,
    reaches.backwards,
  )
}

/** Distance ahead (negative: behind) in the entity's own axes, between bodies or reference points. */
export function longitudinalDistance(
  world: World,
  entity: number,
  other: number,
  isFreespace: boolean,
): number {
  return alongAxis(world, entity, other, 0, isFreespace)
}

/** Distance to the left (negative: right) in the entity's own axes. */
export function lateralDistance(world: World, entity: number, other: number, isFreespace: boolean): number {
  return alongAxis(world, entity, other, 1, isFreespace)
}

/** Beyond it, nothing is looked for along the roads that follow. */
const linkedReachM = 1000

/** Distance over the roads that follow an entity's lane, ahead (1) or behind (−1); infinite where they do not lead to the other. */
function linkedDistance(
  world: World,
  entity: number,
  other: number,
  isFreespace: boolean,
  sense: 1 | -1,
): number {
  const place = lanesAhead(world, entity, linkedReachM, sense).find(({ road }) => road === world.road[other])
  if (!place) return Infinity
  const ahead = sense * (place.wayM + wayOn(world, place, other))
  if (!isFreespace) return ahead
  const { reaches } = world
  reaches.along(entity, (world.direction(entity) === 1 ? 0 : Math.PI) - (world.turn[entity] as number), 0)
  const { forwards, backwards } = reaches
  const axis = place.direction * sense === 1 ? 0 : Math.PI
  reaches.along(other, axis - (world.turn[other] as number), 0)
  return gap(ahead, forwards, backwards, reaches.forwards, reaches.backwards)
}

/**
 * Distance ahead (negative: behind) along s of the road, or over the roads that its lane leads to or comes from. Infinite where they do not lead to the
 * other within a kilometre.
 */
export function roadDistance(world: World, entity: number, other: number, isFreespace: boolean): number {
  if (world.road[entity] !== world.road[other]) {
    const ahead = linkedDistance(world, entity, other, isFreespace, 1)
    return ahead < Infinity ? ahead : linkedDistance(world, entity, other, isFreespace, -1)
  }
  const direction = world.direction(entity)
  const ahead = ((world.s[other] as number) - (world.s[entity] as number)) * direction
  if (!isFreespace) return ahead
  const { reaches } = world
  const axis = direction === 1 ? 0 : Math.PI
  reaches.along(entity, axis - (world.turn[entity] as number), 0)
  const { forwards, backwards } = reaches
  reaches.along(other, axis - (world.turn[other] as number), 0)
  return gap(ahead, forwards, backwards, reaches.forwards, reaches.backwards)
}

/** Distance to the left (negative: right) across the road that both are on; in the entity's own axes where they are on different ones. */
export function roadLateralDistance(
  world: World,
  entity: number,
  other: number,
  isFreespace: boolean,
): number {
  if (world.road[entity] !== world.road[other]) return lateralDistance(world, entity, other, isFreespace)
  const direction = world.direction(entity)
  const left = (world.lateral(other) - world.lateral(entity)) * direction
  if (!isFreespace) return left
  const { reaches } = world
  const axis = (direction === 1 ? 0 : Math.PI) + quarterTurn
  reaches.along(entity, axis - (world.turn[entity] as number), 1)
  const { forwards, backwards } = reaches
  reaches.along(other, axis - (world.turn[other] as number), 1)
  return gap(left, forwards, backwards, reaches.forwards, reaches.backwards)
}

/** Whether two bodies overlap or touch, as rectangles (separating axes along the sides of both). */
export function bodiesTouch(world: World, entity: number, other: number): boolean {
  if (world.isPresent[entity] === 0 || world.isPresent[other] === 0) return false
  return (
    longitudinalDistance(world, entity, other, true) === 0 &&
    lateralDistance(world, entity, other, true) === 0 &&
    longitudinalDistance(world, other, entity, true) === 0 &&
    lateralDistance(world, other, entity, true) === 0
  )
}

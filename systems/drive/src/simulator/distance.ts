import type { World } from './world.ts'

/** How far the body reaches from the reference point along `direction`, an angle from the entity's own heading. */
function reach(world: World, entity: number, direction: number): number {
  const body = world.entities[entity]?.body
  if (!body) return 0
  const cos = Math.cos(direction)
  const sin = Math.sin(direction)
  return (
    body.centreX * cos +
    body.centreY * sin +
    (body.length / 2) * Math.abs(cos) +
    (body.width / 2) * Math.abs(sin)
  )
}

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

/** Distance to `other` along an axis at the angle `axis` from the entity's heading; 0 is ahead, π/2 to the left. */
function alongAxis(world: World, entity: number, other: number, axis: number, isFreespace: boolean): number {
  const heading = (world.heading[entity] as number) + axis
  const dx = (world.x[other] as number) - (world.x[entity] as number)
  const dy = (world.y[other] as number) - (world.y[entity] as number)
  const ahead = dx * Math.cos(heading) + dy * Math.sin(heading)
  if (!isFreespace) return ahead
  const turn = heading - (world.heading[other] as number)
  return gap(
    ahead,
    reach(world, entity, axis),
    reach(world, entity, axis + Math.PI),
    reach(world, other, turn),
    reach(world, other, turn + Math.PI),
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
  return alongAxis(world, entity, other, Math.PI / 2, isFreespace)
}

/** Distance ahead along s of one road; infinite where they are on different roads. */
export function roadDistance(world: World, entity: number, other: number, isFreespace: boolean): number {
  if (world.road[entity] !== world.road[other]) return Infinity
  const direction = world.direction(entity)
  const ahead = ((world.s[other] as number) - (world.s[entity] as number)) * direction
  if (!isFreespace) return ahead
  const axis = direction === 1 ? 0 : Math.PI
  const own = axis - (world.turn[entity] as number)
  const others = axis - (world.turn[other] as number)
  return gap(
    ahead,
    reach(world, entity, own),
    reach(world, entity, own + Math.PI),
    reach(world, other, others),
    reach(world, other, others + Math.PI),
  )
}

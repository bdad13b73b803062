import { wrapAngle } from '@heavylift/core/math'
import { laneDirection } from '../opendrive/road.ts'
import { compare } from '../openscenario/rule.ts'
import type { CollisionTarget, ConditionContent, Direction, Measure } from '../openscenario/scenario.ts'
import { isClear } from './clearance.ts'
import {
  bodiesTouch,
  lateralDistance,
  longitudinalDistance,
  roadDistance,
  roadLateralDistance,
} from './distance.ts'
import { distanceTo } from './place-of.ts'
import { measureTo, signedMeasureTo } from './position-distance.ts'
import type { World } from './world.ts'

const tiny = 1e-6

/** A condition on entities. */
export type EntityContent = Extract<ConditionContent, { entities: number[] }>

/** Whether any of the entities that trigger meets a condition, or all of them do. */
export function checkEntities(world: World, content: EntityContent): boolean {
  for (const entity of content.entities) {
    if (world.isPresent[entity] === 0) {
      if (content.needsAll) return false
      continue
    }
    const isTrue = checkEntity(world, entity, content)
    if (isTrue !== content.needsAll) return isTrue
  }
  return content.needsAll && content.entities.length > 0
}

/** Those of the entities that trigger that meet a condition. */
export function triggeringOf(world: World, content: EntityContent): number[] {
  return content.entities.filter(
    (entity) => world.isPresent[entity] === 1 && checkEntity(world, entity, content),
  )
}

function checkEntity(world: World, entity: number, content: EntityContent): boolean {
  const speed = world.speed[entity] as number
  switch (content.kind) {
    case 'timeHeadway': {
      const distance = between(world, entity, content.target, content)
      // Who stands never gets there.
      const time = speed < tiny ? Infinity : distance / speed
      return distance >= 0 && compare(time, content.rule, content.value)
    }
    case 'timeToCollision': {
      const { target } = content
      const isEntity = typeof target === 'number'
      const closing = isEntity ? speed - (world.speed[target] as number) : speed
      const way = isEntity
        ? between(world, entity, target, content)
        : signedMeasureTo(world, entity, { ...content, position: target })
      const time = way / closing
      return Math.abs(closing) > tiny && time >= 0 && compare(time, content.rule, content.value)
    }
    case 'relativeDistance':
      return compare(Math.abs(between(world, entity, content.target, content)), content.rule, content.value)
    case 'distance':
      return compare(measureTo(world, entity, content), content.rule, content.value)
    case 'speed':
      return compare(along(content.direction, speed), content.rule, content.value)
    case 'relativeSpeed':
      return compare(
        along(content.direction, speed - (world.speed[content.target] as number)),
        content.rule,
        content.value,
      )
    case 'traveledDistance':
      return (world.travelled[entity] as number) > content.value + tiny
    case 'acceleration': {
      const across = world.sideAcceleration[entity] as number
      const ahead = world.acceleration[entity] as number
      const value = content.direction === 'lateral' ? across : along(content.direction, ahead)
      return compare(value, content.rule, content.value)
    }
    case 'angle':
      return Math.abs(wrapAngle(angleOf(world, entity, content) - content.angleRad)) <= content.toleranceRad
    case 'relativeClearance':
      return isClear(world, entity, content)
    case 'standStill':
      return Math.abs(speed) < tiny && (world.stillS[entity] as number) >= content.durationS - tiny
    case 'endOfRoad':
      return lasts(world.deadEndS, entity, content.durationS)
    case 'offRoad':
      return lasts(world.offRoadS, entity, content.durationS)
    case 'collision':
      return collides(world, entity, content.target)
    case 'reachPosition':
      // Looked up each time: a relative position moves.
      return distanceTo(world, entity, content.position) < content.tolerance
  }
}

/** The part of a motion along its heading that a direction asks for: bodies move the way that they point. */
function along(direction: Direction | undefined, value: number): number {
  return direction === undefined || direction === 'longitudinal' ? value : 0
}

/** Distance to another entity; ahead and to the left are positive. */
function between(world: World, entity: number, target: number, measure: Measure): number {
  const { isAlongRoad, isFreespace, type } = measure
  if (type === 'longitudinal')
    return isAlongRoad
      ? roadDistance(world, entity, target, isFreespace)
      : longitudinalDistance(world, entity, target, isFreespace)
  const sideways = isAlongRoad
    ? roadLateralDistance(world, entity, target, isFreespace)
    : lateralDistance(world, entity, target, isFreespace)
  if (type === 'lateral') return sideways
  // As the crow flies the axes are the entity's own.
  return Math.hypot(
    longitudinalDistance(world, entity, target, isFreespace),
    lateralDistance(world, entity, target, isFreespace),
  )
}

/** Heading against another entity's, the lane's traffic or the world; pitch and roll as positions have said them, against another's or the ground. */
function angleOf(world: World, entity: number, content: EntityContent & { kind: 'angle' }): number {
  if (content.of !== 'heading') {
    const angle = world[content.of]
    const other = content.target === null ? 0 : (angle[content.target] as number)
    return (angle[entity] as number) - other
  }
  const heading = world.heading[entity] as number
  if (content.target !== null) return heading - (world.heading[content.target] as number)
  if (!content.isAlongRoad) return heading
  const road = world.network.road(world.road[entity] as number)
  const against = laneDirection(road, world.lane[entity] as number) === 1 ? 0 : Math.PI
  return (world.turn[entity] as number) - against
}

function lasts(times: Float64Array, entity: number, durationS: number): boolean {
  return (times[entity] as number) >= durationS - tiny
}

/** Whether bodies touch, with one entity or with any (of a kind). */
function collides(world: World, entity: number, target: CollisionTarget): boolean {
  if (typeof target === 'number') return bodiesTouch(world, entity, target)
  for (let other = 0; other < world.entities.length; other++)
    if (
      other !== entity &&
      (target === 'any' || world.entities[other]?.kind === target) &&
      bodiesTouch(world, entity, other)
    )
      return true
  return false
}

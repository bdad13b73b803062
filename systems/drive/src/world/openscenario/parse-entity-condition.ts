import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { isAlongRoad } from './parse-longitudinal.ts'
import { parsePosition } from './parse-position.ts'
import { rules } from './rule.ts'
import type { CollisionTarget, ConditionContent, Direction, EntityTrigger, Measure } from './scenario.ts'

const collisionKinds = { vehicle: 'vehicle', pedestrian: 'pedestrian', miscellaneous: 'miscObject' } as const

/** With whom; a condition that names nobody, as some files have it, holds with anybody. */
function parseCollisionTarget(condition: XmlElement, context: ParseContext): CollisionTarget {
  if (condition.children.length === 0) {
    context.notes.breaks(schemaError(condition, 'needs an <EntityRef> or a <ByType>: it holds with anybody'))
    return 'any'
  }
  const element = onlyChild(condition)
  if (element.name === 'EntityRef') return context.entityRef(element)
  return collisionKinds[choiceAttribute(element, 'type', ['vehicle', 'pedestrian', 'miscellaneous'])]
}

const distanceTypes = ['longitudinal', 'lateral', 'euclidianDistance', 'cartesianDistance'] as const

/** `cartesianDistance` is what OpenSCENARIO 1.0 calls the distance as the crow flies. */
function distanceType(element: XmlElement, fallback?: Measure['type']): Measure['type'] {
  const type = choiceAttribute(element, 'relativeDistanceType', distanceTypes, fallback)
  return type === 'cartesianDistance' ? 'euclidianDistance' : type
}

function directionOf(element: XmlElement): { direction?: Direction } {
  if (element.attributes.direction === undefined) return {}
  return { direction: choiceAttribute(element, 'direction', ['longitudinal', 'lateral', 'vertical']) }
}

/** An angle of an entity, against another where one is named. */
function parseAngle(element: XmlElement, trigger: EntityTrigger, context: ParseContext): ConditionContent {
  return {
    kind: 'angle',
    ...trigger,
    of: choiceAttribute(element, 'angleType', ['heading', 'pitch', 'roll']),
    angleRad: numberAttribute(element, 'angle'),
    toleranceRad: positiveAttribute(element, 'angleTolerance'),
    target: element.name === 'AngleCondition' ? null : context.entityRef(element),
    isAlongRoad: isAlongRoad(element, context.notes),
  }
}

function parseClearance(
  element: XmlElement,
  trigger: EntityTrigger,
  context: ParseContext,
): ConditionContent {
  return {
    kind: 'relativeClearance',
    ...trigger,
    others: context.entityRefs(element),
    lanes: childrenOf(element, 'RelativeLaneRange').map((range) => ({
      from: numberAttribute(range, 'from', -Infinity),
      to: numberAttribute(range, 'to', Infinity),
    })),
    countsOpposite: booleanAttribute(element, 'oppositeLanes'),
    forwardM: positiveAttribute(element, 'distanceForward', 0),
    backwardM: positiveAttribute(element, 'distanceBackward', 0),
    isFreespace: booleanAttribute(element, 'freeSpace'),
  }
}

/** A `<ByEntityCondition>`. */
export function parseEntityCondition(element: XmlElement, context: ParseContext): ConditionContent {
  const triggering = requiredChild(element, 'TriggeringEntities')
  const condition = onlyChild(requiredChild(element, 'EntityCondition'))
  const trigger = {
    entities: context.entityRefs(triggering),
    needsAll: choiceAttribute(triggering, 'triggeringEntitiesRule', ['any', 'all']) === 'all',
  }
  const number = (name: string) => numberAttribute(condition, name)
  const compared = () => ({ value: number('value'), rule: choiceAttribute(condition, 'rule', rules) })
  const target = () => {
    const found = context.entityRef(condition)
    if (trigger.entities.includes(found))
      throw schemaError(condition, `measures ${attribute(condition, 'entityRef')} against itself`)
    return found
  }
  const measure = (type: Measure['type']): Measure => ({
    isFreespace: booleanAttribute(condition, 'freespace'),
    isAlongRoad: isAlongRoad(condition, context.notes) || booleanAttribute(condition, 'alongRoute', false),
    type: distanceType(condition, type),
  })
  switch (condition.name) {
    case 'TimeHeadwayCondition':
      return {
        kind: 'timeHeadway',
        ...trigger,
        ...compared(),
        target: target(),
        ...measure('euclidianDistance'),
      }
    case 'TimeToCollisionCondition': {
      const holder = onlyChild(requiredChild(condition, 'TimeToCollisionConditionTarget'))
      return {
        kind: 'timeToCollision',
        ...trigger,
        ...compared(),
        target: holder.name === 'EntityRef' ? context.entityRef(holder) : parsePosition(holder, context),
        ...measure('euclidianDistance'),
      }
    }
    case 'RelativeDistanceCondition':
      return {
        kind: 'relativeDistance',
        ...trigger,
        ...compared(),
        target: target(),
        ...measure(distanceType(condition)),
      }
    case 'DistanceCondition':
      return {
        kind: 'distance',
        ...trigger,
        ...compared(),
        position: parsePosition(requiredChild(condition, 'Position'), context),
        ...measure('euclidianDistance'),
      }
    case 'SpeedCondition':
      return { kind: 'speed', ...trigger, ...compared(), ...directionOf(condition) }
    case 'RelativeSpeedCondition':
      return { kind: 'relativeSpeed', ...trigger, ...compared(), target: target(), ...directionOf(condition) }
    case 'TraveledDistanceCondition':
      return { kind: 'traveledDistance', ...trigger, value: number('value') }
    case 'AccelerationCondition':
      return { kind: 'acceleration', ...trigger, ...compared(), ...directionOf(condition) }
    case 'AngleCondition':
    case 'RelativeAngleCondition':
      return parseAngle(condition, trigger, context)
    case 'StandStillCondition':
      return { kind: 'standStill', ...trigger, durationS: positiveAttribute(condition, 'duration') }
    case 'EndOfRoadCondition':
      return { kind: 'endOfRoad', ...trigger, durationS: positiveAttribute(condition, 'duration') }
    case 'OffroadCondition':
      return { kind: 'offRoad', ...trigger, durationS: positiveAttribute(condition, 'duration') }
    case 'RelativeClearanceCondition':
      return parseClearance(condition, trigger, context)
    case 'CollisionCondition':
      return { kind: 'collision', ...trigger, target: parseCollisionTarget(condition, context) }
    case 'ReachPositionCondition':
      return {
        kind: 'reachPosition',
        ...trigger,
        position: parsePosition(requiredChild(condition, 'Position'), context),
        tolerance: positiveAttribute(condition, 'tolerance'),
      }
    default:
      throw schemaError(condition, 'is no condition on entities')
  }
}

import type { XmlElement } from '../xml/xml-element.ts'
import {
  booleanAttribute,
  choiceAttribute,
  limitAttribute,
  numberAttribute,
  onlyChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { isAlongRoad, parseDynamics, parseLimits, shapes } from './parse-longitudinal.ts'
import type { ActionContent } from './scenario.ts'

const sides = ['any', 'leftToReferencedEntity', 'rightToReferencedEntity'] as const

function parseLateralDistance(element: XmlElement, context: ParseContext): ActionContent {
  // Across the road and across the other entity are the same here: it is measured across the road.
  isAlongRoad(element, context.notes)
  return {
    kind: 'lateralDistance',
    entity: context.entityRef(element),
    distance: positiveAttribute(element, 'distance', 0),
    isFreespace: booleanAttribute(element, 'freespace'),
    isContinuous: booleanAttribute(element, 'continuous'),
    displacement: choiceAttribute(element, 'displacement', sides, 'any'),
    ...parseLimits(element),
  }
}

function parseLaneChange(element: XmlElement, context: ParseContext): ActionContent {
  const target = onlyChild(requiredChild(element, 'LaneChangeTarget'))
  const lane = numberAttribute(target, 'value')
  const relativeTo = target.name === 'RelativeTargetLane' ? context.entityRef(target) : null
  if (!Number.isInteger(lane) || (relativeTo === null && lane === 0))
    throw schemaError(target, `needs the number of a lane, got "${target.attributes.value}"`)
  return {
    kind: 'laneChange',
    dynamics: parseDynamics(requiredChild(element, 'LaneChangeActionDynamics')),
    targetOffset: numberAttribute(element, 'targetLaneOffset', 0),
    lane,
    relativeTo,
  }
}

function parseLaneOffset(element: XmlElement, context: ParseContext): ActionContent {
  const dynamics = requiredChild(element, 'LaneOffsetActionDynamics')
  const target = onlyChild(requiredChild(element, 'LaneOffsetTarget'))
  const relativeTo = target.name === 'RelativeTargetLaneOffset' ? context.entityRef(target) : null
  return {
    kind: 'laneOffset',
    shape: choiceAttribute(dynamics, 'dynamicsShape', shapes),
    maxLateralAcc: limitAttribute(dynamics, 'maxLateralAcc'),
    offset: numberAttribute(target, 'value'),
    relativeTo,
    // What does not move is reached once.
    ...(booleanAttribute(element, 'continuous') && relativeTo !== null ? { isContinuous: true } : {}),
  }
}

/** What a `<LateralAction>` holds. */
export function parseLateral(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'LaneChangeAction') return parseLaneChange(element, context)
  if (element.name === 'LateralDistanceAction') return parseLateralDistance(element, context)
  return parseLaneOffset(element, context)
}

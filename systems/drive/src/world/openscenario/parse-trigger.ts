import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePosition } from './parse-position.ts'
import { rules } from './rule.ts'
import { dateTimeAttribute } from './parse-environment.ts'
import type { Condition, ConditionContent, Entity, EntityTrigger, Trigger } from './scenario.ts'

function parseValueCondition(element: XmlElement): ConditionContent {
  if (element.name === 'SimulationTimeCondition')
    return {
      kind: 'simulationTime',
      value: numberAttribute(element, 'value'),
      rule: choiceAttribute(element, 'rule', rules),
    }
  if (element.name === 'StoryboardElementStateCondition')
    return {
      kind: 'elementState',
      type: attribute(element, 'storyboardElementType'),
      element: attribute(element, 'storyboardElementRef'),
      state: attribute(element, 'state'),
    }
  const compared = () => ({
    value: attribute(element, 'value'),
    rule: choiceAttribute(element, 'rule', rules),
  })
  switch (element.name) {
    case 'ParameterCondition':
      return { kind: 'value', of: 'parameter', name: attribute(element, 'parameterRef'), ...compared() }
    case 'VariableCondition':
      return { kind: 'value', of: 'variable', name: attribute(element, 'variableRef'), ...compared() }
    case 'UserDefinedValueCondition':
      return { kind: 'value', of: 'userDefined', name: attribute(element, 'name'), ...compared() }
    case 'TimeOfDayCondition':
      return {
        kind: 'timeOfDay',
        dateTime: dateTimeAttribute(element),
        rule: choiceAttribute(element, 'rule', rules),
      }
    case 'TrafficSignalCondition':
      return {
        kind: 'trafficSignal',
        signal: attribute(element, 'name'),
        state: attribute(element, 'state'),
      }
    case 'TrafficSignalControllerCondition':
      return {
        kind: 'trafficSignalPhase',
        controller: attribute(element, 'trafficSignalControllerRef'),
        phase: attribute(element, 'phase'),
      }
    default:
      throw schemaError(
        element,
        'is not supported; supported are SimulationTimeCondition, StoryboardElementStateCondition, ParameterCondition, VariableCondition, UserDefinedValueCondition, TimeOfDayCondition, TrafficSignalCondition, TrafficSignalControllerCondition',
      )
  }
}

const collisionKinds = { vehicle: 'vehicle', pedestrian: 'pedestrian', miscellaneous: 'miscObject' } as const

function parseCollisionTarget(element: XmlElement, context: ParseContext): number | Entity['kind'] {
  if (element.name === 'EntityRef') return context.entityOf(element, attribute(element, 'entityRef'))
  if (element.name !== 'ByType')
    throw schemaError(element, 'is not supported; supported are EntityRef, ByType')
  return collisionKinds[choiceAttribute(element, 'type', ['vehicle', 'pedestrian', 'miscellaneous'])]
}

const distanceTypes = ['longitudinal', 'lateral', 'euclidianDistance', 'cartesianDistance'] as const

/** `cartesianDistance` is what OpenSCENARIO 1.0 calls the distance as the crow flies. */
function distanceType(
  element: XmlElement,
  fallback?: 'euclidianDistance',
): 'longitudinal' | 'lateral' | 'euclidianDistance' {
  const type = choiceAttribute(element, 'relativeDistanceType', distanceTypes, fallback)
  return type === 'cartesianDistance' ? 'euclidianDistance' : type
}

function parseClearance(
  element: XmlElement,
  trigger: EntityTrigger,
  context: ParseContext,
): ConditionContent {
  const isTrue = (name: string) => choiceAttribute(element, name, ['true', 'false']) === 'true'
  return {
    kind: 'relativeClearance',
    ...trigger,
    others: childrenOf(element, 'EntityRef').map((ref) => context.entityOf(ref, attribute(ref, 'entityRef'))),
    lanes: childrenOf(element, 'RelativeLaneRange').map((range) => ({
      from: numberAttribute(range, 'from', -Infinity),
      to: numberAttribute(range, 'to', Infinity),
    })),
    countsOpposite: isTrue('oppositeLanes'),
    forwardM: numberAttribute(element, 'distanceForward', 0),
    backwardM: numberAttribute(element, 'distanceBackward', 0),
    isFreespace: isTrue('freeSpace'),
  }
}

function parseEntityCondition(element: XmlElement, context: ParseContext): ConditionContent {
  const triggering = requiredChild(element, 'TriggeringEntities')
  const condition = onlyChild(requiredChild(element, 'EntityCondition'))
  const trigger = {
    entities: childrenOf(triggering, 'EntityRef').map((ref) =>
      context.entityOf(ref, attribute(ref, 'entityRef')),
    ),
    needsAll: choiceAttribute(triggering, 'triggeringEntitiesRule', ['any', 'all']) === 'all',
  }
  const number = (name: string) => numberAttribute(condition, name)
  const compared = () => ({ value: number('value'), rule: choiceAttribute(condition, 'rule', rules) })
  const target = (holder = condition) => context.entityOf(holder, attribute(holder, 'entityRef'))
  const isFreespace = () => choiceAttribute(condition, 'freespace', ['true', 'false']) === 'true'
  const isAlongRoad = () =>
    choiceAttribute(condition, 'coordinateSystem', ['entity', 'road', 'lane'], 'entity') !== 'entity' ||
    choiceAttribute(condition, 'alongRoute', ['true', 'false'], 'false') === 'true'
  // What an entity does sideways and upwards is not measured.
  choiceAttribute(condition, 'direction', ['longitudinal'], 'longitudinal')
  switch (condition.name) {
    case 'TimeHeadwayCondition':
      return {
        kind: 'timeHeadway',
        ...trigger,
        ...compared(),
        target: target(),
        isFreespace: isFreespace(),
        isAlongRoad: isAlongRoad(),
      }
    case 'TimeToCollisionCondition': {
      const holder = onlyChild(requiredChild(condition, 'TimeToCollisionConditionTarget'))
      if (holder.name !== 'EntityRef') throw schemaError(holder, 'is not supported; supported is EntityRef')
      return {
        kind: 'timeToCollision',
        ...trigger,
        ...compared(),
        target: target(holder),
        isFreespace: isFreespace(),
        isAlongRoad: isAlongRoad(),
      }
    }
    case 'RelativeDistanceCondition':
      return {
        kind: 'relativeDistance',
        ...trigger,
        ...compared(),
        target: target(),
        isFreespace: isFreespace(),
        isAlongRoad: isAlongRoad(),
        type: distanceType(condition),
      }
    case 'DistanceCondition':
      return {
        kind: 'distance',
        ...trigger,
        ...compared(),
        position: parsePosition(requiredChild(condition, 'Position'), context),
        isFreespace: isFreespace(),
        isAlongRoad: isAlongRoad(),
        type: distanceType(condition, 'euclidianDistance'),
      }
    case 'SpeedCondition':
      return { kind: 'speed', ...trigger, ...compared() }
    case 'RelativeSpeedCondition':
      return { kind: 'relativeSpeed', ...trigger, ...compared(), target: target() }
    case 'TraveledDistanceCondition':
      return { kind: 'traveledDistance', ...trigger, value: number('value') }
    case 'AccelerationCondition':
      return { kind: 'acceleration', ...trigger, ...compared() }
    case 'StandStillCondition':
      return { kind: 'standStill', ...trigger, durationS: number('duration') }
    case 'EndOfRoadCondition':
      return { kind: 'endOfRoad', ...trigger, durationS: number('duration') }
    case 'OffroadCondition':
      return { kind: 'offRoad', ...trigger, durationS: number('duration') }
    case 'RelativeClearanceCondition':
      return parseClearance(condition, trigger, context)
    case 'CollisionCondition':
      return { kind: 'collision', ...trigger, target: parseCollisionTarget(onlyChild(condition), context) }
    case 'ReachPositionCondition':
      return {
        kind: 'reachPosition',
        ...trigger,
        position: parsePosition(requiredChild(condition, 'Position'), context),
        tolerance: number('tolerance'),
      }
    default:
      throw schemaError(condition, 'is a condition that is not supported')
  }
}

function parseCondition(element: XmlElement, context: ParseContext): Condition {
  const child = onlyChild(element)
  if (child.name !== 'ByValueCondition' && child.name !== 'ByEntityCondition')
    throw schemaError(child, 'is not supported; supported are ByValueCondition, ByEntityCondition')
  return {
    name: attribute(element, 'name'),
    delayS: numberAttribute(element, 'delay', 0),
    edge: choiceAttribute(element, 'conditionEdge', ['none', 'rising', 'falling', 'risingOrFalling']),
    content:
      child.name === 'ByValueCondition'
        ? parseValueCondition(onlyChild(child))
        : parseEntityCondition(child, context),
  }
}

/** A `<StartTrigger>` or `<StopTrigger>`; null where there is none. */
export function parseTrigger(element: XmlElement | null, context: ParseContext): Trigger | null {
  if (!element) return null
  allowOnly(element, ['ConditionGroup'])
  return childrenOf(element, 'ConditionGroup').map((group) => {
    allowOnly(group, ['Condition'])
    return childrenOf(group, 'Condition').map((condition) =>
      context.memo.of(condition, (source) => parseCondition(source, context)),
    )
  })
}

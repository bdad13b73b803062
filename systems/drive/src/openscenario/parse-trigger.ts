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
import type { Condition, ConditionContent, Trigger } from './scenario.ts'

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
  throw schemaError(
    element,
    'is not supported; supported are SimulationTimeCondition, StoryboardElementStateCondition',
  )
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
    choiceAttribute(condition, 'coordinateSystem', ['entity', 'road', 'lane'], 'entity') !== 'entity'
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
        type: choiceAttribute(condition, 'relativeDistanceType', [
          'longitudinal',
          'lateral',
          'euclidianDistance',
        ]),
      }
    case 'SpeedCondition':
      return { kind: 'speed', ...trigger, ...compared() }
    case 'RelativeSpeedCondition':
      return { kind: 'relativeSpeed', ...trigger, ...compared(), target: target() }
    case 'TraveledDistanceCondition':
      return { kind: 'traveledDistance', ...trigger, value: number('value') }
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

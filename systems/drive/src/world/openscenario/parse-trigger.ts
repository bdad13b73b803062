import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  positiveAttribute,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parseEntityCondition } from './parse-entity-condition.ts'
import { dateTimeAttribute } from './parse-environment.ts'
import { rules } from './rule.ts'
import type { Condition, ConditionContent, Trigger } from './scenario.ts'

const elementTypes = ['story', 'act', 'maneuverGroup', 'maneuver', 'event', 'action'] as const
const elementStates = [
  'standbyState',
  'runningState',
  'completeState',
  'startTransition',
  'endTransition',
  'stopTransition',
  'skipTransition',
] as const

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
      type: choiceAttribute(element, 'storyboardElementType', elementTypes),
      element: attribute(element, 'storyboardElementRef'),
      state: choiceAttribute(element, 'state', elementStates),
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
      throw schemaError(element, 'is no condition on values')
  }
}

function parseCondition(element: XmlElement, context: ParseContext): Condition {
  const child = onlyChild(element)
  return {
    name: element.attributes['name'] ?? '',
    delayS: positiveAttribute(element, 'delay', 0),
    edge: context.notes.orElse(
      () => choiceAttribute(element, 'conditionEdge', ['none', 'rising', 'falling', 'risingOrFalling']),
      () => 'none',
    ),
    content: context.notes.orElse(
      () =>
        child.name === 'ByValueCondition'
          ? parseValueCondition(onlyChild(child))
          : parseEntityCondition(child, context),
      () => ({ kind: 'never' }),
    ),
  }
}

/**
 * A `<StartTrigger>` or `<StopTrigger>`; null where there is none, or one without conditions: what has it begins with what it is part of, and is not stopped.
 */
export function parseTrigger(element: XmlElement | null, context: ParseContext): Trigger | null {
  if (!element || element.children.length === 0) return null
  return childrenOf(element, 'ConditionGroup').map((group) => {
    return childrenOf(group, 'Condition').map((condition) =>
      context.memo.of(condition, (source) => parseCondition(source, context)),
    )
  })
}

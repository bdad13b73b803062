import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  limitAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parseEnvironment } from './parse-environment.ts'
import { parsePosition } from './parse-position.ts'
import { parseTraffic } from './parse-traffic.ts'
import type { ActionContent, TrafficSignalProgram } from './scenario.ts'

function parseValueAction(element: XmlElement, of: 'parameter' | 'variable'): ActionContent {
  const action = onlyChild(element)
  const name = attribute(element, `${of}Ref`)
  if (action.name === 'SetAction') return { kind: 'setValue', of, name, value: attribute(action, 'value') }
  const rule = onlyChild(requiredChild(action, 'Rule'))
  return {
    kind: 'modifyValue',
    of,
    name,
    operation: rule.name === 'AddValue' ? 'add' : 'multiply',
    by: numberAttribute(rule, 'value'),
  }
}

function parseEntityAction(element: XmlElement, context: ParseContext): ActionContent {
  const entity = context.entityRef(element)
  const action = onlyChild(element)
  if (action.name === 'DeleteEntityAction') return { kind: 'entityPresence', entity, position: null }
  return {
    kind: 'entityPresence',
    entity,
    position: parsePosition(requiredChild(action, 'Position'), context),
  }
}

function parseInfrastructure(element: XmlElement): ActionContent {
  const action = onlyChild(onlyChild(element))
  if (action.name === 'TrafficSignalStateAction')
    return {
      kind: 'trafficSignalState',
      signal: attribute(action, 'name'),
      state: attribute(action, 'state'),
    }
  return {
    kind: 'trafficSignalPhase',
    controller: attribute(action, 'trafficSignalControllerRef'),
    phase: attribute(action, 'phase'),
  }
}

/** The content of a `<GlobalAction>`. */
export function parseGlobalAction(element: XmlElement, context: ParseContext): ActionContent {
  return context.notes.orElse(
    () => readGlobalAction(element, context),
    () => ({ kind: 'nothing' }),
  )
}

function readGlobalAction(element: XmlElement, context: ParseContext): ActionContent {
  const action = onlyChild(element)
  switch (action.name) {
    case 'EnvironmentAction': {
      const reference = optionalChild(action, 'CatalogReference')
      const environment = reference ? context.fromCatalog(reference) : requiredChild(action, 'Environment')
      return { kind: 'environment', environment: parseEnvironment(environment, context.notes) }
    }
    case 'EntityAction':
      return parseEntityAction(action, context)
    case 'ParameterAction':
      return parseValueAction(action, 'parameter')
    case 'VariableAction':
      return parseValueAction(action, 'variable')
    case 'SetMonitorAction':
      return {
        kind: 'setValue',
        of: 'monitor',
        name: attribute(action, 'monitorRef'),
        value: attribute(action, 'value'),
      }
    case 'InfrastructureAction':
      return parseInfrastructure(action)
    case 'TrafficAction':
      return parseTraffic(action, context)
    default:
      throw schemaError(action, 'is no action on the whole scenario')
  }
}

/** A phase may last for ever. */
function durationOf(phase: XmlElement): number {
  attribute(phase, 'duration')
  return limitAttribute(phase, 'duration')
}

/** `<TrafficSignals>` of the road network. */
export function parseTrafficSignals(element: XmlElement | null): TrafficSignalProgram[] {
  if (!element) return []
  return childrenOf(element, 'TrafficSignalController').map((controller) => {
    return {
      name: attribute(controller, 'name'),
      delayS: positiveAttribute(controller, 'delay', 0),
      reference: controller.attributes.reference ?? null,
      phases: childrenOf(controller, 'Phase').map((phase) => {
        return {
          name: attribute(phase, 'name'),
          durationS: durationOf(phase),
          states: childrenOf(phase, 'TrafficSignalState').map((state) => ({
            signal: attribute(state, 'trafficSignalId'),
            state: attribute(state, 'state'),
          })),
        }
      }),
    }
  })
}

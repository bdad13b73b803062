import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  numberAttribute,
  onlyChild,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parseEnvironment } from './parse-environment.ts'
import { parsePosition } from './parse-position.ts'
import type { ActionContent, TrafficSignalProgram } from './scenario.ts'

function parseValueAction(
  element: XmlElement,
  of: 'parameter' | 'variable',
  prefix: 'Parameter' | 'Variable',
): ActionContent {
  const action = onlyChild(element)
  const name = attribute(element, `${of}Ref`)
  if (action.name === 'SetAction' || action.name === `${prefix}SetAction`)
    return { kind: 'setValue', of, name, value: attribute(action, 'value') }
  if (action.name !== 'ModifyAction')
    throw schemaError(action, 'is not supported; supported are SetAction, ModifyAction')
  const rule = onlyChild(requiredChild(action, 'Rule'))
  if (rule.name !== 'AddValue' && rule.name !== 'MultiplyByValue')
    throw schemaError(rule, 'is not supported; supported are AddValue, MultiplyByValue')
  return {
    kind: 'modifyValue',
    of,
    name,
    operation: rule.name === 'AddValue' ? 'add' : 'multiply',
    by: numberAttribute(rule, 'value'),
  }
}

function parseEntityAction(element: XmlElement, context: ParseContext): ActionContent {
  const entity = context.entityOf(element, attribute(element, 'entityRef'))
  const action = onlyChild(element)
  if (action.name === 'DeleteEntityAction') return { kind: 'entityPresence', entity, position: null }
  if (action.name !== 'AddEntityAction')
    throw schemaError(action, 'is not supported; supported are AddEntityAction, DeleteEntityAction')
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
  if (action.name !== 'TrafficSignalControllerAction')
    throw schemaError(
      action,
      'is not supported; supported are TrafficSignalStateAction, TrafficSignalControllerAction',
    )
  allowOnly(action, [])
  return {
    kind: 'trafficSignalPhase',
    controller: attribute(action, 'trafficSignalControllerRef'),
    phase: attribute(action, 'phase'),
  }
}

/** The content of a `<GlobalAction>`; `fromCatalog` gives entries of catalogs of environments. */
export function parseGlobalAction(
  element: XmlElement,
  context: ParseContext,
  fromCatalog: (reference: XmlElement) => XmlElement,
): ActionContent {
  const action = onlyChild(element)
  switch (action.name) {
    case 'EnvironmentAction': {
      const reference = optionalChild(action, 'CatalogReference')
      const environment = reference ? fromCatalog(reference) : requiredChild(action, 'Environment')
      return { kind: 'environment', environment: parseEnvironment(environment) }
    }
    case 'EntityAction':
      return parseEntityAction(action, context)
    case 'ParameterAction':
      return parseValueAction(action, 'parameter', 'Parameter')
    case 'VariableAction':
      return parseValueAction(action, 'variable', 'Variable')
    case 'InfrastructureAction':
      return parseInfrastructure(action)
    default:
      throw schemaError(
        action,
        'is not supported; supported are EnvironmentAction, EntityAction, ParameterAction, VariableAction, InfrastructureAction',
      )
  }
}

/** `<TrafficSignals>` of the road network. */
export function parseTrafficSignals(element: XmlElement | null): TrafficSignalProgram[] {
  if (!element) return []
  allowOnly(element, ['TrafficSignalController'])
  return childrenOf(element, 'TrafficSignalController').map((controller) => {
    allowOnly(controller, ['Phase'])
    return {
      name: attribute(controller, 'name'),
      delayS: numberAttribute(controller, 'delay', 0),
      reference: controller.attributes.reference ?? null,
      phases: childrenOf(controller, 'Phase').map((phase) => {
        allowOnly(phase, ['TrafficSignalState'])
        return {
          name: attribute(phase, 'name'),
          durationS: numberAttribute(phase, 'duration'),
          states: childrenOf(phase, 'TrafficSignalState').map((state) => ({
            signal: attribute(state, 'trafficSignalId'),
            state: attribute(state, 'state'),
          })),
        }
      }),
    }
  })
}

import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { knownOpenScenario } from './known-openscenario.ts'
import type { Parameters } from './parameters.ts'
import { declaredParameters, resolveTree } from './parameters.ts'
import { parsePrivateAction } from './parse-action.ts'
import { parseGlobalAction, parseTrafficSignals } from './parse-global-action.ts'
import { parseEntities } from './parse-entities.ts'
import { ParseContext, ParseMemo } from './parse-context.ts'
import { parseTrigger } from './parse-trigger.ts'
import type { ElementType, Scenario, StoryElement } from './scenario.ts'
import { noEntity } from './scenario.ts'

/** Catalog files of the scenario by the name of the catalog. */
export type Catalogs = ReadonlyMap<string, XmlElement>

function catalogEntry(catalogs: Catalogs, reference: XmlElement): XmlElement {
  const catalog = catalogs.get(attribute(reference, 'catalogName'))
  if (!catalog)
    throw schemaError(
      reference,
      `names the catalog ${attribute(reference, 'catalogName')}, which is not there`,
    )
  const entry = catalog.children.find((child) => child.attributes.name === attribute(reference, 'entryName'))
  if (!entry)
    throw schemaError(
      reference,
      `names ${attribute(reference, 'entryName')}, which is not in the catalog ${attribute(catalog, 'name')}`,
    )
  knownOpenScenario.check(entry)
  const assignments = optionalChild(reference, 'ParameterAssignments')
  const assigned = new Map(
    (assignments ? childrenOf(assignments, 'ParameterAssignment') : []).map((assignment) => [
      attribute(assignment, 'parameterRef'),
      attribute(assignment, 'value'),
    ]),
  )
  return resolveTree(entry, declaredParameters(optionalChild(entry, 'ParameterDeclarations'), assigned))
}

function element(
  type: ElementType,
  source: XmlElement,
  children: StoryElement[],
  more: Partial<StoryElement> = {},
): StoryElement {
  return {
    type,
    name: attribute(source, 'name'),
    start: null,
    stop: null,
    children,
    maximumExecutions: 1,
    priority: 'parallel',
    action: null,
    ...more,
  }
}

/** Empty declarations are usual; parameters of a part of the storyboard are not known. */
function declaresNothing(source: XmlElement): void {
  const declarations = optionalChild(source, 'ParameterDeclarations')
  if (declarations) allowOnly(declarations, [])
}

function parseEvent(source: XmlElement, actors: number[], context: ParseContext): StoryElement {
  allowOnly(source, ['Action', 'StartTrigger'])
  const actions = childrenOf(source, 'Action').flatMap((action) => {
    allowOnly(action, ['PrivateAction', 'GlobalAction'])
    const global = optionalChild(action, 'GlobalAction')
    if (global) {
      const done = parseGlobalAction(global, context, context.fromCatalog)
      return [element('action', action, [], { action: { entity: noEntity, content: done } })]
    }
    const content = parsePrivateAction(requiredChild(action, 'PrivateAction'), context)
    return actors.map((entity) => element('action', action, [], { action: { entity, content } }))
  })
  const priority = choiceAttribute(source, 'priority', ['overwrite', 'override', 'skip', 'parallel'])
  return element('event', source, actions, {
    start: parseTrigger(optionalChild(source, 'StartTrigger'), context),
    maximumExecutions: numberAttribute(source, 'maximumExecutionCount', 1),
    priority: priority === 'override' ? 'overwrite' : priority,
  })
}

function parseGroup(source: XmlElement, context: ParseContext): StoryElement {
  allowOnly(source, ['Actors', 'CatalogReference', 'Maneuver'])
  const actors = requiredChild(source, 'Actors')
  if (actors.attributes.selectTriggeringEntities === 'true')
    throw schemaError(actors, 'is not supported with selectTriggeringEntities="true"')
  const entities = childrenOf(actors, 'EntityRef').map((ref) =>
    context.entityOf(ref, attribute(ref, 'entityRef')),
  )
  const held = source.children.filter(({ name }) => name !== 'Actors')
  const maneuvers = held.map((holder) => {
    const maneuver = holder.name === 'CatalogReference' ? context.fromCatalog(holder) : holder
    if (maneuver.name !== 'Maneuver') throw schemaError(holder, 'names an entry that is no Maneuver')
    if (holder.name === 'CatalogReference') {
      const events = childrenOf(maneuver, 'Event').map((event) => parseEvent(event, entities, context))
      return element('maneuver', maneuver, events)
    }
    allowOnly(maneuver, ['ParameterDeclarations', 'Event'])
    declaresNothing(maneuver)
    const events = childrenOf(maneuver, 'Event').map((event) => parseEvent(event, entities, context))
    return element('maneuver', maneuver, events)
  })
  return element('maneuverGroup', source, maneuvers, {
    maximumExecutions: numberAttribute(source, 'maximumExecutionCount'),
  })
}

function parseStory(source: XmlElement, context: ParseContext): StoryElement {
  allowOnly(source, ['ParameterDeclarations', 'Act'])
  declaresNothing(source)
  const acts = childrenOf(source, 'Act').map((act) => {
    allowOnly(act, ['ManeuverGroup', 'StartTrigger', 'StopTrigger'])
    const groups = childrenOf(act, 'ManeuverGroup').map((group) => parseGroup(group, context))
    return element('act', act, groups, {
      start: parseTrigger(optionalChild(act, 'StartTrigger'), context),
      stop: parseTrigger(optionalChild(act, 'StopTrigger'), context),
    })
  })
  return element('story', source, acts)
}

function parseInit(init: XmlElement, context: ParseContext): Scenario['init'] {
  allowOnly(init, ['Actions'])
  const actions = requiredChild(init, 'Actions')
  allowOnly(actions, ['Private', 'GlobalAction'])
  return actions.children.flatMap((held) => {
    if (held.name === 'GlobalAction')
      return [{ entity: noEntity, content: parseGlobalAction(held, context, context.fromCatalog) }]
    allowOnly(held, ['PrivateAction'])
    const entity = context.entityOf(held, attribute(held, 'entityRef'))
    return childrenOf(held, 'PrivateAction').map((action) => ({
      entity,
      content: parsePrivateAction(action, context),
    }))
  })
}

/**
 * A scenario of an OpenSCENARIO XML 1.0–1.3 file, its parameters replaced by `overrides` or their defaults. Throws
 * `drive-file-invalid`, `parameter-unknown` or `parameter-constraint`.
 */
export function parseOpenScenario(
  root: XmlElement,
  catalogs: Catalogs,
  overrides: Parameters = new Map(),
): Scenario {
  const parameters = declaredParameters(optionalChild(root, 'ParameterDeclarations'), overrides)
  return instantiate(root, catalogs, parameters, new ParseMemo())
}

/**
 * The same with every parameter given and checked already. With one `memo` for many combinations of one file's parameters, what names none
 * is read once.
 */
export function instantiate(
  root: XmlElement,
  catalogs: Catalogs,
  parameters: Parameters,
  memo: ParseMemo,
): Scenario {
  if (root.name !== 'OpenSCENARIO') throw schemaError(root, 'was found where <OpenSCENARIO> was expected')
  knownOpenScenario.check(root)
  allowOnly(root, [
    'FileHeader',
    'ParameterDeclarations',
    'VariableDeclarations',
    'CatalogLocations',
    'RoadNetwork',
    'Entities',
    'Storyboard',
  ])
  const resolved = (name: string) => resolveTree(requiredChild(root, name), parameters)
  const objects = resolved('Entities')
  const names = childrenOf(objects, 'ScenarioObject').map((object) => attribute(object, 'name'))
  memo.useFor(names)
  const fromCatalog = (reference: XmlElement) => catalogEntry(catalogs, reference)
  const context = new ParseContext(names, memo, fromCatalog)
  const roads = resolved('RoadNetwork')
  allowOnly(roads, ['LogicFile', 'SceneGraphFile', 'TrafficSignals', 'UsedArea'])
  const trafficSignals = parseTrafficSignals(optionalChild(roads, 'TrafficSignals'))
  const declared = optionalChild(root, 'VariableDeclarations')
  const variables = declared && parseVariables(resolveTree(declared, parameters))
  const storyboard = resolved('Storyboard')
  allowOnly(storyboard, ['Init', 'Story', 'StopTrigger'])
  return {
    file: root.file,
    roadFile: attribute(requiredChild(roads, 'LogicFile'), 'filepath'),
    entities: parseEntities(objects, fromCatalog, memo),
    init: parseInit(requiredChild(storyboard, 'Init'), context),
    stories: childrenOf(storyboard, 'Story').map((story) =>
      memo.of(story, (source) => parseStory(source, context)),
    ),
    stop: parseTrigger(optionalChild(storyboard, 'StopTrigger'), context),
    ...(parameters.size === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...(variables ? { variables } : {}),
    ...(trafficSignals.length === 0 ? {} : { trafficSignals }),
  }
}

function parseVariables(element: XmlElement): Record<string, string> {
  allowOnly(element, ['VariableDeclaration'])
  return Object.fromEntries(
    childrenOf(element, 'VariableDeclaration').map((variable) => [
      attribute(variable, 'name'),
      attribute(variable, 'value'),
    ]),
  )
}

import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, optionalChild, requiredChild, schemaError } from '../xml/xml-element.ts'
import { checkReferences, noteBrokenRules } from './broken-rules.ts'
import type { Parameters } from './parameters.ts'
import { declaredParameters, resolveTree } from './parameters.ts'
import { parseTrafficSignals } from './parse-global-action.ts'
import { parseEntities } from './parse-entities.ts'
import { ParseContext, ParseMemo } from './parse-context.ts'
import { parseInit, parseStories } from './parse-storyboard.ts'
import { parseTrigger } from './parse-trigger.ts'
import { ReadingNotes } from './reading-notes.ts'
import type { Scenario } from './scenario.ts'
import { openScenarioTable } from './schema/openscenario-table.ts'

/** Catalog files of the scenario by the name of the catalog. */
export type Catalogs = ReadonlyMap<string, XmlElement>

/** The entry that a `<CatalogReference>` names. Only entries that somebody uses are looked at. */
function catalogEntry(
  catalogs: Catalogs,
  reference: XmlElement,
  outer: Parameters,
  notes: ReadingNotes,
): XmlElement {
  const catalogName = attribute(reference, 'catalogName')
  const entryName = attribute(reference, 'entryName')
  const catalog = catalogs.get(catalogName)
  if (!catalog) {
    const missing = [...notes.missingCatalogs]
    const unknown = schemaError(
      reference,
      `names the catalog ${catalogName}, which is not in the folders of <CatalogLocations>; there are: ${[...catalogs.keys()].join(', ') || 'none'}${missing.length > 0 ? `. There is no ${missing.join(', no ')}: with --maps DIR they are looked for below DIR too` : ''}`,
    )
    if (missing.length === 0) throw unknown
    throw new InvalidInputError({
      code: 'file-not-found',
      message: unknown.message,
      details: { missing },
    })
  }
  const found = catalog.children.filter((child) => child.attributes.name === entryName)
  const [entry] = found
  if (!entry) throw schemaError(reference, `names ${entryName}, which is not in the catalog ${catalogName}`)
  const [, second] = found
  if (second && second.file === entry.file)
    throw schemaError(reference, `names ${entryName}, which is in the catalog ${catalogName} more than once`)
  notes.take(openScenarioTable.check(entry))
  notes.once(`entry ${entry.file}:${entry.line}`, () => noteBrokenRules(entry, notes))
  const assignments = optionalChild(reference, 'ParameterAssignments')
  const assigned = new Map(
    (assignments ? childrenOf(assignments, 'ParameterAssignment') : []).map((assignment) => [
      attribute(assignment, 'parameterRef'),
      attribute(assignment, 'value'),
    ]),
  )
  const declarations = optionalChild(entry, 'ParameterDeclarations')
  // Some entries use parameters of the scenario that they do not declare.
  const parameters = new Map([...outer, ...declaredParameters(declarations, assigned, reference)])
  // The entry's own declarations have been used up.
  const children = entry.children.filter((child) => child !== declarations)
  return resolveTree(declarations ? { ...entry, children } : entry, parameters)
}

/**
 * A scenario of an OpenSCENARIO XML 1.0–1.3 file, its parameters replaced by `overrides` or their defaults. Throws
 * `drive-file-invalid`, `parameter-unknown` or `parameter-constraint`.
 */
export function parseOpenScenario(
  root: XmlElement,
  catalogs: Catalogs,
  overrides: Parameters = new Map(),
  notes: ReadingNotes = new ReadingNotes(),
): Scenario {
  const parameters = declaredParameters(optionalChild(root, 'ParameterDeclarations'), overrides)
  return instantiate(root, catalogs, parameters, new ParseMemo(), notes)
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
  notes: ReadingNotes = new ReadingNotes(),
): Scenario {
  if (root.name !== 'OpenSCENARIO') throw schemaError(root, 'was found where <OpenSCENARIO> was expected')
  notes.take(openScenarioTable.check(root))
  const resolved = (name: string) => resolveTree(requiredChild(root, name), parameters)
  const objects = resolved('Entities')
  const fromCatalog = (reference: XmlElement) => catalogEntry(catalogs, reference, parameters, notes)
  const entities = parseEntities(objects, fromCatalog, memo, notes)
  memo.useFor(entities.map(({ name }) => name))
  const context = new ParseContext(entities, memo, fromCatalog, notes)
  for (const selection of childrenOf(objects, 'EntitySelection')) context.addSelection(selection)
  const roads = optionalChild(root, 'RoadNetwork') && resolved('RoadNetwork')
  if (!roads) notes.breaks(schemaError(root, 'needs a <RoadNetwork>: the ground is open'))
  const trafficSignals = parseTrafficSignals(roads && optionalChild(roads, 'TrafficSignals'))
  const declared = (name: string, child: string) => {
    const found = optionalChild(root, name)
    return found && parseValues(resolveTree(found, parameters), child)
  }
  const variables = declared('VariableDeclarations', 'VariableDeclaration')
  const monitors = declared('MonitorDeclarations', 'MonitorDeclaration')
  const storyboard = resolved('Storyboard')
  const logic = roads && optionalChild(roads, 'LogicFile')
  const stories = parseStories(storyboard, context)
  notes.once('references', () => {
    noteBrokenRules(root, notes)
    checkReferences(
      storyboard,
      {
        stories,
        parameters: new Set(parameters.keys()),
        variables: new Set(Object.keys(variables ?? {})),
        trafficSignals,
      },
      notes,
    )
  })
  return {
    file: root.file,
    roadFile: logic ? attribute(logic, 'filepath') : '',
    entities,
    init: parseInit(requiredChild(storyboard, 'Init'), context),
    stories,
    stop: parseTrigger(optionalChild(storyboard, 'StopTrigger'), context),
    ...(parameters.size === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...(variables ? { variables } : {}),
    ...(monitors ? { monitors } : {}),
    ...(trafficSignals.length === 0 ? {} : { trafficSignals }),
    ...(notes.isLenient ? { isLenient: true } : {}),
  }
}

/** Names with the values that they begin with. */
function parseValues(element: XmlElement, child: string): Record<string, string> {
  return Object.fromEntries(
    childrenOf(element, child).map((variable) => [attribute(variable, 'name'), attribute(variable, 'value')]),
  )
}

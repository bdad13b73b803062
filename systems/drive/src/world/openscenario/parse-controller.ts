import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { CatalogLookUp } from './parse-context.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { ControllerSettings } from './scenario.ts'

/** Names of kinds of controllers that are the one that there is here: they keep the lane and their distance. */
const ownKinds = /^(acc|alks)(_?controller)?$/i
/** Properties that only it has. */
const ownProperties = ['timeGap', 'setSpeed', 'lateralDist']

export interface ParsedController {
  name: string
  settings: ControllerSettings | null
  /** What kind it is, where it is none of ours. */
  foreignKind: string | null
}

function propertiesOf(controller: XmlElement): Map<string, XmlElement> {
  const properties = optionalChild(controller, 'Properties')
  return new Map(
    (properties ? childrenOf(properties, 'Property') : []).map((property) => [
      attribute(property, 'name'),
      property,
    ]),
  )
}

function settingsOf(properties: ReadonlyMap<string, XmlElement>): ControllerSettings {
  const number = (name: string) => {
    const property = properties.get(name)
    return property && positiveAttribute(property, 'value')
  }
  const mode = properties.get('mode')
  const override = mode?.attributes.value === 'override'
  if (mode && !override && mode.attributes.value !== 'additive')
    throw schemaError(mode, 'is not supported with another mode; supported are additive, override')
  const [timeGapS, setSpeedMps, lateralReachM] = ['timeGap', 'setSpeed', 'lateralDist'].map(number)
  return {
    ...(timeGapS === undefined ? {} : { timeGapS }),
    ...(setSpeedMps === undefined ? {} : { setSpeedMps }),
    ...(lateralReachM === undefined ? {} : { lateralReachM }),
    ...(override ? { isOverride: true } : {}),
  }
}

/**
 * A `<Controller>`: what it does is between its author and the simulator that it was written for. One that keeps its lane and distance, by its property
 * `esminiController` or its name, or by these properties, is there, with properties named as esmini's adaptive cruise control has them: `timeGap` (s), `setSpeed` (m/s),
 * `lateralDist` (m), `mode` (`additive` or `override`). Any other is foreign.
 */
export function parseController(controller: XmlElement): ParsedController {
  if (controller.name !== 'Controller')
    throw schemaError(controller, 'was found where a <Controller> was expected')
  const properties = propertiesOf(controller)
  const name = attribute(controller, 'name')
  const named = properties.get('esminiController')?.attributes.value
  const kind = named ?? name
  const virtual = properties.get('virtual')
  const isOwn =
    ownKinds.test(kind) || (named === undefined && ownProperties.some((property) => properties.has(property)))
  const isForeign = !isOwn || (virtual !== undefined && booleanAttribute(virtual, 'value'))
  if (isForeign) return { name, settings: { isForeign: true }, foreignKind: kind }
  const settings = settingsOf(properties)
  return { name, settings: Object.keys(settings).length === 0 ? null : settings, foreignKind: null }
}

/** The controller that an element holds or refers to; one that its catalog does not have is foreign, with a note: nobody knows what it would do. */
export function controllerIn(
  holder: XmlElement,
  fromCatalog: CatalogLookUp,
  notes: ReadingNotes,
): ParsedController {
  const reference = optionalChild(holder, 'CatalogReference')
  if (!reference) return parseController(requiredChild(holder, 'Controller'))
  let found: XmlElement
  try {
    found = fromCatalog(reference)
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    notes.breaks(error)
    const name = attribute(reference, 'entryName')
    return { name, settings: { isForeign: true }, foreignKind: name }
  }
  return parseController(found)
}

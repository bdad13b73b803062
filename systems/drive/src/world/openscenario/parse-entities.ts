import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  numberAttribute,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { parseControllerSettings } from './parse-controller.ts'
import { ParseMemo } from './parse-context.ts'
import type { Entity } from './scenario.ts'

/** Gives the entry of a catalog, with its parameters resolved. */
export type CatalogLookUp = (reference: XmlElement) => XmlElement

const kinds = { Vehicle: 'vehicle', Pedestrian: 'pedestrian', MiscObject: 'miscObject' } as const

const categories = {
  vehicle: 'vehicleCategory',
  pedestrian: 'pedestrianCategory',
  miscObject: 'miscObjectCategory',
} as const

function parseProperties(object: XmlElement): Record<string, string> {
  const properties = optionalChild(object, 'Properties')
  if (!properties) return {}
  return Object.fromEntries(
    childrenOf(properties, 'Property').map((property) => [
      attribute(property, 'name'),
      attribute(property, 'value'),
    ]),
  )
}

type EntityObject = Omit<Entity, 'name' | 'controller'>

function parseObject(object: XmlElement, kind: Entity['kind']): EntityObject {
  const box = requiredChild(object, 'BoundingBox')
  const centre = requiredChild(box, 'Center')
  const size = requiredChild(box, 'Dimensions')
  const performance = optionalChild(object, 'Performance')
  const limit = (name: string) => (performance ? numberAttribute(performance, name) : Infinity)
  return {
    kind,
    category: object.attributes[categories[kind]] ?? '',
    properties: parseProperties(object),
    body: {
      centreX: numberAttribute(centre, 'x'),
      centreY: numberAttribute(centre, 'y'),
      length: numberAttribute(size, 'length'),
      width: numberAttribute(size, 'width'),
      height: numberAttribute(size, 'height'),
    },
    maxSpeedMps: limit('maxSpeed'),
    maxAccelerationMps2: limit('maxAcceleration'),
    maxDecelerationMps2: limit('maxDeceleration'),
  }
}

function parseEntity(element: XmlElement, fromCatalog: CatalogLookUp, memo: ParseMemo): Entity {
  allowOnly(element, ['CatalogReference', 'Vehicle', 'Pedestrian', 'MiscObject', 'ObjectController'])
  const reference = optionalChild(element, 'CatalogReference')
  const object = reference
    ? fromCatalog(reference)
    : element.children.find((child) => child.name !== 'ObjectController')
  const kind = object && object.name in kinds ? kinds[object.name as keyof typeof kinds] : undefined
  if (!object || !kind) throw schemaError(object ?? element, 'is no Vehicle, Pedestrian or MiscObject')
  const controller = optionalChild(element, 'ObjectController')
  const controllerReference = controller && optionalChild(controller, 'CatalogReference')
  const controllerEntry = controllerReference ? fromCatalog(controllerReference) : controller?.children[0]
  const settings = controllerEntry ? parseControllerSettings(controllerEntry) : null
  return {
    ...memo.of(object, () => parseObject(object, kind)),
    name: attribute(element, 'name'),
    controller: controllerEntry ? attribute(controllerEntry, 'name') : null,
    ...(settings ? { controllerSettings: settings } : {}),
  }
}

/** The entities in the order of the file. Throws for two of one name. */
export function parseEntities(
  element: XmlElement,
  fromCatalog: CatalogLookUp,
  memo: ParseMemo = new ParseMemo(),
): Entity[] {
  allowOnly(element, ['ScenarioObject'])
  const names = new Set<string>()
  return childrenOf(element, 'ScenarioObject').map((object) => {
    const entity = parseEntity(object, fromCatalog, memo)
    if (names.has(entity.name)) throw schemaError(object, `repeats the name ${entity.name}`)
    names.add(entity.name)
    return entity
  })
}

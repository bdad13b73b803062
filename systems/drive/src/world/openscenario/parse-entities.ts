import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  limitAttribute,
  numberAttribute,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { controllerIn } from './parse-controller.ts'
import type { CatalogLookUp } from './parse-context.ts'
import { ParseMemo } from './parse-context.ts'
import { ReadingNotes } from './reading-notes.ts'
import type { Entity } from './scenario.ts'

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

function joint(object: XmlElement, name: 'TrailerHitch' | 'TrailerCoupler'): number | undefined {
  const found = optionalChild(object, name)
  return found ? numberAttribute(found, 'dx') : undefined
}

function parseObject(object: XmlElement, kind: Entity['kind']): EntityObject {
  const box = requiredChild(object, 'BoundingBox')
  const centre = requiredChild(box, 'Center')
  const size = requiredChild(box, 'Dimensions')
  const performance = optionalChild(object, 'Performance')
  const limit = (name: string) => {
    if (!performance) return Infinity
    // It has to be there, but may say that there is none.
    attribute(performance, name)
    return limitAttribute(performance, name)
  }
  const hitchX = joint(object, 'TrailerHitch')
  const couplerX = joint(object, 'TrailerCoupler')
  return {
    kind,
    category: object.attributes[categories[kind]] ?? '',
    properties: parseProperties(object),
    body: {
      centreX: numberAttribute(centre, 'x'),
      centreY: numberAttribute(centre, 'y'),
      length: positiveAttribute(size, 'length'),
      width: positiveAttribute(size, 'width'),
      height: positiveAttribute(size, 'height'),
    },
    maxSpeedMps: limit('maxSpeed'),
    maxAccelerationMps2: limit('maxAcceleration'),
    maxDecelerationMps2: limit('maxDeceleration'),
    ...(hitchX === undefined ? {} : { hitchX }),
    ...(couplerX === undefined ? {} : { couplerX }),
  }
}

/** What reading entities needs beside them. */
interface Reading {
  fromCatalog: CatalogLookUp
  memo: ParseMemo
  notes: ReadingNotes
}

function controllersOf(
  element: XmlElement,
  name: string,
  { fromCatalog, notes }: Reading,
): Pick<Entity, 'controller' | 'controllerSettings' | 'otherControllers'> {
  const found = childrenOf(element, 'ObjectController')
    // An empty one says that there is none.
    .filter(({ children }) => children.length > 0)
    .map((holder) => {
      const { settings, foreignKind, name: ofEntry } = controllerIn(holder, fromCatalog, notes)
      if (foreignKind !== null) remarkForeign(notes, name, foreignKind)
      return { name: holder.attributes.name ?? ofEntry, settings }
    })
  const [first, ...others] = found
  return {
    controller: first?.name ?? null,
    ...(first?.settings ? { controllerSettings: first.settings } : {}),
    ...(others.length > 0 ? { otherControllers: others } : {}),
  }
}

/** A controller of another simulator is no reason to refuse a scenario: by the standard its entity then does what the storyboard says. */
export function remarkForeign(notes: ReadingNotes, entity: string, kind: string): void {
  notes.remark(
    `The controller ${kind} of ${entity} is not one of ours: until a driver takes it, ${entity} does what the storyboard says and keeps its lane.`,
  )
}

/**
 * An entity, and after it the trailers that its vehicle holds. These are named for who draws them, with a +: the name that they have in a catalog is that of
 * every vehicle made of the entry.
 */
function parseEntity(element: XmlElement, reading: Reading, name = attribute(element, 'name')): Entity[] {
  const { fromCatalog, memo } = reading
  const reference = optionalChild(element, 'CatalogReference')
  const object = reference
    ? fromCatalog(reference)
    : element.children.find((child) => child.name !== 'ObjectController')
  const kind = object && object.name in kinds ? kinds[object.name as keyof typeof kinds] : undefined
  if (!object || !kind) throw schemaError(object ?? element, 'is no Vehicle, Pedestrian or MiscObject')
  const trailer = optionalChild(object, 'Trailer')
  const held = trailer && optionalChild(trailer, 'Trailer')
  const drawn = held ? parseEntity(held, reading, `${name}+`) : []
  const reached = trailer && (optionalChild(trailer, 'TrailerRef') ?? optionalChild(trailer, 'EntityRef'))
  const named = reached?.attributes.entityRef
  const trailerName = drawn[0]?.name ?? named
  return [
    {
      ...memo.of(object, () => parseObject(object, kind)),
      name,
      ...controllersOf(element, name, reading),
      ...(trailerName ? { trailer: trailerName } : {}),
    },
    ...drawn,
  ]
}

function checkTrailers(element: XmlElement, entities: readonly Entity[]): void {
  const drawnBy = new Map<string, string>()
  for (const { name, trailer, hitchX } of entities) {
    if (trailer === undefined) continue
    const drawn = entities.find((entity) => entity.name === trailer)
    if (!drawn) throw schemaError(element, `holds ${name}, whose trailer ${trailer} is not there`)
    if (hitchX === undefined || drawn.couplerX === undefined)
      throw schemaError(
        element,
        `holds ${name} and its trailer ${trailer}, without a <TrailerHitch> and <TrailerCoupler>`,
      )
    if (drawnBy.has(trailer) || trailer === name)
      throw schemaError(
        element,
        `holds ${trailer}, which is drawn by ${name} and ${drawnBy.get(trailer) ?? name}`,
      )
    drawnBy.set(trailer, name)
  }
}

/** Stands in for what is not known of an entity where a file is read leniently. */
const usualCar: Omit<Entity, 'name'> = {
  kind: 'vehicle',
  category: 'car',
  properties: {},
  body: { centreX: 1.4, centreY: 0, length: 4.6, width: 1.9, height: 1.5 },
  maxSpeedMps: 60,
  maxAccelerationMps2: 5,
  maxDecelerationMps2: 10,
  controller: null,
}

/** The entities in the order of the file, trailers after who draws them. Throws for two of one name. */
export function parseEntities(
  element: XmlElement,
  fromCatalog: CatalogLookUp,
  memo: ParseMemo = new ParseMemo(),
  notes: ReadingNotes = new ReadingNotes(),
): Entity[] {
  const names = new Set<string>()
  const entities = childrenOf(element, 'ScenarioObject').flatMap((object) => {
    const found = notes.orElse(
      () => parseEntity(object, { fromCatalog, memo, notes }),
      () => {
        const name = attribute(object, 'name')
        const { length, width } = usualCar.body
        notes.remark(`In place of ${name} there is a car ${length} m long and ${width} m wide.`)
        return [{ ...usualCar, name }]
      },
    )
    for (const { name } of found) {
      if (names.has(name)) throw schemaError(object, `repeats the name ${name}`)
      names.add(name)
    }
    return found
  })
  checkTrailers(element, entities)
  return entities
}

import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  schemaError,
} from '../xml/xml-element.ts'
import { extras, given } from './parse-extras.ts'
import { parseValidity } from './parse-signals.ts'
import type { ObjectOutline, ObjectRepeat, OutlineCorner, RoadObject, RoadStructure } from './road.ts'

/** Known children of an object; what is not read (looks, payment) has no meaning for motion. */
const objectChildren = [
  'repeat',
  'outline',
  'outlines',
  'skeleton',
  'material',
  'validity',
  'parkingSpace',
  'markings',
  'borders',
  'surface',
  ...extras,
]

function parseCorner(corner: XmlElement): OutlineCorner {
  if (corner.name === 'cornerRoad')
    return {
      kind: 'road',
      a: numberAttribute(corner, 's'),
      b: numberAttribute(corner, 't'),
      z: numberAttribute(corner, 'dz', 0),
      height: numberAttribute(corner, 'height', 0),
    }
  if (corner.name !== 'cornerLocal')
    throw schemaError(corner, 'is no corner; supported are cornerRoad, cornerLocal')
  return {
    kind: 'local',
    a: numberAttribute(corner, 'u'),
    b: numberAttribute(corner, 'v'),
    z: numberAttribute(corner, 'z', 0),
    height: numberAttribute(corner, 'height', 0),
  }
}

function parseOutlines(object: XmlElement): ObjectOutline[] {
  const holders = [object, ...childrenOf(object, 'outlines')]
  return holders
    .flatMap((held) => childrenOf(held, 'outline'))
    .map((outline) => ({
      isClosed: outline.attributes.closed !== 'false',
      isOuter: outline.attributes.outer !== 'false',
      corners: outline.children.filter(({ name }) => !extras.includes(name)).map(parseCorner),
    }))
}

function parseRepeat(repeat: XmlElement): ObjectRepeat {
  const pair = (name: string, fallback?: number) =>
    [
      numberAttribute(repeat, `${name}Start`, fallback),
      numberAttribute(repeat, `${name}End`, fallback),
    ] as const
  return {
    s: numberAttribute(repeat, 's'),
    length: numberAttribute(repeat, 'length'),
    distance: numberAttribute(repeat, 'distance'),
    t: pair('t'),
    width: repeat.attributes.widthStart === undefined ? null : pair('width'),
    height: pair('height', 0),
    zOffset: pair('zOffset', 0),
  }
}

function parseObject(object: XmlElement): RoadObject {
  allowOnly(object, objectChildren)
  const radius = numberAttribute(object, 'radius', 0)
  const outlines = parseOutlines(object)
  const repeats = childrenOf(object, 'repeat').map(parseRepeat)
  const lanes = parseValidity(object)
  const { name, subtype, orientation } = object.attributes
  return {
    id: attribute(object, 'id'),
    type: object.attributes.type ?? 'none',
    s: numberAttribute(object, 's'),
    t: numberAttribute(object, 't'),
    zOffset: numberAttribute(object, 'zOffset', 0),
    heading: numberAttribute(object, 'hdg', 0),
    length: numberAttribute(object, 'length', 2 * radius),
    width: numberAttribute(object, 'width', 2 * radius),
    height: numberAttribute(object, 'height', 0),
    ...given({ name, subtype }),
    ...(orientation === undefined
      ? {}
      : { orientation: choiceAttribute(object, 'orientation', ['+', '-', 'none']) }),
    ...(outlines.length === 0 ? {} : { outlines }),
    ...(repeats.length === 0 ? {} : { repeats }),
    ...(lanes.length === 0 ? {} : { lanes }),
  }
}

/** `<objects>` of a road: objects, tunnels and bridges. */
export function parseObjects(parent: XmlElement | null): {
  objects: RoadObject[]
  structures: RoadStructure[]
} {
  if (!parent) return { objects: [], structures: [] }
  allowOnly(parent, ['object', 'objectReference', 'tunnel', 'bridge', ...extras])
  const reference = childrenOf(parent, 'objectReference')[0]
  if (reference) throw schemaError(reference, 'is not supported; give the object on this road too')
  const structure =
    (kind: 'tunnel' | 'bridge') =>
    (element: XmlElement): RoadStructure => ({
      kind,
      id: attribute(element, 'id'),
      s: numberAttribute(element, 's'),
      length: numberAttribute(element, 'length'),
      type: element.attributes.type ?? '',
      name: element.attributes.name ?? '',
    })
  return {
    objects: childrenOf(parent, 'object').map(parseObject),
    structures: [
      ...childrenOf(parent, 'tunnel').map(structure('tunnel')),
      ...childrenOf(parent, 'bridge').map(structure('bridge')),
    ],
  }
}

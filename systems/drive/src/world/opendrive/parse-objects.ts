import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, choiceAttribute, numberAttribute, schemaError } from '../xml/xml-element.ts'
import { bounded, extras, given, longestM } from './parse-extras.ts'
import { parseValidity } from './parse-signals.ts'
import type { ObjectOutline, ObjectRepeat, OutlineCorner, RoadObject, RoadStructure } from './road.ts'

function parseCorner(corner: XmlElement): OutlineCorner {
  if (corner.name === 'cornerRoad')
    return {
      kind: 'road',
      a: bounded(corner, 's', longestM),
      b: bounded(corner, 't', longestM),
      z: bounded(corner, 'dz', longestM, 0),
      height: bounded(corner, 'height', longestM, 0),
    }
  if (corner.name !== 'cornerLocal')
    throw schemaError(corner, 'is no corner; supported are cornerRoad, cornerLocal')
  return {
    kind: 'local',
    a: bounded(corner, 'u', longestM),
    b: bounded(corner, 'v', longestM),
    z: bounded(corner, 'z', longestM, 0),
    height: bounded(corner, 'height', longestM, 0),
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

/** Until OpenDRIVE 1.5 a repetition may leave out where it begins and ends to the side; it is the object's place then. */
function parseRepeat(repeat: XmlElement, t: number): ObjectRepeat {
  const pair = (name: string, fallback?: number) =>
    [
      numberAttribute(repeat, `${name}Start`, fallback),
      numberAttribute(repeat, `${name}End`, fallback),
    ] as const
  return {
    s: bounded(repeat, 's', longestM),
    length: bounded(repeat, 'length', longestM),
    distance: bounded(repeat, 'distance', longestM),
    t: pair('t', t),
    width: repeat.attributes.widthStart === undefined ? null : pair('width'),
    height: pair('height', 0),
    zOffset: pair('zOffset', 0),
  }
}

function parseObject(object: XmlElement): RoadObject {
  const radius = bounded(object, 'radius', longestM, 0)
  const outlines = parseOutlines(object)
  const t = bounded(object, 't', longestM)
  const repeats = childrenOf(object, 'repeat').map((repeat) => parseRepeat(repeat, t))
  const lanes = parseValidity(object)
  const { name, subtype, orientation } = object.attributes
  return {
    id: attribute(object, 'id'),
    type: object.attributes.type ?? 'none',
    s: bounded(object, 's', longestM),
    t,
    zOffset: bounded(object, 'zOffset', longestM, 0),
    heading: numberAttribute(object, 'hdg', 0),
    length: bounded(object, 'length', longestM, 2 * radius),
    width: bounded(object, 'width', longestM, 2 * radius),
    height: bounded(object, 'height', longestM, 0),
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
  const structure =
    (kind: 'tunnel' | 'bridge') =>
    (element: XmlElement): RoadStructure => ({
      kind,
      id: attribute(element, 'id'),
      s: bounded(element, 's', longestM),
      length: bounded(element, 'length', longestM),
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

import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import type { Position } from './scenario.ts'

type Orientation = Pick<Position, 'heading' | 'isHeadingRelative' | 'pitch' | 'roll'>

/** Heading of an `<Orientation>`, and whether it counts from the lane's (the default where there is none); pitch and roll where there are any. */
export function orientationOf(element: XmlElement): Orientation {
  const given = optionalChild(element, 'Orientation')
  if (!given) return { heading: 0, isHeadingRelative: true }
  return {
    heading: numberAttribute(given, 'h', 0),
    isHeadingRelative: choiceAttribute(given, 'type', ['relative', 'absolute'], 'absolute') === 'relative',
    ...attitudeOf(given),
  }
}

function attitudeOf(element: XmlElement): Pick<Position, 'pitch' | 'roll'> {
  const [pitch, roll] = [numberAttribute(element, 'p', 0), numberAttribute(element, 'r', 0)]
  return { ...(pitch === 0 ? {} : { pitch }), ...(roll === 0 ? {} : { roll }) }
}

/** A way along the reference line, or the lane's own, of which one has to be there. */
function alongOf(element: XmlElement): { ds: number; isAlongLane?: true } {
  const { ds, dsLane } = element.attributes
  if ((ds === undefined) === (dsLane === undefined)) throw schemaError(element, 'needs either ds or dsLane')
  return ds === undefined
    ? { ds: numberAttribute(element, 'dsLane'), isAlongLane: true }
    : { ds: numberAttribute(element, 'ds') }
}

/** A latitude or longitude, which up to OpenSCENARIO 1.1 are in radians. */
function degreesOf(element: XmlElement, name: 'latitude' | 'longitude', most: number): number {
  const inDegrees = `${name}Deg`
  const degrees =
    element.attributes[inDegrees] === undefined && element.attributes[name] !== undefined
      ? (numberAttribute(element, name) * 180) / Math.PI
      : numberAttribute(element, inDegrees)
  if (Math.abs(degrees) > most)
    throw schemaError(element, `needs a ${name} between -${most}° and ${most}°, got ${degrees}°`)
  return degrees
}

/** The child of a `<Position>` that is no place on a route or a trajectory: those are made of such positions. */
export function parsePlace(position: XmlElement, context: ParseContext): Position {
  const element = onlyChild(position)
  const place = readPlace(element, context)
  if (place.kind === 'lane' || place.kind === 'road' || place.kind === 'earth')
    context.notes.places.push({ position: place, element })
  return place
}

function readPlace(element: XmlElement, context: ParseContext): Position {
  const number = (name: string, fallback?: number) => numberAttribute(element, name, fallback)
  switch (element.name) {
    case 'LanePosition':
      return {
        kind: 'lane',
        road: attribute(element, 'roadId'),
        lane: number('laneId'),
        s: number('s'),
        offset: number('offset', 0),
        ...orientationOf(element),
      }
    case 'RelativeLanePosition':
      return {
        kind: 'relativeLane',
        entity: context.entityRef(element),
        dLane: number('dLane'),
        ...alongOf(element),
        offset: number('offset', 0),
        ...orientationOf(element),
      }
    case 'RoadPosition':
      return {
        kind: 'road',
        road: attribute(element, 'roadId'),
        s: number('s'),
        t: number('t'),
        ...orientationOf(element),
      }
    case 'WorldPosition':
      return {
        kind: 'world',
        x: number('x'),
        y: number('y'),
        heading: number('h', 0),
        isHeadingRelative: false,
        ...attitudeOf(element),
      }
    case 'GeoPosition':
      return {
        kind: 'earth',
        longitudeDeg: degreesOf(element, 'longitude', 180),
        latitudeDeg: degreesOf(element, 'latitude', 90),
        ...orientationOf(element),
      }
    case 'RelativeRoadPosition':
      return {
        kind: 'relativeRoad',
        entity: context.entityRef(element),
        ds: number('ds'),
        dt: number('dt'),
        ...orientationOf(element),
      }
    case 'RelativeObjectPosition':
    case 'RelativeWorldPosition':
      return {
        kind: element.name === 'RelativeObjectPosition' ? 'relativeObject' : 'relativeWorld',
        entity: context.entityRef(element),
        dx: number('dx'),
        dy: number('dy'),
        ...(element.name === 'RelativeObjectPosition' && number('dz', 0) !== 0 ? { dz: number('dz') } : {}),
        ...orientationOf(element),
      }
    default:
      throw schemaError(element, 'is not supported where a trajectory or a route is made of places')
  }
}

import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { GeoReference } from './geo-reference.ts'
import { knownOpenDrive } from './known-opendrive.ts'
import { parseGeometry } from './parse-geometry.ts'
import { given, longestM, numberOr } from './parse-extras.ts'
import { parseJunction } from './parse-junction.ts'
import { parseLaneSections } from './parse-lanes.ts'
import { parseObjects } from './parse-objects.ts'
import { parseProfile, parseSurface } from './parse-profiles.ts'
import { parseSignals } from './parse-signals.ts'
import { parseSpeed } from './parse-speed.ts'
import { ReferenceLine } from './reference-line.ts'
import type { Road, RoadLink, RoadType } from './road.ts'
import { RoadNetwork } from './road-network.ts'

const contacts = ['start', 'end'] as const

/** A `<predecessor>` or `<successor>` of a road. */
function parseLink(element: XmlElement | null): RoadLink | null {
  if (!element) return null
  const id = attribute(element, 'elementId')
  const kind = attribute(element, 'elementType')
  if (kind === 'junction') return { kind, id }
  // Some tools know ends of another kind; the road ends there.
  if (kind !== 'road') return null
  const s = numberOr(element, 'elementS')
  if (s === undefined)
    return { kind: 'road', id, contactPoint: choiceAttribute(element, 'contactPoint', contacts) }
  // At a virtual junction a road meets another in the midst of it (OpenDRIVE 1.7, 12.4).
  // Its direction is that of who drives from the predecessor to the successor: back over the predecessor it is the other.
  const isRising = choiceAttribute(element, 'elementDir', ['+', '-']) === '+'
  const isAlong = isRising === (element.name === 'successor')
  return {
    kind: 'road',
    id,
    contactPoint: isAlong ? 'start' : 'end',
    midway: { s, direction: isAlong ? 1 : -1 },
  }
}

function parseTypes(road: XmlElement): RoadType[] {
  return childrenOf(road, 'type').map((type) => {
    const speed = optionalChild(type, 'speed')
    return {
      s: numberAttribute(type, 's'),
      type: attribute(type, 'type'),
      speedLimitMps: speed ? parseSpeed(speed) : null,
    }
  })
}

function parseRoad(element: XmlElement): Road {
  const length = numberAttribute(element, 'length')
  if (!(length > 0 && length <= longestM))
    throw schemaError(element, `needs a positive length of at most ${longestM} m`)
  const junction = element.attributes['junction'] ?? '-1'
  const link = optionalChild(element, 'link')
  const planView = requiredChild(element, 'planView')
  const geometries = childrenOf(planView, 'geometry').flatMap(parseGeometry)
  if (geometries.length === 0) throw schemaError(planView, 'needs at least one <geometry> with a length')
  const lanes = requiredChild(element, 'lanes')
  const lateral = optionalChild(element, 'lateralProfile')
  const sections = parseLaneSections(lanes, length)
  const reversedLanes = sections
    .flatMap(({ left, right }) => [...left, ...right])
    .flatMap(({ id: lane, direction }) => (direction === 'reversed' ? [lane] : []))
  const types = parseTypes(element)
  const { signals, references } = parseSignals(optionalChild(element, 'signals'))
  const { objects, structures } = parseObjects(optionalChild(element, 'objects'))
  // `no limit` is no figure that anything could be held to.
  const limit = types.find(({ speedLimitMps }) => (speedLimitMps ?? Infinity) < Infinity)
  return {
    id: attribute(element, 'id'),
    length,
    junction: junction === '-1' ? null : junction,
    rule: choiceAttribute(element, 'rule', ['RHT', 'LHT'], 'RHT'),
    speedLimitMps: limit?.speedLimitMps ?? null,
    line: new ReferenceLine(geometries, length),
    laneOffset: parseProfile(lanes, 'laneOffset'),
    elevation: parseProfile(optionalChild(element, 'elevationProfile'), 'elevation'),
    superelevation: parseProfile(lateral, 'superelevation'),
    ...given({ surface: lateral ? parseSurface(lateral) : undefined }),
    sections,
    ...(reversedLanes.length === 0 ? {} : { reversedLanes }),
    predecessor: parseLink(link && optionalChild(link, 'predecessor')),
    successor: parseLink(link && optionalChild(link, 'successor')),
    signals,
    objects,
    ...given({ name: element.attributes.name }),
    ...(types.length === 0 ? {} : { types }),
    ...(references.length === 0 ? {} : { signalReferences: references }),
    ...(structures.length === 0 ? {} : { structures }),
  }
}

/** The roads of an OpenDRIVE 1.4–1.8 file. Throws `drive-file-invalid` naming file, line and element. */
export function parseOpenDrive(root: XmlElement): RoadNetwork {
  if (root.name !== 'OpenDRIVE') throw schemaError(root, 'was found where <OpenDRIVE> was expected')
  const [refused] = knownOpenDrive.check(root).refused
  if (refused) throw refused
  const roads = childrenOf(root, 'road').map(parseRoad)
  if (roads.length === 0) throw schemaError(root, 'needs at least one <road>')
  const controllers = childrenOf(root, 'controller').map((controller) => ({
    id: attribute(controller, 'id'),
    name: controller.attributes.name ?? '',
    signals: childrenOf(controller, 'control').map((control) => ({
      id: attribute(control, 'signalId'),
      type: control.attributes.type ?? '',
    })),
  }))
  const junctions = childrenOf(root, 'junction')
  refuseSameIds(childrenOf(root, 'road'))
  refuseSameIds(junctions)
  return new RoadNetwork(
    roads,
    junctions.map(parseJunction),
    controllers,
    geoReferenceIn(optionalChild(root, 'header')),
  )
}

function geoReferenceIn(header: XmlElement | null): GeoReference | null {
  const projection = header && optionalChild(header, 'geoReference')?.text
  if (!projection) return null
  const offset = optionalChild(header, 'offset')
  const number = (name: string) => (offset ? numberAttribute(offset, name, 0) : 0)
  return { projection, x: number('x'), y: number('y'), heading: number('hdg') }
}

function refuseSameIds(elements: XmlElement[]): void {
  const lines = new Map<string, number>()
  for (const element of elements) {
    const id = attribute(element, 'id')
    const line = lines.get(id)
    if (line !== undefined)
      throw schemaError(element, `has the id "${id}" of the <${element.name}> in line ${line}`)
    lines.set(id, element.line)
  }
}

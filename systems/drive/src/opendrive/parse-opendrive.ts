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
import { CubicProfile } from './cubic-profile.ts'
import { parseGeometry } from './parse-geometry.ts'
import { parseLaneSections } from './parse-lanes.ts'
import { ReferenceLine } from './reference-line.ts'
import type { Junction, Road, RoadLink, RoadObject, Signal } from './road.ts'
import { RoadNetwork } from './road-network.ts'

/** Known, without meaning for motion: looks, payment, maintainers' data. */
const extras = ['userData', 'include', 'dataQuality']
const contacts = ['start', 'end'] as const

function parseLink(element: XmlElement | null): RoadLink | null {
  if (!element) return null
  const id = attribute(element, 'elementId')
  if (choiceAttribute(element, 'elementType', ['road', 'junction']) === 'junction')
    return { kind: 'junction', id }
  return { kind: 'road', id, contactPoint: choiceAttribute(element, 'contactPoint', contacts) }
}

function parseProfile(parent: XmlElement | null, name: string): CubicProfile {
  const entries = parent ? childrenOf(parent, name) : []
  return new CubicProfile(
    entries.map((entry) => ({
      start: numberAttribute(entry, 's'),
      a: numberAttribute(entry, 'a'),
      b: numberAttribute(entry, 'b'),
      c: numberAttribute(entry, 'c'),
      d: numberAttribute(entry, 'd'),
    })),
  )
}

function parseSignals(parent: XmlElement | null): Signal[] {
  if (!parent) return []
  allowOnly(parent, ['signal', 'signalReference', ...extras])
  return childrenOf(parent, 'signal').map((signal) => ({
    id: attribute(signal, 'id'),
    s: numberAttribute(signal, 's'),
    t: numberAttribute(signal, 't'),
    zOffset: numberAttribute(signal, 'zOffset', 0),
    type: attribute(signal, 'type'),
    subtype: signal.attributes.subtype ?? '-1',
    country: signal.attributes.country ?? '',
    isDynamic: choiceAttribute(signal, 'dynamic', ['yes', 'no'], 'no') === 'yes',
    orientation: choiceAttribute(signal, 'orientation', ['+', '-', 'none'], 'none'),
    value: signal.attributes.value === undefined ? null : numberAttribute(signal, 'value'),
  }))
}

function parseObjects(parent: XmlElement | null): RoadObject[] {
  if (!parent) return []
  allowOnly(parent, ['object', 'objectReference', 'tunnel', 'bridge', ...extras])
  return childrenOf(parent, 'object').map((object) => {
    const radius = numberAttribute(object, 'radius', 0)
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
    }
  })
}

/** The first speed limit of a road's types; `no limit` and `undefined` are none. Units of OpenDRIVE 1.7, table 22. */
function parseSpeedLimit(road: XmlElement): number | null {
  const factors = { 'm/s': 1, 'km/h': 1 / 3.6, mph: 0.44704 }
  for (const type of childrenOf(road, 'type')) {
    const speed = optionalChild(type, 'speed')
    if (!speed || !(Number(speed.attributes.max) > 0)) continue
    return (
      Number(speed.attributes.max) * factors[choiceAttribute(speed, 'unit', ['m/s', 'km/h', 'mph'], 'm/s')]
    )
  }
  return null
}

function parseRoad(element: XmlElement): Road {
  const known = [
    'link',
    'type',
    'planView',
    'elevationProfile',
    'lateralProfile',
    'lanes',
    'objects',
    'signals',
  ]
  allowOnly(element, [...known, 'surface', 'railroad', ...extras])
  const length = numberAttribute(element, 'length')
  const junction = attribute(element, 'junction')
  const link = optionalChild(element, 'link')
  const planView = requiredChild(element, 'planView')
  allowOnly(planView, ['geometry', ...extras])
  const geometries = childrenOf(planView, 'geometry').map(parseGeometry)
  if (geometries.length === 0) throw schemaError(planView, 'needs at least one <geometry>')
  const lanes = requiredChild(element, 'lanes')
  allowOnly(lanes, ['laneOffset', 'laneSection', ...extras])
  const lateral = optionalChild(element, 'lateralProfile')
  if (lateral) allowOnly(lateral, ['superelevation', ...extras])
  return {
    id: attribute(element, 'id'),
    length,
    junction: junction === '-1' ? null : junction,
    rule: choiceAttribute(element, 'rule', ['RHT', 'LHT'], 'RHT'),
    speedLimitMps: parseSpeedLimit(element),
    line: new ReferenceLine(geometries, length),
    laneOffset: parseProfile(lanes, 'laneOffset'),
    elevation: parseProfile(optionalChild(element, 'elevationProfile'), 'elevation'),
    superelevation: parseProfile(lateral, 'superelevation'),
    sections: parseLaneSections(lanes, length),
    predecessor: parseLink(link && optionalChild(link, 'predecessor')),
    successor: parseLink(link && optionalChild(link, 'successor')),
    signals: parseSignals(optionalChild(element, 'signals')),
    objects: parseObjects(optionalChild(element, 'objects')),
  }
}

function parseJunction(element: XmlElement): Junction {
  allowOnly(element, ['connection', 'priority', 'controller', 'surface', ...extras])
  return {
    id: attribute(element, 'id'),
    connections: childrenOf(element, 'connection').map((connection) => {
      allowOnly(connection, ['laneLink', ...extras])
      return {
        incomingRoad: attribute(connection, 'incomingRoad'),
        connectingRoad: attribute(connection, 'connectingRoad'),
        contactPoint: choiceAttribute(connection, 'contactPoint', contacts),
        laneLinks: childrenOf(connection, 'laneLink').map((link) => ({
          from: numberAttribute(link, 'from'),
          to: numberAttribute(link, 'to'),
        })),
      }
    }),
  }
}

/** The roads of an OpenDRIVE 1.4–1.7 file. Throws `drive-file-invalid` naming file, line and element. */
export function parseOpenDrive(root: XmlElement): RoadNetwork {
  if (root.name !== 'OpenDRIVE') throw schemaError(root, 'was found where <OpenDRIVE> was expected')
  allowOnly(root, ['header', 'road', 'junction', 'junctionGroup', 'controller', 'station', ...extras])
  const roads = childrenOf(root, 'road').map(parseRoad)
  if (roads.length === 0) throw schemaError(root, 'needs at least one <road>')
  return new RoadNetwork(roads, childrenOf(root, 'junction').map(parseJunction))
}

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
import { knownOpenDrive } from './known-opendrive.ts'
import { longestM, parseGeometry } from './parse-geometry.ts'
import { extras, given } from './parse-extras.ts'
import { parseLaneSections } from './parse-lanes.ts'
import { parseObjects } from './parse-objects.ts'
import { parseSignals } from './parse-signals.ts'
import { parseSpeed } from './parse-speed.ts'
import { ReferenceLine } from './reference-line.ts'
import type { Junction, Road, RoadLink, RoadType } from './road.ts'
import { RoadNetwork } from './road-network.ts'

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

function parseTypes(road: XmlElement): RoadType[] {
  return childrenOf(road, 'type').map((type) => {
    allowOnly(type, ['speed', ...extras])
    const speed = optionalChild(type, 'speed')
    return {
      s: numberAttribute(type, 's'),
      type: attribute(type, 'type'),
      speedLimitMps: speed ? parseSpeed(speed) : null,
    }
  })
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
  if (!(length > 0 && length <= longestM))
    throw schemaError(element, `needs a positive length of at most ${longestM} m`)
  const junction = attribute(element, 'junction')
  const link = optionalChild(element, 'link')
  const planView = requiredChild(element, 'planView')
  allowOnly(planView, ['geometry', ...extras])
  const geometries = childrenOf(planView, 'geometry').map(parseGeometry)
  if (geometries.length === 0) throw schemaError(planView, 'needs at least one <geometry>')
  const lanes = requiredChild(element, 'lanes')
  allowOnly(lanes, ['laneOffset', 'laneSection', ...extras])
  const lateral = optionalChild(element, 'lateralProfile')
  if (lateral) allowOnly(lateral, ['superelevation', 'shape', ...extras])
  const types = parseTypes(element)
  const { signals, references } = parseSignals(optionalChild(element, 'signals'))
  const { objects, structures } = parseObjects(optionalChild(element, 'objects'))
  const shapes = lateral ? childrenOf(lateral, 'shape').map(parseShape) : []
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
    sections: parseLaneSections(lanes, length),
    predecessor: parseLink(link && optionalChild(link, 'predecessor')),
    successor: parseLink(link && optionalChild(link, 'successor')),
    signals,
    objects,
    ...given({ name: element.attributes.name }),
    ...(types.length === 0 ? {} : { types }),
    ...(references.length === 0 ? {} : { signalReferences: references }),
    ...(structures.length === 0 ? {} : { structures }),
    ...(shapes.length === 0 ? {} : { shapes }),
  }
}

function parseShape(shape: XmlElement): NonNullable<Road['shapes']>[number] {
  return {
    s: numberAttribute(shape, 's'),
    t: numberAttribute(shape, 't'),
    a: numberAttribute(shape, 'a'),
    b: numberAttribute(shape, 'b'),
    c: numberAttribute(shape, 'c'),
    d: numberAttribute(shape, 'd'),
  }
}

function parseJunction(element: XmlElement): Junction {
  allowOnly(element, ['connection', 'priority', 'controller', 'surface', ...extras])
  choiceAttribute(element, 'type', ['default'], 'default')
  const priorities = childrenOf(element, 'priority').map((priority) => ({
    high: attribute(priority, 'high'),
    low: attribute(priority, 'low'),
  }))
  const controllers = childrenOf(element, 'controller').map((controller) => attribute(controller, 'id'))
  return {
    id: attribute(element, 'id'),
    ...given({ name: element.attributes.name }),
    ...(priorities.length === 0 ? {} : { priorities }),
    ...(controllers.length === 0 ? {} : { controllers }),
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
  knownOpenDrive.check(root)
  allowOnly(root, ['header', 'road', 'junction', 'junctionGroup', 'controller', 'station', ...extras])
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
  return new RoadNetwork(roads, childrenOf(root, 'junction').map(parseJunction), controllers)
}

import type { XmlNode } from '../xml/write-xml.ts'
import { holder, node, writeXml } from '../xml/write-xml.ts'
import type { CubicPiece, CubicProfile } from './cubic-profile.ts'
import type { GeoReference } from './geo-reference.ts'
import type { Geometry } from './reference-line.ts'
import type { Junction, Road, RoadLink, RoadType } from './road.ts'
import type { RoadNetwork } from './road-network.ts'
import type { RoadSurface } from './road-surface.ts'
import { objectNode, signalNode, signalReferenceNode, structureNode } from './write-furniture.ts'
import { laneSectionNode } from './write-lanes.ts'

function shapeNode({ shape, length }: Geometry): XmlNode {
  switch (shape.kind) {
    case 'line':
      return node('line')
    case 'arc':
      return node('arc', { curvature: shape.curvature })
    case 'spiral':
      return node('spiral', { curvStart: shape.curvatureStart, curvEnd: shape.curvatureEnd })
    case 'poly3':
      return node('poly3', { a: shape.a, b: shape.b, c: shape.c, d: shape.d })
    case 'paramPoly3': {
      const [aU, bU, cU, dU] = shape.u
      const [aV, bV, cV, dV] = shape.v
      const pRange = length > 0 ? shape.range : 'normalized'
      return node('paramPoly3', { aU, bU, cU, dU, aV, bV, cV, dV, pRange })
    }
  }
}

function geometryNode(geometry: Geometry): XmlNode {
  const { s, x, y, heading, length } = geometry
  return node('geometry', { s, x, y, hdg: heading, length }, [shapeNode(geometry)])
}

function profileNodes(name: string, profile: CubicProfile): XmlNode[] {
  return profile.toPieces().map(({ start, a, b, c, d }) => node(name, { s: start, a, b, c, d }))
}

function surfaceNodes(surface: RoadSurface | undefined): XmlNode[] {
  if (!surface) return []
  const { left, right, shapes } = surface.parts
  const fall = (side: 'left' | 'right', pieces: CubicPiece[]) =>
    pieces.map(({ start, ...rest }) => node('crossfall', { side, s: start, ...rest }))
  return [
    ...fall('left', left),
    ...fall('right', right),
    ...shapes.flatMap(({ s, across }) =>
      across.map(({ start, ...rest }) => node('shape', { s, t: start, ...rest })),
    ),
  ]
}

function linkNode(name: string, link: RoadLink | null): XmlNode | null {
  if (!link) return null
  if (link.kind === 'junction') return node(name, { elementType: 'junction', elementId: link.id })
  const isRising = link.midway?.direction === (name === 'successor' ? 1 : -1)
  const where = link.midway
    ? { elementS: link.midway.s, elementDir: isRising ? '+' : '-' }
    : { contactPoint: link.contactPoint }
  return node(name, { elementType: 'road', elementId: link.id, ...where })
}

function typeNodes(road: Road): XmlNode[] {
  const types: RoadType[] =
    road.types ??
    (road.speedLimitMps === null ? [] : [{ s: 0, type: 'unknown', speedLimitMps: road.speedLimitMps }])
  return types.map(({ s, type, speedLimitMps }) =>
    node('type', { s, type }, [
      speedLimitMps === null
        ? null
        : node('speed', {
            max: speedLimitMps === Infinity ? 'no limit' : speedLimitMps,
            unit: speedLimitMps === Infinity ? undefined : 'm/s',
          }),
    ]),
  )
}

function roadNode(road: Road): XmlNode {
  const { signals, objects, signalReferences = [], structures = [] } = road
  return node(
    'road',
    { name: road.name, length: road.length, id: road.id, junction: road.junction ?? '-1', rule: road.rule },
    [
      holder('link', [linkNode('predecessor', road.predecessor), linkNode('successor', road.successor)]),
      ...typeNodes(road),
      node('planView', {}, road.line.geometries.map(geometryNode)),
      holder('elevationProfile', profileNodes('elevation', road.elevation)),
      holder('lateralProfile', [
        ...profileNodes('superelevation', road.superelevation),
        ...surfaceNodes(road.surface),
      ]),
      node('lanes', {}, [
        ...profileNodes('laneOffset', road.laneOffset),
        ...road.sections.map(laneSectionNode),
      ]),
      holder('objects', [...objects.map(objectNode), ...structures.map(structureNode)]),
      holder('signals', [...signals.map(signalNode), ...signalReferences.map(signalReferenceNode)]),
    ],
  )
}

function junctionNode({ id, name, kind, main, connections, priorities, controllers }: Junction): XmlNode {
  const through = main && {
    mainRoad: main.road,
    sStart: main.from,
    sEnd: main.to,
    orientation: main.orientation,
  }
  const other = kind === 'direct' ? 'linkedRoad' : 'connectingRoad'
  return node('junction', { id, name: name ?? '', type: kind, ...through }, [
    ...connections.map(({ incomingRoad, connectingRoad, contactPoint, laneLinks }, index) =>
      node(
        'connection',
        { id: index, incomingRoad, [other]: connectingRoad, contactPoint },
        laneLinks.map(({ from, to }) => node('laneLink', { from, to })),
      ),
    ),
    ...(priorities ?? []).map(({ high, low }) => node('priority', { high, low })),
    ...(controllers ?? []).map((controller, sequence) => node('controller', { id: controller, sequence })),
  ])
}

function headerNode(name: string, earth: GeoReference | null): XmlNode {
  if (!earth) return node('header', { revMajor: 1, revMinor: 7, name })
  const { projection, x, y, heading } = earth
  return node('header', { revMajor: 1, revMinor: 7, name }, [
    { ...node('geoReference', {}), text: projection },
    node('offset', { x, y, z: 0, hdg: heading }),
  ])
}

/**
 * A road network as an OpenDRIVE 1.7 file. Reading it gives the same roads, to the last digit; what the reader does not keep (looks, user data) is not
 * in it. Lane borders have become widths.
 */
export function writeOpenDrive(network: RoadNetwork, { name = '' }: { name?: string } = {}): string {
  return writeXml(
    node('OpenDRIVE', {}, [
      headerNode(name, network.geoReference),
      ...network.roads.map(roadNode),
      ...network.signalControllers.map((controller) =>
        node(
          'controller',
          { id: controller.id, name: controller.name },
          controller.signals.map(({ id, type }) => node('control', { signalId: id, type })),
        ),
      ),
      ...[...network.junctions.values()].map(junctionNode),
    ]),
  )
}

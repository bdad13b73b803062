import type { XmlNode } from '../xml/write-xml.ts'
import { holder, node } from '../xml/write-xml.ts'
import type {
  LaneRange,
  ObjectOutline,
  ObjectRepeat,
  RoadObject,
  RoadStructure,
  Signal,
  SignalReference,
} from './road.ts'

function validityNodes(lanes: LaneRange[] | undefined): XmlNode[] {
  return (lanes ?? []).map(({ fromLane, toLane }) => node('validity', { fromLane, toLane }))
}

export function signalNode(signal: Signal): XmlNode {
  return node(
    'signal',
    {
      id: signal.id,
      name: signal.name,
      s: signal.s,
      t: signal.t,
      dynamic: signal.isDynamic ? 'yes' : 'no',
      orientation: signal.orientation,
      zOffset: signal.zOffset,
      country: signal.country === '' ? undefined : signal.country,
      type: signal.type,
      subtype: signal.subtype,
      value: signal.value,
      unit: signal.unit,
      text: signal.text,
      hOffset: signal.headingOffset,
      height: signal.height,
      width: signal.width,
    },
    [
      ...validityNodes(signal.lanes),
      ...(signal.dependencies ?? []).map(({ id, type }) => node('dependency', { id, type })),
    ],
  )
}

export function signalReferenceNode({ id, s, t, orientation, lanes }: SignalReference): XmlNode {
  return node('signalReference', { id, s, t, orientation }, validityNodes(lanes))
}

function outlineNode({ isClosed, isOuter, corners }: ObjectOutline, id: number): XmlNode {
  return node(
    'outline',
    { id, closed: isClosed, outer: isOuter },
    corners.map(({ kind, a, b, z, height }) =>
      kind === 'road'
        ? node('cornerRoad', { s: a, t: b, dz: z, height })
        : node('cornerLocal', { u: a, v: b, z, height }),
    ),
  )
}

function repeatNode({ s, length, distance, t, width, height, zOffset }: ObjectRepeat): XmlNode {
  return node('repeat', {
    s,
    length,
    distance,
    tStart: t[0],
    tEnd: t[1],
    widthStart: width?.[0],
    widthEnd: width?.[1],
    heightStart: height[0],
    heightEnd: height[1],
    zOffsetStart: zOffset[0],
    zOffsetEnd: zOffset[1],
  })
}

export function objectNode(object: RoadObject): XmlNode {
  return node(
    'object',
    {
      id: object.id,
      name: object.name,
      type: object.type,
      subtype: object.subtype,
      orientation: object.orientation,
      s: object.s,
      t: object.t,
      zOffset: object.zOffset,
      hdg: object.heading,
      length: object.length,
      width: object.width,
      height: object.height,
    },
    [
      ...(object.repeats ?? []).map(repeatNode),
      holder('outlines', (object.outlines ?? []).map(outlineNode)),
      ...validityNodes(object.lanes),
    ],
  )
}

export function structureNode({ kind, id, s, length, type, name }: RoadStructure): XmlNode {
  return node(kind, { id, s, length, type, name })
}

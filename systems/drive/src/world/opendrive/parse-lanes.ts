import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { CubicPiece } from './cubic-profile.ts'
import { CubicProfile } from './cubic-profile.ts'
import { borderBeyond, widthBetween } from './lane-borders.ts'
import type { Lane, LaneSection, RoadMark, SpeedLimit } from './road.ts'
import { parseSpeed } from './parse-speed.ts'

/** Known children of a lane; material, access, height and rule have no meaning for motion. */
const laneChildren = [
  'link',
  'width',
  'border',
  'roadMark',
  'material',
  'speed',
  'access',
  'height',
  'rule',
  'userData',
]

function parsePieces(elements: XmlElement[]): CubicPiece[] {
  return elements
    .map((element) => ({
      start: numberAttribute(element, 'sOffset'),
      a: numberAttribute(element, 'a'),
      b: numberAttribute(element, 'b'),
      c: numberAttribute(element, 'c'),
      d: numberAttribute(element, 'd'),
    }))
    .toSorted((left, right) => left.start - right.start)
}

function parseRoadMarks(lane: XmlElement): RoadMark[] {
  return childrenOf(lane, 'roadMark').map((mark) => {
    allowOnly(mark, ['sway', 'type', 'explicit', 'userData'])
    return {
      start: numberAttribute(mark, 'sOffset', 0),
      type: attribute(mark, 'type'),
      color: mark.attributes.color ?? 'standard',
      weight: choiceAttribute(mark, 'weight', ['standard', 'bold'], 'standard'),
      widthM: mark.attributes.width === undefined ? NaN : numberAttribute(mark, 'width'),
      laneChange: choiceAttribute(mark, 'laneChange', ['increase', 'decrease', 'both', 'none'], 'both'),
      material: mark.attributes.material ?? 'standard',
    }
  })
}

function parseSpeedLimits(lane: XmlElement): SpeedLimit[] {
  return childrenOf(lane, 'speed').map((speed) => ({
    start: numberAttribute(speed, 'sOffset', 0),
    limitMps: parseSpeed(speed),
  }))
}

function parseLane(element: XmlElement): Lane {
  allowOnly(element, laneChildren)
  const link = optionalChild(element, 'link')
  const linked = (name: string) => {
    const found = link && optionalChild(link, name)
    return found ? numberAttribute(found, 'id') : null
  }
  const roadMarks = parseRoadMarks(element)
  const speedLimits = parseSpeedLimits(element)
  return {
    id: numberAttribute(element, 'id'),
    type: attribute(element, 'type'),
    width: new CubicProfile(parsePieces(childrenOf(element, 'width'))),
    predecessor: linked('predecessor'),
    successor: linked('successor'),
    ...(roadMarks.length === 0 ? {} : { roadMarks }),
    ...(speedLimits.length === 0 ? {} : { speedLimits }),
    ...(element.attributes.level === 'true' || element.attributes.level === '1' ? { isLevel: true } : {}),
  }
}

/** The lanes of one side from the reference line outwards. Throws where ids leave a gap or have the wrong sign. */
function parseSide(section: XmlElement, name: 'left' | 'right'): Lane[] {
  const side = optionalChild(section, name)
  if (!side) return []
  allowOnly(side, ['lane', 'userData'])
  const sign = name === 'left' ? 1 : -1
  const elements = childrenOf(side, 'lane').toSorted(
    (a, b) => sign * (numberAttribute(a, 'id') - numberAttribute(b, 'id')),
  )
  const lanes = elements.map(parseLane)
  for (const [index, lane] of lanes.entries())
    if (lane.id !== sign * (index + 1))
      throw schemaError(side, `needs lanes ${sign}, ${2 * sign}, … without a gap, got ${lane.id}`)
  if (elements.some((element) => childrenOf(element, 'border').length > 0))
    applyBorders(elements, lanes, sign)
  return lanes
}

/** Where borders are given in place of widths, widths follow from them. A width goes before a border. */
function applyBorders(elements: XmlElement[], lanes: Lane[], sign: 1 | -1): void {
  let inner: CubicPiece[] = []
  for (const [index, lane] of lanes.entries()) {
    const borders = parsePieces(childrenOf(elements[index] as XmlElement, 'border'))
    const hasWidth = childrenOf(elements[index] as XmlElement, 'width').length > 0
    if (borders.length > 0 && !hasWidth) {
      lane.width = new CubicProfile(widthBetween(borders, inner, sign))
      inner = borders
    } else inner = borderBeyond(inner, lane.width.toPieces(), sign)
  }
}

/** The sections of `<lanes>`, by rising s, each ending where the next starts. */
export function parseLaneSections(lanes: XmlElement, length: number): LaneSection[] {
  const elements = childrenOf(lanes, 'laneSection')
  if (elements.length === 0) throw schemaError(lanes, 'needs at least one <laneSection>')
  const starts = elements.map((element) => numberAttribute(element, 's'))
  return elements.map((element, index) => {
    allowOnly(element, ['left', 'center', 'right', 'userData'])
    const s = starts[index] as number
    const end = starts[index + 1] ?? length
    if (end < s) throw schemaError(element, 'starts after the next section')
    const centre = optionalChild(element, 'center')
    const centreLane = centre && optionalChild(centre, 'lane')
    const centreMarks = centreLane ? parseRoadMarks(centreLane) : []
    return {
      s,
      end,
      left: parseSide(element, 'left'),
      right: parseSide(element, 'right'),
      ...(centreMarks.length === 0 ? {} : { centreMarks }),
    }
  })
}

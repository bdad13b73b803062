import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { CubicPiece } from './cubic-profile.ts'
import { given } from './parse-extras.ts'
import { CubicProfile } from './cubic-profile.ts'
import { borderBeyond, widthBetween } from './lane-borders.ts'
import type { Lane, LaneAccess, LaneSection, RoadMark, SpeedLimit } from './road.ts'
import { parsePieces } from './parse-profiles.ts'
import { parseSpeed } from './parse-speed.ts'

function parseRoadMarks(lane: XmlElement): RoadMark[] {
  return childrenOf(lane, 'roadMark').map((mark) => {
    return {
      start: numberAttribute(mark, 'sOffset', 0),
      // A mark that does not say what it looks like is noted as a broken rule.
      type: mark.attributes.type ?? 'none',
      color: mark.attributes.color ?? 'standard',
      weight: mark.attributes.weight === 'bold' ? 'bold' : 'standard',
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

/** OpenDRIVE 1.8, 11.7.2: `reversed` against what its side and the rule of the road say, or `both` ways. */
function directionOf(lane: XmlElement): Lane['direction'] {
  const direction = choiceAttribute(lane, 'direction', ['standard', 'reversed', 'both'], 'standard')
  return direction === 'standard' ? undefined : direction
}

/** Who may drive on it (OpenDRIVE 1.8, 11.7.3; up to 1.7 one `<access>` for each kind of traffic). */
function parseAccess(lane: XmlElement): LaneAccess[] {
  return childrenOf(lane, 'access').map((access) => {
    const listed = childrenOf(access, 'restriction').map((restriction) => attribute(restriction, 'type'))
    const { restriction } = access.attributes
    return {
      start: numberAttribute(access, 'sOffset', 0),
      rule: choiceAttribute(access, 'rule', ['allow', 'deny'], 'allow'),
      traffic: restriction === undefined ? listed : [restriction, ...listed],
    }
  })
}

function parseLane(element: XmlElement): Lane {
  const link = optionalChild(element, 'link')
  const linked = (name: string) =>
    link ? childrenOf(link, name).map((found) => numberAttribute(found, 'id')) : []
  const [predecessor = null, ...morePredecessors] = linked('predecessor')
  const [successor = null, ...moreSuccessors] = linked('successor')
  const access = parseAccess(element)
  const roadMarks = parseRoadMarks(element)
  const speedLimits = parseSpeedLimits(element)
  return {
    id: numberAttribute(element, 'id'),
    type: attribute(element, 'type'),
    width: new CubicProfile(parsePieces(childrenOf(element, 'width'), 'sOffset')),
    predecessor,
    successor,
    ...(morePredecessors.length === 0 ? {} : { morePredecessors }),
    ...(moreSuccessors.length === 0 ? {} : { moreSuccessors }),
    ...(access.length === 0 ? {} : { access }),
    ...given({ direction: directionOf(element) }),
    ...(roadMarks.length === 0 ? {} : { roadMarks }),
    ...(speedLimits.length === 0 ? {} : { speedLimits }),
    ...(element.attributes.level === 'true' || element.attributes.level === '1' ? { isLevel: true } : {}),
  }
}

/** The lanes of one side from the reference line outwards. Throws where ids leave a gap or have the wrong sign. */
function parseSide(section: XmlElement, name: 'left' | 'right'): Lane[] {
  const side = optionalChild(section, name)
  if (!side) return []
  const sign = name === 'left' ? 1 : -1
  const elements = childrenOf(side, 'lane').toSorted(
    (a, b) => sign * (numberAttribute(a, 'id') - numberAttribute(b, 'id')),
  )
  const lanes = elements.map(parseLane)
  for (const [index, lane] of lanes.entries()) {
    const element = elements[index] as XmlElement
    if (!Number.isInteger(lane.id) || lane.id * sign < 1 || lane.id * sign > mostLanes)
      throw schemaError(
        element,
        `needs an id of ${sign} to ${sign * mostLanes} on the ${name} side, got ${lane.id}`,
      )
    if (lanes[index - 1]?.id === lane.id)
      throw schemaError(element, `has the id ${lane.id} of another lane of its section`)
  }
  if (elements.some((element) => childrenOf(element, 'border').length > 0))
    applyBorders(elements, lanes, sign)
  return withoutGaps(lanes, sign)
}

/** More lanes on a side than any road has. */
const mostLanes = 999

/** Ids that the file leaves out are lanes of no width, so that lane n is always the n-th from the centre. */
function withoutGaps(lanes: Lane[], sign: 1 | -1): Lane[] {
  const outermost = (lanes.at(-1)?.id ?? 0) * sign
  if (outermost === lanes.length) return lanes
  const byId = new Map(lanes.map((lane) => [lane.id, lane]))
  return Array.from({ length: outermost }, (_, index): Lane => {
    const id = sign * (index + 1)
    return (
      byId.get(id) ?? { id, type: 'none', width: new CubicProfile([]), predecessor: null, successor: null }
    )
  })
}

/** Where borders are given in place of widths, widths follow from them. A width goes before a border. */
function applyBorders(elements: XmlElement[], lanes: Lane[], sign: 1 | -1): void {
  let inner: CubicPiece[] = []
  for (const [index, lane] of lanes.entries()) {
    const borders = parsePieces(childrenOf(elements[index] as XmlElement, 'border'), 'sOffset')
    const hasWidth = childrenOf(elements[index] as XmlElement, 'width').length > 0
    if (borders.length > 0 && !hasWidth) {
      lane.width = new CubicProfile(widthBetween(borders, inner, sign))
      inner = borders
    } else inner = borderBeyond(inner, lane.width.toPieces(), sign)
  }
}

/** A lane may be a little narrower than nothing where a cubic ends; more than that turns a road inside out. */
const leastWidthM = -0.5
const mostWidthM = 1000

/** The least and the largest width over `lengthM` from the start of a section, looked at in sixteen places. */
export function widthRange(lane: Lane, lengthM: number): [least: number, most: number] {
  const widths = Array.from({ length: 17 }, (_, i) => lane.width.at((lengthM * i) / 16))
  return [Math.min(...widths), Math.max(...widths)]
}

function refuseWidths(section: XmlElement, lanes: Lane[], lengthM: number): void {
  for (const lane of lanes) {
    const [least, most] = widthRange(lane, lengthM)
    if (least >= leastWidthM && most <= mostWidthM) continue
    const at = section.children
      .flatMap(({ children }) => children)
      .find((child) => child.name === 'lane' && Number(child.attributes['id']) === lane.id)
    const found = least >= leastWidthM ? most : least
    throw schemaError(at ?? section, `is ${found} m wide somewhere; a width is 0 m to ${mostWidthM} m`)
  }
}

/** The sections of `<lanes>`, by rising s, each ending where the next starts. */
export function parseLaneSections(lanes: XmlElement, length: number): LaneSection[] {
  const elements = childrenOf(lanes, 'laneSection')
  if (elements.length === 0) throw schemaError(lanes, 'needs at least one <laneSection>')
  const starts = elements.map((element) => numberAttribute(element, 's'))
  return elements.map((element, index) => {
    const s = starts[index] as number
    const end = starts[index + 1] ?? length
    if (end < s) throw schemaError(element, 'starts after the next section')
    const sides = [parseSide(element, 'left'), parseSide(element, 'right')] as const
    refuseWidths(element, sides.flat(), end - s)
    const centre = optionalChild(element, 'center')
    const centreLane = centre && optionalChild(centre, 'lane')
    const centreMarks = centreLane ? parseRoadMarks(centreLane) : []
    return {
      s,
      end,
      left: sides[0],
      right: sides[1],
      ...(centreMarks.length === 0 ? {} : { centreMarks }),
    }
  })
}

import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  numberAttribute,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import { CubicProfile } from './cubic-profile.ts'
import type { Lane, LaneSection } from './road.ts'

/** Known children of a lane; what is not read has no meaning for motion. `border` is not supported. */
const laneChildren = [
  'link',
  'width',
  'roadMark',
  'material',
  'speed',
  'access',
  'height',
  'rule',
  'userData',
]

function parseLane(element: XmlElement): Lane {
  allowOnly(element, laneChildren)
  const link = optionalChild(element, 'link')
  const linked = (name: string) => {
    const found = link && optionalChild(link, name)
    return found ? numberAttribute(found, 'id') : null
  }
  return {
    id: numberAttribute(element, 'id'),
    type: attribute(element, 'type'),
    width: new CubicProfile(
      childrenOf(element, 'width').map((width) => ({
        start: numberAttribute(width, 'sOffset'),
        a: numberAttribute(width, 'a'),
        b: numberAttribute(width, 'b'),
        c: numberAttribute(width, 'c'),
        d: numberAttribute(width, 'd'),
      })),
    ),
    predecessor: linked('predecessor'),
    successor: linked('successor'),
  }
}

/** The lanes of one side from the reference line outwards. Throws where ids leave a gap or have the wrong sign. */
function parseSide(section: XmlElement, name: 'left' | 'right'): Lane[] {
  const side = optionalChild(section, name)
  if (!side) return []
  allowOnly(side, ['lane', 'userData'])
  const sign = name === 'left' ? 1 : -1
  const lanes = childrenOf(side, 'lane')
    .map(parseLane)
    .toSorted((a, b) => sign * (a.id - b.id))
  for (const [index, lane] of lanes.entries())
    if (lane.id !== sign * (index + 1))
      throw schemaError(side, `needs lanes ${sign}, ${2 * sign}, … without a gap, got ${lane.id}`)
  return lanes
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
    return { s, end, left: parseSide(element, 'left'), right: parseSide(element, 'right') }
  })
}

import type { XmlElement } from '../../xml/xml-element.ts'
import { childrenOf } from '../../xml/xml-element.ts'
import { linkedLanes } from '../follow-lane.ts'
import { widthRange } from '../parse-lanes.ts'
import type { Lane, LaneSection } from '../road.ts'
import { laneOf } from '../road.ts'
import type { ReadRoad, RuleContext } from './rule-context.ts'
import { below, laneElement } from './rule-context.ts'

/** Rules for lanes of a road: widths, borders, levels, links across its sections (OpenDRIVE 1.7, 11). */
export function checkLanes({ roads, broken }: RuleContext): void {
  for (const read of roads) {
    const sections = childrenOf(below(read.element, 'lanes') ?? read.element, 'laneSection')
    for (const [index, section] of read.road.sections.entries()) {
      checkSection(sections[index] as XmlElement, section, read.road.length, broken)
      const next = read.road.sections[index + 1]
      if (next) checkAcross(read, index, section, next, broken)
    }
    const hasBorder = sections.some((section) =>
      lanesOf(section).some((lane) => childrenOf(lane, 'border').length > 0),
    )
    const offset = below(read.element, 'lanes', 'laneOffset')
    if (hasBorder && offset && !(read.road.laneOffset.isConstant && read.road.laneOffset.at(0) === 0))
      broken(offset, 'stands beside lane borders; a road with <border> may have no <laneOffset>')
  }
}

export function lanesOf(section: XmlElement): XmlElement[] {
  return ['left', 'right'].flatMap((side) =>
    childrenOf(below(section, side) ?? { ...section, children: [] }, 'lane'),
  )
}

function checkSection(
  element: XmlElement,
  section: LaneSection,
  roadLength: number,
  broken: RuleContext['broken'],
): void {
  for (const side of [section.left, section.right]) {
    let isLevel = false
    for (const lane of side) {
      const at = laneAt(element, lane)
      if (!at) continue
      const hasBorder = childrenOf(at, 'border').length > 0
      const hasWidth = childrenOf(at, 'width').length > 0
      if (!hasBorder && !hasWidth) broken(at, 'needs a <width> or a <border>')
      if (hasBorder && hasWidth) broken(at, 'has both <width> and <border>; widths are used')
      const [narrowest] = widthRange(lane, Math.min(section.end, roadLength) - section.s)
      if (narrowest < -1e-4)
        broken(
          at,
          hasBorder
            ? `has a border that lies ${(-narrowest).toFixed(3)} m inside of its inner lane’s: lanes overlap`
            : `is ${narrowest.toFixed(3)} m wide somewhere; a width may not be negative`,
        )
      if (isLevel && !lane.isLevel)
        broken(
          at,
          'has level="false" beyond a lane with level="true"; all lanes from there to the edge have to be level',
        )
      isLevel ||= lane.isLevel === true
    }
  }
}

function laneAt(section: XmlElement, { id }: Lane): XmlElement | undefined {
  return lanesOf(section).find((lane) => Number(lane.attributes['id']) === id)
}

/** Widths smaller than this are none. */
const noWidthM = 1e-3

function checkAcross(
  { element }: ReadRoad,
  index: number,
  section: LaneSection,
  next: LaneSection,
  broken: RuleContext['broken'],
): void {
  const of = (at: number, lane: Lane) => laneElement(element, at, lane.id) ?? element
  for (const lane of [...section.left, ...section.right]) checkLinks(lane, 1, next, of(index, lane), broken)
  for (const lane of [...next.left, ...next.right]) checkLinks(lane, -1, section, of(index + 1, lane), broken)
  for (const lane of [...next.left, ...next.right]) {
    for (const id of linkedLanes(lane, -1)) {
      const before = laneOf(section, id)
      if (!before) continue
      if ((before.isLevel === true) !== (lane.isLevel === true))
        broken(
          of(index + 1, lane),
          `has another level than the lane ${id} of the section before, which it continues`,
        )
      const back = linkedLanes(before, 1)
      if (back.length > 0 && !back.includes(lane.id))
        broken(
          of(index + 1, lane),
          `names lane ${id} as its predecessor, but that one names ${back.join(', ')} as successor: links have to agree`,
        )
      if (lane.width.at(0) < noWidthM && before.width.at(section.end - section.s) >= noWidthM)
        broken(
          of(index + 1, lane),
          `is a new lane of no width at its start, so it may not be linked to lane ${id} before it`,
        )
    }
    for (const id of linkedLanes(lane, -1).slice(1))
      broken(
        of(index + 1, lane),
        `has the predecessor ${id} beside another; a lane continues one lane within a road`,
      )
  }
  for (const lane of [...section.left, ...section.right]) {
    const isEnding = lane.width.at(section.end - section.s) < noWidthM && section.end > section.s
    if (isEnding && linkedLanes(lane, 1).some((id) => (laneOf(next, id)?.width.at(0) ?? 0) >= noWidthM))
      broken(of(index, lane), 'ends with no width, so it may have no successor')
    for (const id of linkedLanes(lane, 1).slice(1))
      broken(
        of(index, lane),
        `has the successor ${id} beside another: a new lane that appears is not linked, only the one that goes on`,
      )
  }
}

function checkLinks(
  lane: Lane,
  direction: 1 | -1,
  other: LaneSection,
  at: XmlElement,
  broken: RuleContext['broken'],
): void {
  const word = direction === 1 ? 'successor' : 'predecessor'
  for (const id of linkedLanes(lane, direction))
    if (id !== 0 && !laneOf(other, id))
      broken(
        at,
        `names lane ${id} as its ${word}, which the section ${direction === 1 ? 'after' : 'before'} it does not have`,
      )
  if (linkedLanes(lane, direction).length === 0 && laneOf(other, lane.id) && hasWidth(lane, other))
    broken(
      at,
      `has no ${word}, but the section ${direction === 1 ? 'after' : 'before'} it has a lane ${lane.id} too; lanes that go on have to be linked`,
    )
}

function hasWidth(lane: Lane, other: LaneSection): boolean {
  const there = laneOf(other, lane.id)
  return lane.width.at(0) >= noWidthM && (there?.width.at(0) ?? 0) >= noWidthM && there?.type === lane.type
}

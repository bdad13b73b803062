import type { CubicProfile } from './cubic-profile.ts'
import type { ReferenceLine } from './reference-line.ts'

export type ContactPoint = 'start' | 'end'

/** What a road meets at one of its ends. */
export type RoadLink =
  | { kind: 'road'; id: string; contactPoint: ContactPoint }
  | { kind: 'junction'; id: string }

export interface Lane {
  /** Positive left of the reference line, negative right, never 0. */
  id: number
  type: string
  /** By the distance from the start of the section. */
  width: CubicProfile
  predecessor: number | null
  successor: number | null
}

export interface LaneSection {
  /** Where it starts and ends along the road. */
  s: number
  end: number
  /** From the reference line outwards: left[0] is lane 1, right[0] is lane −1. */
  left: Lane[]
  right: Lane[]
}

export interface Signal {
  id: string
  s: number
  t: number
  zOffset: number
  type: string
  subtype: string
  country: string
  isDynamic: boolean
  orientation: '+' | '-' | 'none'
  value: number | null
}

export interface RoadObject {
  id: string
  type: string
  s: number
  t: number
  zOffset: number
  heading: number
  length: number
  width: number
  height: number
}

export interface Road {
  id: string
  length: number
  /** Id of the junction that it belongs to, or null. */
  junction: string | null
  rule: 'RHT' | 'LHT'
  /** Of its first `<type>` with a speed; null where it gives none. */
  speedLimitMps: number | null
  line: ReferenceLine
  laneOffset: CubicProfile
  elevation: CubicProfile
  superelevation: CubicProfile
  sections: LaneSection[]
  predecessor: RoadLink | null
  successor: RoadLink | null
  signals: Signal[]
  objects: RoadObject[]
}

export interface JunctionConnection {
  incomingRoad: string
  connectingRoad: string
  contactPoint: ContactPoint
  laneLinks: { from: number; to: number }[]
}

export interface Junction {
  id: string
  connections: JunctionConnection[]
}

/** The section at `s`; the last one that starts at or before it. */
export function sectionIndexAt(road: Road, s: number): number {
  let index = road.sections.length - 1
  while (index > 0 && (road.sections[index] as LaneSection).s > s) index--
  return index
}

/** A lane of a section, or null if it has none of this id. */
export function laneOf(section: LaneSection, id: number): Lane | null {
  return (id > 0 ? section.left[id - 1] : section.right[-id - 1]) ?? null
}

/** Lateral position t of a lane's centre at `s`; lane 0 is the reference line moved by the lane offset. */
export function laneCentre(road: Road, lane: number, s: number): number {
  const section = road.sections[sectionIndexAt(road, s)] as LaneSection
  const side = lane > 0 ? section.left : section.right
  const inner = Math.abs(lane) - 1
  let distance = 0
  for (let i = 0; i <= inner && i < side.length; i++)
    distance += (side[i] as Lane).width.at(s - section.s) * (i === inner ? 0.5 : 1)
  return road.laneOffset.at(s) + Math.sign(lane) * distance
}

/** Slope dt/ds of a lane's centre at `s`. */
export function laneSlope(road: Road, lane: number, s: number): number {
  const section = road.sections[sectionIndexAt(road, s)] as LaneSection
  const side = lane > 0 ? section.left : section.right
  const inner = Math.abs(lane) - 1
  let slope = 0
  for (let i = 0; i <= inner && i < side.length; i++)
    slope += (side[i] as Lane).width.slopeAt(s - section.s) * (i === inner ? 0.5 : 1)
  return road.laneOffset.slopeAt(s) + Math.sign(lane) * slope
}

/** +1 where traffic of the lane drives along rising s, −1 where against it. */
export function laneDirection(road: Road, lane: number): 1 | -1 {
  return lane < 0 === (road.rule === 'RHT') ? 1 : -1
}

/** The lane at lateral position `t`; the outermost of that side where t is beyond all. 0 only where the side has no lanes. */
export function laneAt(road: Road, s: number, t: number): number {
  const section = road.sections[sectionIndexAt(road, s)] as LaneSection
  const fromCentre = t - road.laneOffset.at(s)
  const isLeft = fromCentre > 0
  const side = isLeft ? section.left : section.right
  let border = 0
  for (let i = 0; i < side.length; i++) {
    border += (side[i] as Lane).width.at(s - section.s)
    if (Math.abs(fromCentre) <= border) return isLeft ? i + 1 : -(i + 1)
  }
  return isLeft ? side.length : -side.length
}

import type { CubicProfile } from './cubic-profile.ts'
import type { ReferenceLine } from './reference-line.ts'
import type { RoadSurface } from './road-surface.ts'

export type ContactPoint = 'start' | 'end'

/** What a road meets at one of its ends. */
export type RoadLink =
  | {
      kind: 'road'
      id: string
      contactPoint: ContactPoint
      /** Where it meets the other road in the midst of it (virtual junctions), and which way it goes on from there. */
      midway?: { s: number; direction: 1 | -1 }
    }
  | { kind: 'junction'; id: string }

/** A line on the road at the outer border of a lane, from `start` (of the section) to the next one's. */
export interface RoadMark {
  start: number
  /** `solid`, `broken`, `solid solid`, `solid broken`, `broken solid`, `broken broken`, `botts dots`, `grass`, `curb`, `edge`, `custom` or `none`. */
  type: string
  /** `standard` (white) or a colour's name. */
  color: string
  weight: 'standard' | 'bold'
  /** NaN where the file gives none. */
  widthM: number
  laneChange: 'increase' | 'decrease' | 'both' | 'none'
  material: string
}

/** What counts from a place on. */
export interface SpeedLimit {
  /** From the start of the section. */
  start: number
  /** Infinite where there is no limit. */
  limitMps: number
}

/** Who may drive on a lane from `start` (of the section) on; `allow` means nobody else. */
export interface LaneAccess {
  start: number
  rule: 'allow' | 'deny'
  /** Kinds of traffic as OpenDRIVE names them. */
  traffic: string[]
}

export interface Lane {
  /** Positive left of the reference line, negative right, never 0. */
  id: number
  type: string
  /** By the distance from the start of the section. */
  width: CubicProfile
  predecessor: number | null
  successor: number | null
  /** Marks at its outer border. */
  roadMarks?: RoadMark[]
  speedLimits?: SpeedLimit[]
  /** Kept out of the superelevation of the road. */
  isLevel?: boolean
  /** Where it becomes several lanes, or several become it: the others. */
  morePredecessors?: number[]
  moreSuccessors?: number[]
  access?: LaneAccess[]
  /** Driven against what its side and the rule of the road say, or both ways. Those say it where there is none. */
  direction?: 'reversed' | 'both'
}

export interface LaneSection {
  /** Where it starts and ends along the road. */
  s: number
  end: number
  /** From the reference line outwards: left[0] is lane 1, right[0] is lane −1. */
  left: Lane[]
  right: Lane[]
  /** Marks along lane 0. */
  centreMarks?: RoadMark[]
}

/** Lanes that something is for, ends included. */
export interface LaneRange {
  fromLane: number
  toLane: number
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
  name?: string
  unit?: string
  text?: string
  headingOffset?: number
  height?: number
  width?: number
  /** All lanes of its orientation where there are none. */
  lanes?: LaneRange[]
  /** Ids of signals that this one controls or depends on. */
  dependencies?: { id: string; type: string }[]
}

/** A signal of another road that counts here too. */
export interface SignalReference {
  id: string
  s: number
  t: number
  orientation: '+' | '-' | 'none'
  lanes: LaneRange[]
}

/** A corner of an outline: on the road (a = s, b = t), or in the object's own axes (a = u ahead, b = v to the left). */
export interface OutlineCorner {
  kind: 'road' | 'local'
  a: number
  b: number
  /** Of its foot: above the road, or above the object's origin. */
  z: number
  height: number
}

export interface ObjectOutline {
  isClosed: boolean
  isOuter: boolean
  corners: OutlineCorner[]
}

/** The object again and again along the road, each `distance` metres (0: without a gap). Each pair is the value at the start and at the end. */
export interface ObjectRepeat {
  s: number
  length: number
  distance: number
  t: readonly [number, number]
  width: readonly [number, number] | null
  height: readonly [number, number]
  zOffset: readonly [number, number]
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
  name?: string
  subtype?: string
  orientation?: '+' | '-' | 'none'
  outlines?: ObjectOutline[]
  repeats?: ObjectRepeat[]
  lanes?: LaneRange[]
}

/** What kind of road it is from `s` on. */
export interface RoadType {
  s: number
  type: string
  /** Infinite where there is no limit; null where the file says nothing. */
  speedLimitMps: number | null
}

/** A tunnel or bridge along the road. */
export interface RoadStructure {
  kind: 'tunnel' | 'bridge'
  id: string
  s: number
  length: number
  type: string
  name: string
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
  name?: string
  types?: RoadType[]
  signalReferences?: SignalReference[]
  structures?: RoadStructure[]
  surface?: RoadSurface
  /** Ids of lanes that are driven against what their side says; all along the road. */
  reversedLanes?: readonly number[]
}

/** Signals that one program switches. */
export interface SignalController {
  id: string
  name: string
  signals: { id: string; type: string }[]
}

export interface JunctionConnection {
  incomingRoad: string
  /** Of a direct junction: the road that it goes on with at once. */
  connectingRoad: string
  contactPoint: ContactPoint
  laneLinks: { from: number; to: number }[]
}

export interface Junction {
  id: string
  /** `default` where there is none. */
  kind?: 'direct' | 'virtual' | 'crossing'
  connections: JunctionConnection[]
  name?: string
  /** The road through a virtual junction, which is not cut, and from where to where. */
  main?: { road: string; from: number; to: number; orientation: '+' | '-' | 'none' }
  /** Connecting roads, the first of which goes before the second. */
  priorities?: { high: string; low: string }[]
  /** Ids of the controllers of its signals. */
  controllers?: string[]
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
  const isReversed = road.reversedLanes?.includes(lane) === true
  return (lane < 0 === (road.rule === 'RHT')) !== isReversed ? 1 : -1
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

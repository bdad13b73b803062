import { CubicProfile } from '../opendrive/cubic-profile.ts'
import type { Lane, LaneSection } from '../opendrive/road.ts'

/** What lies beside the driving lanes of a road, outwards: parking lane, then sidewalk. */
export interface RoadSides {
  laneWidthM: number
  hasParking: boolean
  hasSidewalk: boolean
}

export const parkingWidthM = 2.4
export const sidewalkWidthM = 2.5

/** A lane of constant width, linked to the lane of the same number where a road goes on. */
export function plainLane(id: number, type: string, widthM: number): Lane {
  return {
    id,
    type,
    width: new CubicProfile([{ start: 0, a: widthM, b: 0, c: 0, d: 0 }]),
    predecessor: null,
    successor: null,
  }
}

/** Lanes of one side from the reference line outwards: driving lanes, parking, sidewalk. Only the sidewalk where `drivingLanes` is 0. */
export function side(sign: 1 | -1, drivingLanes: number, sides: RoadSides): Lane[] {
  const lanes: [string, number][] = Array.from({ length: drivingLanes }, () => ['driving', sides.laneWidthM])
  if (sides.hasParking && drivingLanes > 0) lanes.push(['parking', parkingWidthM])
  if (sides.hasSidewalk) lanes.push(['sidewalk', sidewalkWidthM])
  return lanes.map(([type, width], index) => plainLane(sign * (index + 1), type, width))
}

/** One section over the whole length of a road. */
export function section(lengthM: number, left: Lane[], right: Lane[]): LaneSection {
  return { s: 0, end: lengthM, left, right }
}

/** Metres from the reference line to the outer border of the lanes that vehicles use (or park on). */
export function carriagewayM(lanes: Lane[]): number {
  return lanes.reduce((sum, { type, width }) => (type === 'sidewalk' ? sum : sum + width.at(0)), 0)
}

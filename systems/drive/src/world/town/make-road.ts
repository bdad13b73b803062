import { CubicProfile } from '../opendrive/cubic-profile.ts'
import type { Geometry } from '../opendrive/reference-line.ts'
import { ReferenceLine } from '../opendrive/reference-line.ts'
import type { LaneSection, Road, RoadLink } from '../opendrive/road.ts'
import { endOf } from './turn-curve.ts'

export interface RoadPlan {
  id: string
  geometries: Geometry[]
  /** Its `end` is set to the road's length. */
  section: LaneSection
  junction?: string
  laneOffset?: CubicProfile
  predecessor?: RoadLink | null
  successor?: RoadLink | null
  speedLimitMps: number
}

/** A flat road of one lane section, right-hand traffic. */
export function makeRoad(plan: RoadPlan): Road {
  const length = endOf(plan.geometries)
  return {
    id: plan.id,
    length,
    junction: plan.junction ?? null,
    rule: 'RHT',
    speedLimitMps: plan.speedLimitMps,
    line: new ReferenceLine(plan.geometries, length),
    laneOffset: plan.laneOffset ?? new CubicProfile([]),
    elevation: new CubicProfile([]),
    superelevation: new CubicProfile([]),
    sections: [{ ...plan.section, end: length }],
    predecessor: plan.predecessor ?? null,
    successor: plan.successor ?? null,
    signals: [],
    objects: [],
  }
}

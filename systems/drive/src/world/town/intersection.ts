import type { Road } from '../opendrive/road.ts'
import { RoadNetwork } from '../opendrive/road-network.ts'
import { carriagewayM, section, side, sidewalkWidthM } from './cross-section.ts'
import { dressArm } from './dress-arm.ts'
import { joinArms } from './join-arms.ts'
import type { Arm } from './join-arms.ts'
import type { ApproachSign, JunctionControl } from '../lanes/junction-signs.ts'
import { makeRoad } from './make-road.ts'

export interface IntersectionOptions {
  /** 4: west, south, east, north. 3: a T without the north. Default 4. */
  arms?: 3 | 4
  control?: JunctionControl
  /** From the outer end of an arm to the junction. Default 200. */
  armLengthM?: number
  /** Driving lanes in each direction. Default 1. */
  lanes?: number
  laneWidthM?: number
  speedLimitMps?: number
  hasSidewalks?: boolean
  hasCrosswalks?: boolean
  hasParking?: boolean
}

/** From the carriageway's border to the junction's: room for corners that a car can take at 5 m/s. */
export const cornerM = 7.5

/** Signs at an approach; the main road is the one that has right of way under `priority`. */
export function signFor(control: JunctionControl, isMain: boolean): ApproachSign {
  if (control === 'signals') return 'trafficLight'
  if (control === 'stop') return 'stopSign'
  if (control === 'priority') return isMain ? 'priorityRoad' : 'yieldSign'
  return null
}

/**
 * A junction of four arms (or three) around the origin. Roads `1` west, `2` south, `3` east, `4` north; each runs from its outer end (s = 0) to the
 * junction (s = its length). Lanes −1, −2, … lead to the junction, lanes 1, 2, … away from it; behind them a parking lane, then a sidewalk. Junction `100`; its
 * connecting roads are `1000 + 100 · from + 10 · to + index`, from and to numbers of arms, index the lane from the middle of the road (9 for the
 * sidewalk's corner), each with one lane, −1. Stop lines are signals of type 294, 6 m before the junction (1 m without crosswalks), crosswalks (objects)
 * between 1 m and 5 m before it. Under `priority` west and east are the main road; `stop` means at every arm.
 */
export function intersection(options: IntersectionOptions = {}): RoadNetwork {
  const { arms: count = 4, control = 'signals', armLengthM = 200, lanes = 1 } = options
  const { laneWidthM = 3.5, speedLimitMps = 50 / 3.6 } = options
  const { hasSidewalks = true, hasCrosswalks = true, hasParking = false } = options
  const sides = { laneWidthM, hasParking, hasSidewalk: hasSidewalks }
  const border = carriagewayM(side(-1, lanes, sides))
  const radius = border + cornerM + (hasSidewalks ? sidewalkWidthM / 2 : 0)
  const roads: Road[] = []
  for (let index = 0; index < count; index++) {
    const angle = Math.PI + (index * Math.PI) / 2
    const far = radius + armLengthM
    roads.push(
      makeRoad({
        id: String(index + 1),
        geometries: [
          {
            s: 0,
            x: far * Math.cos(angle),
            y: far * Math.sin(angle),
            heading: angle - Math.PI,
            length: armLengthM,
            shape: { kind: 'line' },
          },
        ],
        section: section(armLengthM, side(1, lanes, sides), side(-1, lanes, sides)),
        speedLimitMps,
      }),
    )
  }
  const arms = roads.map((road): Arm => ({ road, contactPoint: 'end' }))
  const joined = joinArms('100', arms, speedLimitMps, (from, to, index) =>
    String(1000 + 100 * (from + 1) + 10 * (to + 1) + index),
  )
  for (const [index, arm] of arms.entries()) dressArm(arm, signFor(control, index % 2 === 0), hasCrosswalks)
  return new RoadNetwork([...roads, ...joined.roads], [joined.junction])
}

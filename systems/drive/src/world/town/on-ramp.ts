import { CubicProfile } from '../opendrive/cubic-profile.ts'
import type { Lane } from '../opendrive/road.ts'
import { RoadNetwork } from '../opendrive/road-network.ts'
import { plainLane, section } from './cross-section.ts'
import { connectLanes } from './join-arms.ts'
import type { Arm } from './join-arms.ts'
import { makeRoad } from './make-road.ts'
import { chain, turnCurve } from './turn-curve.ts'

export interface OnRampOptions {
  /** Of the main carriageway. Default 2. */
  lanes?: number
  laneWidthM?: number
  /** Before the ramp joins, and behind the end of the acceleration lane. Default 500. */
  mainLengthM?: number
  /** Of the acceleration lane with its taper. Default 250. */
  accelerationLaneM?: number
  rampLengthM?: number
  speedLimitMps?: number
  rampLimitMps?: number
}

/** Length over which the acceleration lane narrows to nothing, and of the junction's connecting roads. */
const taperM = 60
const joinM = 20
const rampHeading = 0.15

/**
 * A one-way carriageway east from the origin with an on-ramp from the right. Road `1` leads to the ramp's mouth (junction `100`), road `2` has the acceleration lane as its outermost
 * lane (−3 with 2 main lanes), which narrows to nothing over its last 60 m, road `3` goes on. Road `4` is the ramp, lane −1. Connecting roads
 * `1001`, `1002`, … carry main lanes −1, −2, …, `1009` the ramp, each in lane −1.
 */
export function onRamp(options: OnRampOptions = {}): RoadNetwork {
  const { lanes = 2, laneWidthM = 3.75, mainLengthM = 500, accelerationLaneM = 250 } = options
  const { rampLengthM = 200, speedLimitMps = 120 / 3.6, rampLimitMps = 80 / 3.6 } = options
  const straight = (x: number, length: number) => chain({ x, y: 0, heading: 0 }, [[length, { kind: 'line' }]])
  const mainLanes = (predecessor: boolean, successor: boolean): Lane[] =>
    Array.from({ length: lanes }, (_, index) => ({
      ...plainLane(-(index + 1), 'driving', laneWidthM),
      predecessor: predecessor ? -(index + 1) : null,
      successor: successor ? -(index + 1) : null,
    }))
  const extra = plainLane(-(lanes + 1), 'driving', laneWidthM)
  const narrowing = laneWidthM / taperM ** 2
  // From full width to nothing with no slope at either end: w · (1 − 3p² + 2p³).
  extra.width = new CubicProfile([
    { start: 0, a: laneWidthM, b: 0, c: 0, d: 0 },
    {
      start: accelerationLaneM - taperM,
      a: laneWidthM,
      b: 0,
      c: -3 * narrowing,
      d: (2 * narrowing) / taperM,
    },
  ])
  const before = makeRoad({
    id: '1',
    geometries: straight(0, mainLengthM),
    section: section(mainLengthM, [], mainLanes(false, false)),
    speedLimitMps,
  })
  const beside = makeRoad({
    id: '2',
    geometries: straight(mainLengthM + joinM, accelerationLaneM),
    section: section(accelerationLaneM, [], [...mainLanes(false, true), extra]),
    successor: { kind: 'road', id: '3', contactPoint: 'start' },
    speedLimitMps,
  })
  const after = makeRoad({
    id: '3',
    geometries: straight(mainLengthM + joinM + accelerationLaneM, mainLengthM),
    section: section(mainLengthM, [], mainLanes(true, false)),
    predecessor: { kind: 'road', id: '2', contactPoint: 'end' },
    speedLimitMps,
  })
  const mouth = { x: mainLengthM, y: -lanes * laneWidthM, heading: 0 }
  const ramp = makeRoad({
    id: '4',
    geometries: turnCurve(
      {
        x: mouth.x - rampLengthM * (0.5 + 0.5 * Math.cos(rampHeading)),
        y: mouth.y - 0.5 * rampLengthM * Math.sin(rampHeading),
        heading: rampHeading,
      },
      mouth,
    ),
    section: section(rampLengthM, [], [plainLane(-1, 'driving', laneWidthM)]),
    speedLimitMps: rampLimitMps,
  })
  const into: Arm = { road: beside, contactPoint: 'start' }
  const from: Arm = { road: before, contactPoint: 'end' }
  before.successor = ramp.successor = { kind: 'junction', id: '100' }
  beside.predecessor = { kind: 'junction', id: '100' }
  const ways = mainLanes(false, false).map((lane, index) =>
    connectLanes(String(1001 + index), '100', [from, into], [lane, lane], speedLimitMps),
  )
  ways.push(
    connectLanes(
      '1009',
      '100',
      [{ road: ramp, contactPoint: 'end' }, into],
      [ramp.sections[0]?.right[0] as Lane, extra],
      rampLimitMps,
    ),
  )
  const junction = { id: '100', connections: ways.map(({ connection }) => connection) }
  return new RoadNetwork([before, beside, after, ramp, ...ways.map(({ road }) => road)], [junction])
}

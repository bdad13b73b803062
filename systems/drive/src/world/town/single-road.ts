import type { Geometry } from '../opendrive/reference-line.ts'
import { RoadNetwork } from '../opendrive/road-network.ts'
import { carriagewayM, section, side } from './cross-section.ts'
import { addCrosswalk } from '../lanes/junction-signs.ts'
import { makeRoad } from './make-road.ts'
import { chain, endOf } from './turn-curve.ts'

export interface RoadOptions {
  /** Driving lanes along rising s (−1, −2, …). Default 2. */
  lanes?: number
  /** Driving lanes against it (1, 2, …); 0 is a one-way road. Default: as many as `lanes`. */
  lanesAgainst?: number
  laneWidthM?: number
  speedLimitMps?: number
  hasSidewalks?: boolean
  hasParking?: boolean
  /** Places of crosswalks (their middles) along the road. */
  crosswalksAtM?: number[]
}

/**
 * Road `1`, straight east from the origin. Lanes −1, −2, … run along it, lanes 1, 2, … against it; behind them a parking lane where wanted, then a
 * sidewalk: with 2 lanes and both, −3 is parking and −4 the sidewalk.
 */
export function straightRoad(options: RoadOptions & { lengthM?: number } = {}): RoadNetwork {
  return singleRoad(chain({ x: 0, y: 0, heading: 0 }, [[options.lengthM ?? 1000, { kind: 'line' }]]), options)
}

export interface CurveOptions extends RoadOptions {
  /** Of the road before and behind the bend. Default 150. */
  straightM?: number
  /** Of the arc, at the reference line. Default 100. */
  radiusM?: number
  /** Positive to the left. Default a right angle to the left. */
  turnRad?: number
}

/** Road `1`: straight, a bend (spiral, arc and spiral of equal turns), straight. Lanes as in `straightRoad`. */
export function curvedRoad(options: CurveOptions = {}): RoadNetwork {
  const { straightM = 150, radiusM = 100, turnRad = Math.PI / 2 } = options
  const curvature = Math.sign(turnRad) / radiusM
  const third = Math.abs(turnRad) / 3
  return singleRoad(
    chain({ x: 0, y: 0, heading: 0 }, [
      [straightM, { kind: 'line' }],
      [2 * third * radiusM, { kind: 'spiral', curvatureStart: 0, curvatureEnd: curvature }],
      [third * radiusM, { kind: 'arc', curvature }],
      [2 * third * radiusM, { kind: 'spiral', curvatureStart: curvature, curvatureEnd: 0 }],
      [straightM, { kind: 'line' }],
    ]),
    options,
  )
}

function singleRoad(geometries: Geometry[], options: RoadOptions): RoadNetwork {
  const { lanes = 2, laneWidthM = 3.5, speedLimitMps = 50 / 3.6 } = options
  const { lanesAgainst = lanes, hasSidewalks = false, hasParking = false } = options
  const sides = { laneWidthM, hasParking, hasSidewalk: hasSidewalks }
  const left = side(1, lanesAgainst, sides)
  const right = side(-1, lanes, sides)
  const road = makeRoad({
    id: '1',
    geometries,
    section: section(endOf(geometries), left, right),
    speedLimitMps,
  })
  for (const s of options.crosswalksAtM ?? []) addCrosswalk(road, s, carriagewayM(left), -carriagewayM(right))
  return new RoadNetwork([road], [])
}

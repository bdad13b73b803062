import type { RoadNetwork } from '../../../world/opendrive/road-network.ts'
import { straightRoad as makeStraightRoad } from '../../../world/town/single-road.ts'

export const laneWidthM = 3.5

export interface StraightRoad {
  lengthM: number
  /** Driving lanes along rising s (right of the reference line) and against it (left). */
  lanesAlong: number
  lanesAgainst: number
  /** A parking lane outside the driving lanes of both sides. */
  hasParking: boolean
  speedLimitMps?: number
  crosswalksAtM?: number[]
}

const known = new Map<string, RoadNetwork>()

/** The same network for the same key, made once: networks are never written to. */
export function networkOnce(key: string, make: () => RoadNetwork): RoadNetwork {
  const found = known.get(key)
  if (found) return found
  const network = make()
  known.set(key, network)
  return network
}

/** A straight road `1` along x from the origin, with pavements. */
export function straightRoad(shape: StraightRoad): RoadNetwork {
  const { lengthM, lanesAlong, lanesAgainst, hasParking, crosswalksAtM = [] } = shape
  const { speedLimitMps = 50 / 3.6 } = shape
  return networkOnce(JSON.stringify(shape), () =>
    makeStraightRoad({
      lengthM,
      lanes: lanesAlong,
      lanesAgainst,
      laneWidthM,
      speedLimitMps,
      hasParking,
      hasSidewalks: true,
      crosswalksAtM,
    }),
  )
}

/** y of the centre of a driving lane: −1, −2, … along x, 1, 2, … against it. */
export function laneY(lane: number): number {
  return Math.sign(lane) * (Math.abs(lane) - 0.5) * laneWidthM
}

/** y of the right kerb of the driving lanes. */
export function kerbY(lanesAlong: number): number {
  return -lanesAlong * laneWidthM
}

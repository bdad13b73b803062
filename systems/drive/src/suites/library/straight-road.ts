import { CubicProfile } from '../../opendrive/cubic-profile.ts'
import { ReferenceLine } from '../../opendrive/reference-line.ts'
import type { Lane, Road } from '../../opendrive/road.ts'
import { RoadNetwork } from '../../opendrive/road-network.ts'

export const laneWidthM = 3.5
export const parkingWidthM = 2.2
export const walkWidthM = 2.5

export interface StraightRoad {
  lengthM: number
  /** Driving lanes along rising s (right of the reference line) and against it (left). */
  lanesAlong: number
  lanesAgainst: number
  /** A parking lane outside the driving lanes of both sides. */
  hasParking: boolean
}

const noProfile = new CubicProfile([])
const known = new Map<string, RoadNetwork>()

/** A straight road along x from the origin, with pavements. The same road is made once: networks are never written to. */
export function straightRoad(shape: StraightRoad): RoadNetwork {
  const key = JSON.stringify(shape)
  const found = known.get(key)
  if (found) return found
  const network = new RoadNetwork([roadOf(shape)], [])
  known.set(key, network)
  return network
}

function roadOf({ lengthM, lanesAlong, lanesAgainst, hasParking }: StraightRoad): Road {
  return {
    id: '1',
    length: lengthM,
    junction: null,
    rule: 'RHT',
    line: new ReferenceLine(
      [{ s: 0, x: 0, y: 0, heading: 0, length: lengthM, shape: { kind: 'line' } }],
      lengthM,
    ),
    laneOffset: noProfile,
    elevation: noProfile,
    superelevation: noProfile,
    sections: [
      {
        s: 0,
        end: lengthM,
        left: side(1, lanesAgainst, hasParking),
        right: side(-1, lanesAlong, hasParking),
      },
    ],
    predecessor: null,
    successor: null,
    signals: [],
    objects: [],
  }
}

function side(sign: 1 | -1, driving: number, hasParking: boolean): Lane[] {
  const kinds: [type: string, width: number][] = [
    ...Array.from({ length: driving }, (): [string, number] => ['driving', laneWidthM]),
    ...(hasParking ? [['parking', parkingWidthM] as [string, number]] : []),
    ['sidewalk', walkWidthM],
  ]
  return kinds.map(([type, width], index) => makeLane(sign * (index + 1), type, width))
}

/** A lane of constant width that goes on in the lane of the same number. */
export function makeLane(id: number, type: string, widthM: number): Lane {
  return {
    id,
    type,
    width: new CubicProfile([{ start: 0, a: widthM, b: 0, c: 0, d: 0 }]),
    predecessor: null,
    successor: null,
  }
}

/** y of the centre of a driving lane: −1, −2, … along x, 1, 2, … against it. */
export function laneY(lane: number): number {
  return Math.sign(lane) * (Math.abs(lane) - 0.5) * laneWidthM
}

/** y of the right kerb of the driving lanes. */
export function kerbY(lanesAlong: number): number {
  return -lanesAlong * laneWidthM
}

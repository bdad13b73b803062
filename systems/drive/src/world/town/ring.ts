import { RoadNetwork } from '../opendrive/road-network.ts'
import type { Road } from '../opendrive/road.ts'
import { plainLane, section } from './cross-section.ts'
import { makeRoad } from './make-road.ts'

export interface RingOptions {
  lengthM: number
  lanes: number
  laneWidthM?: number
  speedLimitMps: number
  /** Roads that it is made of. Default 4. */
  pieces?: number
  /** Rings beside one another, from west to east. Default 1. */
  rings?: number
}

/**
 * One-way rings, counter-clockwise, of arcs: roads `1` … `pieces` the first, the following numbers the next. Lanes −1 (inside of the reference line's right) to −`lanes`. `lengthM` is
 * that of the reference line.
 */
export function ring(options: RingOptions): RoadNetwork {
  const { lengthM, lanes, laneWidthM = 3.5, speedLimitMps, pieces = 4, rings = 1 } = options
  const radius = lengthM / (2 * Math.PI)
  const length = lengthM / pieces
  const roads: Road[] = []
  for (let number = 0; number < rings; number++)
    for (let piece = 0; piece < pieces; piece++) {
      const angle = (2 * Math.PI * piece) / pieces
      const id = (of: number) => String(number * pieces + ((of + pieces) % pieces) + 1)
      roads.push(
        makeRoad({
          id: id(piece),
          geometries: [
            {
              s: 0,
              x: number * (2 * radius + 100) + radius * Math.cos(angle),
              y: radius * Math.sin(angle),
              heading: angle + Math.PI / 2,
              length,
              shape: { kind: 'arc', curvature: 1 / radius },
            },
          ],
          section: section(
            length,
            [],
            Array.from({ length: lanes }, (_, index) => ({
              ...plainLane(-(index + 1), 'driving', laneWidthM),
              predecessor: -(index + 1),
              successor: -(index + 1),
            })),
          ),
          predecessor: { kind: 'road', id: id(piece - 1), contactPoint: 'end' },
          successor: { kind: 'road', id: id(piece + 1), contactPoint: 'start' },
          speedLimitMps,
        }),
      )
    }
  return new RoadNetwork(roads, [])
}

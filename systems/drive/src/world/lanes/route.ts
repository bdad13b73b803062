import { wrapAngle } from '@heavylift/core/math'
import { followLane, onward } from '../opendrive/follow-lane.ts'
import type { LanePlace, Way } from '../opendrive/follow-lane.ts'
import { laneDirection, laneOf, sectionIndexAt } from '../opendrive/road.ts'
import type { LaneSection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { ReferencePath } from './reference-path.ts'

const stepM = 0.5
/** Where the roads give no limit: 50 km/h. */
const usualLimitMps = 50 / 3.6

export interface RouteOptions {
  lengthM: number
  /** Ids of roads to prefer where a junction offers several ways; without one of them, the file's first. */
  through?: string[]
  speedLimitMps?: number
}

/**
 * The path along a lane from a place of the roads, over links and junctions, at most `lengthM`, shorter at a dead end (but at least two
 * samples, straight on past the end).
 */
export function routeAlong(
  network: RoadNetwork,
  start: { road: number; lane: number; s: number },
  options: RouteOptions,
): ReferencePath {
  const direction = laneDirection(network.road(start.road), start.lane)
  let through: Way = { roads: (options.through ?? []).map((id) => network.indexOf(id)), at: 0 }
  const places: LanePlace[] = [{ ...start, direction }]
  while (places.length * stepM <= options.lengthM) {
    const last = places.at(-1) as LanePlace
    const { remaining, ...next } = followLane(network, last, stepM, through)
    if (remaining > 1e-9) break
    through = onward(through, last.road, next.road)
    places.push(next)
  }
  const path = new ReferencePath(Math.max(2, places.length), stepM)
  const pose = new Float64Array(4)
  for (let index = 0; index < path.count; index++) {
    const place = places[Math.min(index, places.length - 1)] as LanePlace
    network.lanePose(place.road, place.lane, place.s, 0, pose)
    const overrun = (index - Math.min(index, places.length - 1)) * stepM
    path.x[index] = (pose[0] as number) + overrun * Math.cos(pose[2] as number)
    path.y[index] = (pose[1] as number) + overrun * Math.sin(pose[2] as number)
    const before = index === 0 ? (pose[2] as number) : (path.heading[index - 1] as number)
    path.heading[index] = before + wrapAngle((pose[2] as number) - before)
    path.road[index] = place.road
    path.lane[index] = place.lane
    path.roadS[index] = place.s
    path.direction[index] = place.direction
    path.laneWidthM[index] = laneWidth(network, place)
    path.speedLimitMps[index] =
      options.speedLimitMps ?? network.road(place.road).speedLimitMps ?? usualLimitMps
  }
  for (let index = 0; index < path.count; index++) {
    const from = Math.max(0, index - 1)
    const to = Math.min(path.count - 1, index + 1)
    const way = Math.hypot(
      (path.x[to] as number) - (path.x[from] as number),
      (path.y[to] as number) - (path.y[from] as number),
    )
    path.curvature[index] =
      ((path.heading[to] as number) - (path.heading[from] as number)) / Math.max(way, 1e-6)
  }
  return path
}

function laneWidth(network: RoadNetwork, { road, lane, s }: LanePlace): number {
  const on = network.road(road)
  const section = on.sections[sectionIndexAt(on, s)] as LaneSection
  return laneOf(section, lane)?.width.at(s - section.s) ?? 3.5
}

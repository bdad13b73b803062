import { clamp } from '@heavylift/core/math'
import { ReferencePath } from './reference-path.ts'
import type { PathPoint } from './reference-path.ts'

/**
 * A path that follows `from` to `atM` and then goes over, smoothly within `overM`, to `to` beside it: a lane change as a route. Lanes are those of `to`
 * from the middle of the change on.
 */
export function changedPath(
  from: ReferencePath,
  to: ReferencePath,
  atM: number,
  overM: number,
): ReferencePath {
  const { stepM } = from
  const before = from.indexAt(atM)
  const there: PathPoint = { s: 0, lateral: 0, index: -1 }
  to.project(from.x[before] as number, from.y[before] as number, -1, there)
  const after = Math.floor((to.lengthM - there.s) / stepM)
  const path = new ReferencePath(before + 1 + after, stepM)
  const point = new Float64Array(2)
  const side = there.lateral
  for (let index = 0; index < path.count; index++) {
    const past = (index - before) * stepM
    const share = clamp(past / overM, 0, 1)
    const source = share < 0.5 ? from : to
    const sample = share < 0.5 ? Math.min(index, from.count - 1) : to.indexAt(there.s + past)
    if (past <= 0) {
      path.x[index] = from.x[index] as number
      path.y[index] = from.y[index] as number
      path.heading[index] = from.heading[index] as number
    } else {
      to.pointAt(there.s + past, side * (1 - share * share * (3 - 2 * share)), point)
      path.x[index] = point[0] as number
      path.y[index] = point[1] as number
      const slope = (-side * 6 * share * (1 - share)) / overM
      path.heading[index] = to.headingAt(there.s + past) + Math.atan(slope)
    }
    path.laneWidthM[index] = source.laneWidthM[sample] as number
    path.speedLimitMps[index] = source.speedLimitMps[sample] as number
    path.road[index] = source.road[sample] as number
    path.lane[index] = source.lane[sample] as number
    path.roadS[index] = source.roadS[sample] as number
    path.direction[index] = source.direction[sample] as number
  }
  for (let index = 0; index < path.count; index++) {
    const first = Math.max(0, index - 1)
    const last = Math.min(path.count - 1, index + 1)
    const turn = (path.heading[last] as number) - (path.heading[first] as number)
    path.curvature[index] = turn / ((last - first) * stepM)
  }
  return path
}

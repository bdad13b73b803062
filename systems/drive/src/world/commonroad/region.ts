import { wrapAngle } from '@heavylift/core/math'
import type { CommonRoadScene, Goal, Interval, Lanelet, Region, TimedState } from './commonroad.ts'

type Point = readonly [x: number, y: number]

/** Whether a point lies in a polygon (crossings of a ray). */
function isInside(points: readonly Point[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, before = points.length - 1; i < points.length; before = i++) {
    const [ax, ay] = points[i] as Point
    const [bx, by] = points[before] as Point
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

export function isInLanelet({ left, right }: Lanelet, x: number, y: number): boolean {
  return isInside([...left, ...right.toReversed()], x, y)
}

export function isInRegion({ lanelets }: CommonRoadScene, region: Region, x: number, y: number): boolean {
  switch (region.kind) {
    case 'circle':
      return Math.hypot(x - region.x, y - region.y) <= region.radiusM
    case 'polygon':
      return isInside(region.points, x, y)
    case 'rectangle': {
      const [dx, dy] = [x - region.x, y - region.y]
      const along = dx * Math.cos(region.heading) + dy * Math.sin(region.heading)
      const across = dy * Math.cos(region.heading) - dx * Math.sin(region.heading)
      return Math.abs(along) <= region.lengthM / 2 && Math.abs(across) <= region.widthM / 2
    }
    case 'lanelets':
      return region.ids.some((id) => {
        const lanelet = lanelets.get(id)
        return lanelet !== undefined && isInLanelet(lanelet, x, y)
      })
  }
}

const within = (value: number, { from, to }: Interval) => value >= from - 1e-6 && value <= to + 1e-6

/** Whether a state meets all that a goal asks for. */
export function meetsGoal(scene: CommonRoadScene, goal: Goal, state: TimedState): boolean {
  const { timeS, regions, speedMps, heading } = goal
  if (!within(state.timeS, timeS)) return false
  if (speedMps && !within(state.speedMps, speedMps)) return false
  if (heading) {
    const middle = (heading.from + heading.to) / 2
    if (Math.abs(wrapAngle(state.heading - middle)) > (heading.to - heading.from) / 2 + 1e-6) return false
  }
  return regions.length === 0 || regions.some((region) => isInRegion(scene, region, state.x, state.y))
}

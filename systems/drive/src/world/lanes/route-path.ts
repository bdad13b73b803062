import { laneCentre } from '../opendrive/road.ts'
import { ReferencePath } from './reference-path.ts'
import { wrapAngle } from '@heavylift/core/math'
import { isBeside, roadPlace } from './find-route.ts'
import type { LaneRoute } from './find-route.ts'
import type { LaneGraph } from './lane-graph.ts'

const stepM = 0.5
/** A change of lane takes this much of the road at most. */
const changeM = 60

/** Lanes of one section that are driven one beside the other, from one position to another of the first. */
interface Stretch {
  lanes: number[]
  fromM: number
  toM: number
}

/** The line that a route is driven along: lane centres, with smooth changes between lanes in the middle of the stretches where the route has them. */
export function routePath(graph: LaneGraph, route: LaneRoute): ReferencePath {
  const stretches = stretchesOf(graph, route)
  const total = stretches.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0)
  const path = new ReferencePath(Math.max(2, Math.floor(total / stepM) + 1), stepM)
  const pose = new Float64Array(4)
  let number = 0
  let before = 0
  for (let index = 0; index < path.count; index++) {
    let along = Math.min(index * stepM, total)
    let stretch = stretches[number] as Stretch
    while (number + 1 < stretches.length && along - before > stretch.toM - stretch.fromM) {
      before += stretch.toM - stretch.fromM
      stretch = stretches[++number] as Stretch
    }
    along -= before
    const [lane, next, share] = blendAt(stretch, along)
    const road = graph.road[lane] as number
    const s = roadPlace(graph, lane, stretch.fromM + along)
    const on = graph.network.road(road)
    const t = laneCentre(on, graph.laneId[lane] as number, s)
    const t2 = laneCentre(on, graph.laneId[next] as number, s)
    graph.network.lanePose(road, graph.laneId[lane] as number, s, share * (t2 - t), pose)
    path.x[index] = pose[0] as number
    path.y[index] = pose[1] as number
    path.road[index] = road
    path.lane[index] = graph.laneId[share > 0.5 ? next : lane] as number
    path.roadS[index] = s
    path.direction[index] = graph.direction[lane] as number
    path.laneWidthM[index] = graph.widthM[lane] as number
    path.speedLimitMps[index] = graph.speedLimitMps[lane] as number
    path.heading[index] = pose[2] as number
  }
  smoothHeadings(path)
  return path
}

function stretchesOf(graph: LaneGraph, { lanes, startM, endM }: LaneRoute): Stretch[] {
  const stretches: Stretch[] = []
  for (const [index, lane] of lanes.entries()) {
    const last = stretches.at(-1)
    if (last && isBeside(graph, last.lanes.at(-1) as number, lane)) last.lanes.push(lane)
    else
      stretches.push({ lanes: [lane], fromM: index === 0 ? startM : 0, toM: graph.lengthM[lane] as number })
  }
  const last = stretches.at(-1) as Stretch
  // The end is given on the last lane beside; by share of the length it is the same place on the first.
  const share = endM / (graph.lengthM[lanes.at(-1) as number] as number)
  last.toM = Math.max(last.fromM, share * (graph.lengthM[last.lanes[0] as number] as number))
  return stretches
}

/** Between which two lanes of a stretch its line lies, and how far over it is (smoothstep). */
function blendAt({ lanes, fromM, toM }: Stretch, along: number): [number, number, number] {
  // A stretch that ends where it begins has a line too, of one point.
  const part = Math.max(1e-6, (toM - fromM) / Math.max(1, lanes.length - 1))
  const number = Math.min(Math.floor(along / part), Math.max(0, lanes.length - 2))
  const lane = lanes[number] as number
  const next = lanes[number + 1] ?? lane
  const length = Math.min(changeM, part)
  const p = Math.min(1, Math.max(0, (along - number * part - (part - length) / 2) / length))
  return [lane, next, next === lane ? 0 : p * p * (3 - 2 * p)]
}

/** Headings along the line itself, so that changes of lane turn, and curvature from them. */
function smoothHeadings(path: ReferencePath): void {
  const { count, x, y, heading, curvature } = path
  const between = (values: Float64Array, from: number, to: number) =>
    (values[to] as number) - (values[from] as number)
  for (let index = 0; index < count; index++) {
    const from = Math.max(0, index - 1)
    const to = Math.min(count - 1, index + 1)
    const along = Math.atan2(between(y, from, to), between(x, from, to))
    const before = index === 0 ? along : (heading[index - 1] as number)
    heading[index] = before + wrapAngle(along - before)
  }
  for (let index = 0; index < count; index++) {
    const from = Math.max(0, index - 1)
    const to = Math.min(count - 1, index + 1)
    const way = Math.hypot(between(x, from, to), between(y, from, to))
    curvature[index] = between(heading, from, to) / Math.max(way, 1e-6)
  }
}

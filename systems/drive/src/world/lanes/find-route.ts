import { NotFoundError } from '@heavylift/core'
import type { LaneSection } from '../opendrive/road.ts'
import { sectionIndexAt } from '../opendrive/road.ts'
import { positionOn } from './lane-graph.ts'
import type { LaneGraph } from './lane-graph.ts'

export interface RoutePlace {
  /** Id of the road. */
  road: string
  lane: number
  /** Of the road. */
  s: number
}

/** Lanes of the graph, each followed by the next or beside it. */
export interface LaneRoute {
  lanes: number[]
  /** Positions on the first and the last lane. */
  startM: number
  endM: number
  lengthM: number
}

/** What a change of lane costs, in metres of detour, and how much of a lane it takes. */
const changeCostM = 80
const changeRoomM = 30

/** The lane of the graph at a place of the roads. Throws `lane-not-found`, `road-not-found`. */
export function laneAtPlace(graph: LaneGraph, { road, lane, s }: RoutePlace): number {
  const index = graph.network.indexOf(road)
  const on = graph.network.road(index)
  const found = graph.find(index, sectionIndexAt(on, s), lane)
  if (found < 0)
    throw new NotFoundError({
      code: 'lane-not-found',
      message: `Road ${road} has no lane ${lane} for driving at ${s} m.`,
    })
  return found
}

/**
 * The shortest way from one place to another along lanes and over changes to a lane beside it (Dijkstra 1959). Changes count 80 m each. Throws `route-not-found`
 * where no way leads there, and what `laneAtPlace` throws.
 */
export function findRoute(graph: LaneGraph, from: RoutePlace, to: RoutePlace): LaneRoute {
  const first = laneAtPlace(graph, from)
  const last = laneAtPlace(graph, to)
  const startM = positionOn(graph, first, from.s)
  const endM = positionOn(graph, last, to.s)
  const cost = new Float64Array(graph.count).fill(Infinity)
  const via = new Int32Array(graph.count).fill(-1)
  const open = new Set<number>()
  const { lengthM, successors, left, right } = graph
  const reach = (lane: number, from: number, at: number) => {
    if (at >= (cost[lane] as number)) return
    cost[lane] = at
    via[lane] = from
    open.add(lane)
  }
  // Cost at a lane is to its start; where the goal lies behind the start on the same lane the way leads round.
  const isRoundTrip = first === last && endM < startM
  let isReached = false
  cost[first] = -startM
  if (isRoundTrip) open.add(first)
  else reach(first, -1, -startM - 1e-9)
  let isFirst = true
  while (open.size > 0) {
    let lane = -1
    for (const one of open) if (lane < 0 || (cost[one] as number) < (cost[lane] as number)) lane = one
    open.delete(lane)
    if (lane === last && !(isFirst && isRoundTrip)) {
      isReached = true
      break
    }
    const at = cost[lane] as number
    if (isFirst && isRoundTrip) cost[first] = Infinity
    isFirst = false
    for (let i = successors.start[lane] as number; i < (successors.start[lane + 1] as number); i++)
      reach(successors.items[i] as number, lane, at + (lengthM[lane] as number))
    if ((lengthM[lane] as number) < changeRoomM) continue
    for (const beside of [left[lane] as number, right[lane] as number])
      if (beside >= 0) reach(beside, lane, at + changeCostM)
  }
  if (!isReached)
    throw new NotFoundError({
      code: 'route-not-found',
      message: `No way leads from road ${from.road}, lane ${from.lane} to road ${to.road}, lane ${to.lane}.`,
    })
  const lanes = [last]
  while (via[lanes[0] as number] !== -1 && (lanes.length === 1 || lanes[0] !== first))
    lanes.unshift(via[lanes[0] as number] as number)
  return { lanes, startM, endM, lengthM: lengthOf(graph, lanes, startM, endM) }
}

function lengthOf(graph: LaneGraph, lanes: number[], startM: number, endM: number): number {
  let length = endM - startM
  for (let i = 0; i + 1 < lanes.length; i++) {
    const lane = lanes[i] as number
    if (!isBeside(graph, lane, lanes[i + 1] as number)) length += graph.lengthM[lane] as number
  }
  return length
}

export function isBeside(graph: LaneGraph, lane: number, other: number): boolean {
  return graph.left[lane] === other || graph.right[lane] === other
}

/** The place of the road at a position on a lane. */
export function roadPlace(graph: LaneGraph, lane: number, positionM: number): number {
  const road = graph.network.road(graph.road[lane] as number)
  const { s, end } = road.sections[graph.section[lane] as number] as LaneSection
  const share = positionM / (graph.lengthM[lane] as number)
  return s + (end - s) * (graph.direction[lane] === 1 ? share : 1 - share)
}

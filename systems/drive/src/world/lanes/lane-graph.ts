import { clamp } from '@heavylift/core/math'
import { lanesAfter, linkedLanes } from '../opendrive/follow-lane.ts'
import type { LanePlace } from '../opendrive/follow-lane.ts'
import type { Lane, LaneSection, Road } from '../opendrive/road.ts'
import { laneDirection, laneOf, sectionIndexAt } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { signalTypes } from './junction-signs.ts'
import { sampleLane } from './sample-lane.ts'

const usualLimitMps = 50 / 3.6
const drivingTypes = new Set([
  'driving',
  'entry',
  'exit',
  'onRamp',
  'offRamp',
  'connectingRamp',
  'slipLane',
  'bidirectional',
  'mwyEntry',
  'mwyExit',
])
/** What vehicles are where a lane says who may drive on it. */
const cars = ['passengerCar', 'autonomousTraffic', 'none', 'simulator']

/** Whether cars may drive on a lane all along it (OpenDRIVE 1.8, 11.7.3). */
function isForCars({ type, access = [] }: Lane): boolean {
  if (!drivingTypes.has(type)) return false
  const names = (rule: 'allow' | 'deny') =>
    access.filter((entry) => entry.rule === rule).flatMap(({ traffic }) => traffic)
  const allowed = names('allow')
  if (allowed.length > 0 && !allowed.some((name) => cars.includes(name))) return false
  return !names('deny').some((name) => name !== 'none' && cars.includes(name))
}

/** The limit in the midst of a section: the lane's own, else the road's there; the usual one in towns where the file says nothing. */
function limitOf(road: Road, { s, end }: LaneSection, lane: Lane): number {
  const middle = (s + end) / 2
  const own = lane.speedLimits?.findLast(({ start }) => s + start <= middle)?.limitMps ?? null
  const types = road.types?.filter(({ speedLimitMps }) => speedLimitMps !== null) ?? []
  const ofRoad = (types.findLast((type) => type.s <= middle) ?? types[0])?.speedLimitMps ?? null
  const finite = [own, ofRoad, road.speedLimitMps].find((limit) => limit !== null && limit < Infinity)
  return finite ?? usualLimitMps
}

/** What stands at a lane's stop line, as numbers in `LaneGraph.sign`. */
export const laneSigns = { none: 0, trafficLight: 1, stopSign: 2, yieldSign: 3, priorityRoad: 4 } as const

/** A list of numbers for each lane, in one array: those of lane i are from `start[i]` to before `start[i + 1]`. */
export interface Lists {
  start: Int32Array
  items: Int32Array
}

/**
 * The lanes that vehicles drive on, one for each lane of each section, with what follows and what lies beside them; in typed arrays by the lane's
 * number. Positions on a lane are metres along its centre, in the direction of its traffic.
 */
export interface LaneGraph {
  network: RoadNetwork
  count: number
  road: Int32Array
  section: Int32Array
  laneId: Int32Array
  direction: Int8Array
  lengthM: Float64Array
  widthM: Float64Array
  speedLimitMps: Float64Array
  /** The lane beside it in the same direction, −1 where there is none. */
  left: Int32Array
  right: Int32Array
  successors: Lists
  predecessors: Lists
  /** Index of the junction that it leads through, −1 outside. */
  junction: Int32Array
  /** Position of the stop line, NaN without one. */
  stopM: Float64Array
  /** One of `laneSigns`. */
  sign: Uint8Array
  /** Samples of the centre: from `sampleStart[i]`, evenly over the length, the last at the end. */
  sampleStart: Int32Array
  sampleX: Float64Array
  sampleY: Float64Array
  sampleHeading: Float64Array
  /** Number of the lane (road index, section, id), −1 where it is none for driving. */
  find(road: number, section: number, id: number): number
}

interface Piece {
  road: number
  section: number
  lane: Lane
}

/** Sections shorter than this in s have no lane of their own. */
const leastM = 1e-6

export function buildLaneGraph(network: RoadNetwork): LaneGraph {
  const pieces: Piece[] = []
  const numbers = new Map<string, number>()
  for (const [index, road] of network.roads.entries())
    for (const [number, section] of road.sections.entries()) {
      if (section.end - section.s < leastM) continue
      for (const lane of [...section.right, ...section.left]) {
        if (!isForCars(lane)) continue
        numbers.set(`${index} ${number} ${lane.id}`, pieces.length)
        pieces.push({ road: index, section: number, lane })
      }
    }
  const count = pieces.length
  const find = (road: number, section: number, id: number) => numbers.get(`${road} ${section} ${id}`) ?? -1
  const junctions = [...network.junctions.keys()]
  const roadOf = (piece: Piece) => network.road(piece.road)
  const outward = pieces.map(({ road, section, lane }) => find(road, section, lane.id + Math.sign(lane.id)))
  const inward = pieces.map(({ road, section, lane }) =>
    Math.abs(lane.id) === 1 ? -1 : find(road, section, lane.id - Math.sign(lane.id)),
  )
  const ways = pieces.map((piece) => laneDirection(roadOf(piece), piece.lane.id))
  const beside = (found: number, lane: number) => (found >= 0 && ways[found] === ways[lane] ? found : -1)
  // Along its traffic a right lane (id below zero) that is driven with rising s has the centre on its left.
  const isCentreLeft = pieces.map((piece, lane) => piece.lane.id < 0 === (ways[lane] === 1))
  const next = pieces.map((piece) => successorsOf(network, piece, find))
  const before: number[][] = pieces.map(() => [])
  for (const [lane, lanes] of next.entries())
    for (const after of lanes) (before[after] as number[]).push(lane)

  const lengthM = new Float64Array(count)
  const sampleStart = new Int32Array(count + 1)
  const samples: number[] = []
  for (const [lane, piece] of pieces.entries()) {
    lengthM[lane] = sampleLane(network, piece.road, piece.section, piece.lane.id, samples)
    sampleStart[lane + 1] = samples.length / 3
  }
  const graph: LaneGraph = {
    network,
    count,
    road: Int32Array.from(pieces, ({ road }) => road),
    section: Int32Array.from(pieces, ({ section }) => section),
    laneId: Int32Array.from(pieces, ({ lane }) => lane.id),
    direction: Int8Array.from(ways),
    lengthM,
    widthM: Float64Array.from(pieces, (piece) => {
      const { s, end } = roadOf(piece).sections[piece.section] as LaneSection
      return piece.lane.width.at((end - s) / 2)
    }),
    speedLimitMps: Float64Array.from(pieces, (piece) => {
      const road = roadOf(piece)
      return limitOf(road, road.sections[piece.section] as LaneSection, piece.lane)
    }),
    left: Int32Array.from(pieces, (_, lane) =>
      beside((isCentreLeft[lane] ? inward : outward)[lane] as number, lane),
    ),
    right: Int32Array.from(pieces, (_, lane) =>
      beside((isCentreLeft[lane] ? outward : inward)[lane] as number, lane),
    ),
    successors: listsOf(next),
    predecessors: listsOf(before),
    junction: Int32Array.from(pieces, (piece) => {
      const { junction } = roadOf(piece)
      return junction === null ? -1 : junctions.indexOf(junction)
    }),
    stopM: new Float64Array(count).fill(NaN),
    sign: new Uint8Array(count),
    sampleStart,
    sampleX: Float64Array.from({ length: samples.length / 3 }, (_, i) => samples[3 * i] as number),
    sampleY: Float64Array.from({ length: samples.length / 3 }, (_, i) => samples[3 * i + 1] as number),
    sampleHeading: Float64Array.from({ length: samples.length / 3 }, (_, i) => samples[3 * i + 2] as number),
    find,
  }
  for (const [index, road] of network.roads.entries()) addSigns(graph, index, road)
  return graph
}

export function listsOf(lists: number[][]): Lists {
  const start = new Int32Array(lists.length + 1)
  for (const [index, list] of lists.entries()) start[index + 1] = (start[index] as number) + list.length
  return { start, items: Int32Array.from(lists.flat()) }
}

function successorsOf(network: RoadNetwork, piece: Piece, find: LaneGraph['find']): number[] {
  const road = network.road(piece.road)
  const direction = laneDirection(road, piece.lane.id)
  let section = piece.section + direction
  // Passes over sections without length.
  while (road.sections[section] && isEmpty(road.sections[section] as LaneSection)) section += direction
  const inside = road.sections[section]
  if (inside) {
    const linked = linkedLanes(piece.lane, direction)
    return (linked.length > 0 ? linked : [piece.lane.id])
      .map((id) => (laneOf(inside, id) ? find(piece.road, section, id) : -1))
      .filter((lane) => lane >= 0)
  }
  const place = { road: piece.road, lane: piece.lane.id, s: direction === 1 ? road.length : 0, direction }
  return lanesAfter(network, place as LanePlace)
    .map((after) => {
      const on = network.road(after.road)
      const at = after.direction === 1 ? sectionIndexAt(on, leastM) : sectionIndexAt(on, on.length - leastM)
      return find(after.road, at, after.lane)
    })
    .filter((lane) => lane >= 0)
}

function isEmpty({ s, end }: LaneSection): boolean {
  return end - s < leastM
}

const signOf: Record<string, number> = {
  [signalTypes.trafficLight]: laneSigns.trafficLight,
  [signalTypes.stopSign]: laneSigns.stopSign,
  [signalTypes.yieldSign]: laneSigns.yieldSign,
  [signalTypes.priorityRoad]: laneSigns.priorityRoad,
}

/** Stop lines and signs of a road, onto the lanes that they are for. A sign without a stop line is one. */
function addSigns(graph: LaneGraph, index: number, road: Road): void {
  for (const signal of road.signals) {
    const sign = signOf[signal.type] ?? laneSigns.none
    if (sign === laneSigns.none && signal.type !== signalTypes.stopLine) continue
    const direction = signal.orientation === '-' ? -1 : 1
    const section = sectionIndexAt(road, signal.s)
    const { s, end } = road.sections[section] as LaneSection
    for (let lane = 0; lane < graph.count; lane++) {
      if (graph.road[lane] !== index || graph.section[lane] !== section) continue
      if (graph.direction[lane] !== direction) continue
      const share = (direction === 1 ? signal.s - s : end - signal.s) / (end - s)
      graph.stopM[lane] = share * (graph.lengthM[lane] as number)
      if (sign !== laneSigns.none) graph.sign[lane] = sign
    }
  }
}

/** Writes x, y and heading of a place on a lane, `lateral` metres to the left of its centre, into `out`. */
export function lanePoint(
  graph: LaneGraph,
  lane: number,
  s: number,
  lateral: number,
  out: Float64Array,
): void {
  const start = graph.sampleStart[lane] as number
  const pieces = (graph.sampleStart[lane + 1] as number) - start - 1
  const along = (s / (graph.lengthM[lane] as number)) * pieces
  const piece = clamp(Math.floor(along), 0, pieces - 1)
  const share = along - piece
  const at = start + piece
  const { sampleX, sampleY, sampleHeading } = graph
  const heading =
    (sampleHeading[at] as number) +
    share * ((sampleHeading[at + 1] as number) - (sampleHeading[at] as number))
  out[0] =
    (sampleX[at] as number) +
    share * ((sampleX[at + 1] as number) - (sampleX[at] as number)) -
    lateral * Math.sin(heading)
  out[1] =
    (sampleY[at] as number) +
    share * ((sampleY[at + 1] as number) - (sampleY[at] as number)) +
    lateral * Math.cos(heading)
  out[2] = heading
}

/** Position on a lane of a place of its road. */
export function positionOn(graph: LaneGraph, lane: number, roadS: number): number {
  const road = graph.network.road(graph.road[lane] as number)
  const { s, end } = road.sections[graph.section[lane] as number] as LaneSection
  const share = (roadS - s) / (end - s)
  return (graph.direction[lane] === 1 ? share : 1 - share) * (graph.lengthM[lane] as number)
}

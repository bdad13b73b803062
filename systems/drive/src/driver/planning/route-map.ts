import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import { laneDirection, sectionIndexAt } from '../../world/opendrive/road.ts'
import type { Lane, LaneSection, Road } from '../../world/opendrive/road.ts'
import { buildLaneGraph } from '../../world/lanes/lane-graph.ts'
import type { LaneGraph } from '../../world/lanes/lane-graph.ts'
import { junctionConflicts } from '../../world/lanes/junction-conflicts.ts'
import type { Conflict } from '../../world/lanes/junction-conflicts.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'

/** Lanes that one drives on. */
const driving = new Set(['driving', 'entry', 'exit', 'onRamp', 'offRamp', 'connectingRamp', 'bidirectional'])
/** Lanes that one may stop on to let somebody pass. */
const stopping = new Set(['shoulder', 'stop', 'parking', 'biking'])
/** Room beside the lane on a junction, where other ways cross it. */
const junctionRoomM = 1.5
/** Widths are looked up at every fourth sample of the route. */
const stride = 4
/** Signs by country code; others by the German catalogue, which OpenDRIVE files use most. */
const stopTypes = new Set(['206', 'R1-1', 'stop'])

/** A place on the route where one has to stop, for a light or a sign. */
export interface StopLine {
  /** Along the route. */
  s: number
  /** Head of the signal table; −1 for a stop sign. */
  head: number
}

/** A crosswalk over the route, from and to along it. */
export interface Crosswalk {
  fromS: number
  toS: number
}

/** A junction that the route leads through, from and to along it. */
export interface JunctionOnRoute {
  fromS: number
  toS: number
  /** A light lets the route in. */
  hasLight: boolean
  /** Others who cross have the right of way, and neither light nor stop sign holds the route. */
  yields: boolean
}

/** So far before a junction lie the lights and signs of its entry. */
const entryM = 15

/**
 * What the map says along a route, in metres left of its path (right is negative): the edges of the lanes of the own direction, of all
 * lanes, and of what can be stopped on at the right. Filled as far as it is asked for.
 */
export class RouteMap {
  readonly lines: StopLine[]
  readonly crosswalks: Crosswalk[]
  readonly junctions: JunctionOnRoute[]
  readonly ownLeftM: Float64Array
  readonly ownRightM: Float64Array
  readonly leftM: Float64Array
  readonly rightM: Float64Array
  readonly shoulderRightM: Float64Array
  readonly isJunction: Uint8Array
  #filled = 0
  readonly #route: ReferencePath
  readonly #network: RoadNetwork

  constructor(route: ReferencePath, network: RoadNetwork, signals: SignalTable) {
    this.#route = route
    this.#network = network
    const count = Math.ceil(route.count / stride) + 1
    const numbers = () => new Float64Array(count)
    this.ownLeftM = numbers()
    this.ownRightM = numbers()
    this.leftM = numbers()
    this.rightM = numbers()
    this.shoulderRightM = numbers()
    this.isJunction = new Uint8Array(count)
    this.lines = stopLines(route, network, signals)
    this.crosswalks = crosswalksOn(route, network)
    this.junctions = junctionsOn(route, network, this.lines)
  }

  /** The junction that the front is before or in; undefined where none is left. */
  junctionAt(frontS: number): JunctionOnRoute | undefined {
    return this.junctions.find(({ toS }) => toS > frontS)
  }

  /** Index into the edges for a place on the route; fills them up to there. */
  indexAt(s: number): number {
    const index = Math.floor(this.#route.indexAt(s) / stride)
    while (this.#filled <= index) this.#fill(this.#filled++)
    return index
  }

  #fill(index: number): void {
    const route = this.#route
    const network = this.#network
    const at = Math.min(index * stride, route.count - 1)
    const half = (route.laneWidthM[at] as number) / 2
    const road = network.road(route.road[at] as number)
    this.ownLeftM[index] = this.leftM[index] = half
    this.ownRightM[index] = this.rightM[index] = this.shoulderRightM[index] = -half
    if (road.junction !== null && road.junction !== '-1') {
      this.isJunction[index] = 1
      this.ownLeftM[index] = this.leftM[index] = half + junctionRoomM
      this.ownRightM[index] = this.rightM[index] = this.shoulderRightM[index] = -half - junctionRoomM
      return
    }
    const s = route.roadS[at] as number
    const section = road.sections[sectionIndexAt(road, s)] as LaneSection
    const own = route.lane[at] as number
    this.#widen(index, road, section, own, s, 1)
    this.#widen(index, road, section, own, s, -1)
  }

  /** Walks from the own lane to one side (1 left, −1 right, as the route sees it) over the lanes there. */
  #widen(index: number, road: Road, section: LaneSection, own: number, s: number, side: 1 | -1): void {
    const direction = laneDirection(road, own)
    // Lane ids grow to the left of the reference line; against it, left and right change places.
    const way = side * direction
    let edge = side === 1 ? (this.leftM[index] as number) : (this.rightM[index] as number)
    let isOwn = true
    let isDriving = true
    for (let id = nextLane(own, way); ; id = nextLane(id, way)) {
      const lane = laneAtId(section, id)
      if (!lane) return
      const isDrivable = driving.has(lane.type)
      if (!isDrivable && !stopping.has(lane.type)) return
      isDriving &&= isDrivable
      isOwn &&= isDriving && laneDirection(road, id) === direction
      edge += side * Math.max(0, lane.width.at(s - section.s))
      if (side === 1) {
        if (isOwn) this.ownLeftM[index] = edge
        if (isDriving) this.leftM[index] = edge
      } else {
        if (isOwn) this.ownRightM[index] = edge
        if (isDriving) this.rightM[index] = edge
        this.shoulderRightM[index] = edge
      }
    }
  }
}

function nextLane(id: number, way: number): number {
  const next = id + way
  return next === 0 ? way : next
}

function laneAtId(section: LaneSection, id: number): Lane | undefined {
  return id > 0 ? section.left[id - 1] : section.right[-id - 1]
}

function stopLines(route: ReferencePath, network: RoadNetwork, signals: SignalTable): StopLine[] {
  const lines: StopLine[] = []
  for (const [head, { road, s, lanes, direction }] of signals.heads.entries()) {
    const at = placeOn(route, road, s, direction)
    if (at >= 0 && (lanes.length === 0 || lanes.includes(route.lane[at] as number)))
      lines.push({ s: at * route.stepM, head })
  }
  const seen = new Set<number>()
  for (let index = 0; index < route.count; index++) {
    const road = route.road[index] as number
    if (seen.has(road)) continue
    seen.add(road)
    for (const signal of network.road(road).signals) {
      if (signal.isDynamic || !stopTypes.has(signal.type)) continue
      const direction = route.direction[index] as 1 | -1
      if (signal.orientation !== 'none' && (signal.orientation === '+') !== (direction === 1)) continue
      const at = placeOn(route, road, signal.s, direction)
      if (at >= 0) lines.push({ s: at * route.stepM, head: -1 })
    }
  }
  return lines.toSorted((a, b) => a.s - b.s)
}

function crosswalksOn(route: ReferencePath, network: RoadNetwork): Crosswalk[] {
  const crosswalks: Crosswalk[] = []
  let road = -1
  for (let index = 0; index < route.count; index++) {
    if (route.road[index] === road) continue
    road = route.road[index] as number
    for (const { type, s, length } of network.road(road).objects) {
      if (type !== 'crosswalk') continue
      const at = placeOn(route, road, s, route.direction[index] as 1 | -1) * route.stepM
      if (at >= 0) crosswalks.push({ fromS: at - length / 2, toS: at + length / 2 })
    }
  }
  return crosswalks.toSorted((a, b) => a.fromS - b.fromS)
}

const conflictsOf = new WeakMap<RoadNetwork, { graph: LaneGraph; conflicts: Conflict[][] }>()

/** Whether who drives along a lane of a junction gives way to somebody who crosses. */
function yieldsOn(network: RoadNetwork, road: number, s: number, lane: number): boolean {
  let known = conflictsOf.get(network)
  if (!known) {
    const graph = buildLaneGraph(network)
    known = { graph, conflicts: junctionConflicts(graph) }
    conflictsOf.set(network, known)
  }
  const number = known.graph.find(road, sectionIndexAt(network.road(road), s), lane)
  return (known.conflicts[number] ?? []).some(({ kind, isYielding }) => isYielding && kind === 'crossing')
}

function junctionsOn(
  route: ReferencePath,
  network: RoadNetwork,
  lines: readonly StopLine[],
): JunctionOnRoute[] {
  const junctions: JunctionOnRoute[] = []
  let open: JunctionOnRoute | null = null
  for (let index = 0; index < route.count; index++) {
    const road = route.road[index] as number
    const { junction } = network.road(road)
    const isIn = junction !== null && junction !== '-1'
    const s = index * route.stepM
    if (!isIn) {
      open = null
      continue
    }
    if (!open) {
      const before = lines.filter((line) => line.s < s + 1 && line.s > s - entryM)
      const yields =
        before.length === 0 &&
        yieldsOn(network, road, route.roadS[index] as number, route.lane[index] as number)
      open = { fromS: s, toS: s, hasLight: before.some(({ head }) => head >= 0), yields }
      junctions.push(open)
    }
    open.toS = s
  }
  return junctions
}

/** Sample of the route nearest to a place of a road; −1 where the route does not pass it that way. On the inside of a bend a step of the route is more than one of the road. */
function placeOn(route: ReferencePath, road: number, s: number, direction: 1 | -1): number {
  let nearest = -1
  let least = 2 * route.stepM
  for (let index = 0; index < route.count; index++) {
    if (route.road[index] !== road || route.direction[index] !== direction) continue
    const off = Math.abs((route.roadS[index] as number) - s)
    if (off >= least) continue
    least = off
    nearest = index
  }
  return nearest
}

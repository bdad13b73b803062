import { wrapAngle } from '@heavylift/core/math'
import { CubicProfile } from '../opendrive/cubic-profile.ts'
import type { Geometry } from '../opendrive/reference-line.ts'
import { ReferenceLine } from '../opendrive/reference-line.ts'
import type { Junction, Lane, Road } from '../opendrive/road.ts'
import { RoadNetwork } from '../opendrive/road-network.ts'
import { makeRoad } from '../town/make-road.ts'
import type { Lanelet, LaneletPlace } from './commonroad.ts'

type Point = readonly [x: number, y: number]

/** Spacing of points along a road. */
const spacingM = 4
/** No lane is narrower; where bounds meet a lane would have no room. */
const leastWidthM = 0.2
const usualLimitMps = 50 / 3.6

/** Lanelets beside one another that are driven the same way, from left to right. */
type Group = Lanelet[]

/** Lanelets as roads: those beside one another are the lanes of one road, and direct junctions lead on to those that follow. */
export function laneletNetwork(lanelets: ReadonlyMap<string, Lanelet>): {
  network: RoadNetwork
  places: Map<string, LaneletPlace>
} {
  const groups = groupsOf(lanelets)
  const places = new Map<string, LaneletPlace>()
  for (const [index, group] of groups.entries())
    for (const [lane, { id }] of group.entries()) places.set(id, { road: `${index + 1}`, lane: -(lane + 1) })
  const junctions = junctionsOf(groups, places)
  const of = new Map<string, string>()
  for (const { id, connections } of junctions)
    for (const { incomingRoad, connectingRoad } of connections) {
      of.set(`${incomingRoad} end`, id)
      of.set(`${connectingRoad} start`, id)
    }
  const roads = groups.map((group, index) => roadOf(group, `${index + 1}`, of))
  return { network: new RoadNetwork(roads, junctions), places }
}

function groupsOf(lanelets: ReadonlyMap<string, Lanelet>): Group[] {
  const seen = new Set<string>()
  const groups: Group[] = []
  for (const lanelet of lanelets.values()) {
    if (seen.has(lanelet.id)) continue
    let leftmost = lanelet
    const back = new Set([lanelet.id])
    while (leftmost.leftSame !== null) {
      const next = lanelets.get(leftmost.leftSame)
      if (!next || back.has(next.id) || seen.has(next.id)) break
      back.add(next.id)
      leftmost = next
    }
    const group: Group = []
    for (let at: Lanelet | undefined = leftmost; at && !seen.has(at.id);) {
      seen.add(at.id)
      group.push(at)
      at = at.rightSame === null ? undefined : lanelets.get(at.rightSame)
    }
    groups.push(group)
  }
  return groups
}

/** A direct junction for each set of road ends and beginnings that lead to one another. */
function junctionsOf(groups: Group[], places: ReadonlyMap<string, LaneletPlace>): Junction[] {
  const parent = new Map<string, string>()
  const find = (key: string): string => {
    const up = parent.get(key) ?? key
    return up === key ? key : find(up)
  }
  const links: { from: LaneletPlace; to: LaneletPlace }[] = []
  for (const lanelet of groups.flat()) {
    const from = places.get(lanelet.id) as LaneletPlace
    for (const successor of lanelet.successors) {
      const to = places.get(successor)
      if (!to) continue
      links.push({ from, to })
      parent.set(find(`${from.road} end`), find(`${to.road} start`))
    }
  }
  const byRoot = new Map<string, Junction>()
  for (const { from, to } of links) {
    const root = find(`${from.road} end`)
    const junction = byRoot.get(root) ?? {
      id: `j${byRoot.size + 1}`,
      kind: 'direct' as const,
      connections: [],
    }
    byRoot.set(root, junction)
    let connection = junction.connections.find(
      ({ incomingRoad, connectingRoad }) => incomingRoad === from.road && connectingRoad === to.road,
    )
    if (!connection) {
      connection = { incomingRoad: from.road, connectingRoad: to.road, contactPoint: 'start', laneLinks: [] }
      junction.connections.push(connection)
    }
    connection.laneLinks.push({ from: from.lane, to: to.lane })
  }
  return [...byRoot.values()]
}

function lengthOf(points: readonly Point[]): number {
  let length = 0
  for (let i = 1; i < points.length; i++) length += distance(points[i - 1] as Point, points[i] as Point)
  return length
}

function distance([x, y]: Point, [x2, y2]: Point): number {
  return Math.hypot(x2 - x, y2 - y)
}

/** `count` + 1 points, evenly along a line of points. */
function resample(points: readonly Point[], count: number): Point[] {
  const total = lengthOf(points)
  const out: Point[] = []
  let index = 0
  let before = 0
  for (let i = 0; i <= count; i++) {
    const wanted = (total * i) / count
    while (index < points.length - 2) {
      const step = distance(points[index] as Point, points[index + 1] as Point)
      if (before + step >= wanted) break
      before += step
      index++
    }
    const [from, to] = [points[index] as Point, points[index + 1] as Point]
    const share = Math.min(1, Math.max(0, (wanted - before) / Math.max(1e-9, distance(from, to))))
    out.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])])
  }
  return out
}

/** A smooth line through points: cubics that share their headings (Catmull and Rom 1974). */
function geometriesThrough(points: readonly Point[]): Geometry[] {
  const last = points.length - 1
  const headings = points.map((_, i) => {
    const [from, to] = [points[Math.max(0, i - 1)] as Point, points[Math.min(last, i + 1)] as Point]
    return Math.atan2(to[1] - from[1], to[0] - from[0])
  })
  let s = 0
  return points.slice(1).map((to, index): Geometry => {
    const [x, y] = points[index] as Point
    const heading = headings[index] as number
    const turn = wrapAngle((headings[index + 1] as number) - heading)
    const [dx, dy] = [to[0] - x, to[1] - y]
    const chord = Math.max(1e-6, Math.hypot(dx, dy))
    const [u, v] = [
      dx * Math.cos(heading) + dy * Math.sin(heading),
      dy * Math.cos(heading) - dx * Math.sin(heading),
    ]
    const [endU, endV] = [chord * Math.cos(turn), chord * Math.sin(turn)]
    const geometry: Geometry = {
      s,
      x,
      y,
      heading,
      length: chord,
      shape: {
        kind: 'paramPoly3',
        u: [0, chord, 3 * u - 2 * chord - endU, chord + endU - 2 * u],
        v: [0, 0, 3 * v - endV, endV - 2 * v],
        range: 'normalized',
      },
    }
    s += chord
    return geometry
  })
}

/** A profile through values that has the same slope on both sides of each, so that lanes do not bend there. */
function smoothProfile(starts: readonly number[], values: readonly number[]): CubicProfile {
  const last = starts.length - 1
  const at = (list: readonly number[], i: number) => list[Math.min(last, Math.max(0, i))] as number
  const slope = (i: number) =>
    (at(values, i + 1) - at(values, i - 1)) / Math.max(1e-6, at(starts, i + 1) - at(starts, i - 1))
  return new CubicProfile(
    starts.slice(0, -1).map((start, i) => {
      const length = at(starts, i + 1) - start
      const rise = (at(values, i + 1) - at(values, i)) / length
      const [from, to] = [slope(i), slope(i + 1)]
      return {
        start,
        a: at(values, i),
        b: from,
        c: (3 * rise - 2 * from - to) / length,
        d: (from + to - 2 * rise) / length ** 2,
      }
    }),
  )
}

function roadOf(group: Group, id: string, junctionAt: ReadonlyMap<string, string>): Road {
  const [leftmost] = group as [Lanelet]
  const count = Math.max(1, Math.ceil(lengthOf(leftmost.left) / spacingM))
  const edge = resample(leftmost.left, count)
  const geometries = geometriesThrough(edge)
  const length = geometries.reduce((sum, geometry) => sum + geometry.length, 0)
  const line = new ReferenceLine(geometries, length)
  const starts = [...geometries.map(({ s }) => s), length]
  const pose = new Float64Array(4)
  const beside = (bound: readonly Point[]) =>
    resample(bound, count).map(([x, y], i) => {
      line.evaluate(starts[i] as number, pose)
      return (
        (y - (pose[1] as number)) * Math.cos(pose[2] as number) -
        (x - (pose[0] as number)) * Math.sin(pose[2] as number)
      )
    })
  let inner = edge.map(() => 0)
  const lanes = group.map((lanelet, index): Lane => {
    const outer = beside(lanelet.right)
    const widths = outer.map((t, i) => Math.max(leastWidthM, (inner[i] as number) - t))
    inner = inner.map((t, i) => t - (widths[i] as number))
    return {
      id: -(index + 1),
      type: lanelet.isForCars ? 'driving' : 'sidewalk',
      width: smoothProfile(starts, widths),
      predecessor: null,
      successor: null,
    }
  })
  const limits = group.map(({ limitMps }) => limitMps).filter((limit) => limit > 0)
  const link = (end: 'start' | 'end') => {
    const junction = junctionAt.get(`${id} ${end}`)
    return junction === undefined ? null : { kind: 'junction' as const, id: junction }
  }
  return makeRoad({
    id,
    geometries,
    section: { s: 0, end: length, left: [], right: lanes },
    predecessor: link('start'),
    successor: link('end'),
    speedLimitMps: limits.length > 0 ? Math.max(...limits) : usualLimitMps,
  })
}

import { laneCentre, laneOf } from '../opendrive/road.ts'
import type { Lane, LaneSection, Road } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'

/** Roads as pictures need them: flat lists x, y, x, y, … in metres, rounded to a centimetre. */
export interface RoadMap {
  lanes: { type: string; isInJunction: boolean; outline: number[] }[]
  /** Borders between lanes: `edge` at the sides of what is driven on, `centre` between the directions, `lane` between lanes of one. */
  lines: { kind: 'edge' | 'centre' | 'lane'; points: number[] }[]
  objects: { type: string; x: number; y: number; heading: number; lengthM: number; widthM: number }[]
}

/** Between two points of an outline at most; bends take more. */
const longestStepM = 5
/** Turn between two points at most. */
const mostTurnRad = 0.05

const drivenOn = new Set([
  'driving',
  'entry',
  'exit',
  'onRamp',
  'offRamp',
  'bidirectional',
  'bus',
  'taxi',
  'hov',
  'connectingRamp',
  'biking',
  'parking',
])

/** The outline of every lane, their borders and the objects beside and on them. */
export function roadMap(network: RoadNetwork): RoadMap {
  const map: RoadMap = { lanes: [], lines: [], objects: [] }
  const pose = new Float64Array(4)
  for (const [index, road] of network.roads.entries()) {
    for (const section of road.sections) addSection(map, network, index, road, section)
    for (const object of road.objects) {
      network.trackPose(index, object.s, object.t, pose)
      map.objects.push({
        type: object.type,
        x: rounded(pose[0] as number),
        y: rounded(pose[1] as number),
        heading: rounded((pose[2] as number) + object.heading, 1e4),
        lengthM: object.length,
        widthM: object.width,
      })
    }
  }
  return map
}

function addSection(
  map: RoadMap,
  network: RoadNetwork,
  index: number,
  road: Road,
  section: LaneSection,
): void {
  const places = samplePlaces(network, index, section)
  const isInJunction = road.junction !== null
  for (const side of [section.left, section.right]) {
    const sign = side === section.left ? 1 : -1
    let inner = border(network, index, road, section, 0, sign, places)
    for (const [at, lane] of side.entries()) {
      const outer = border(network, index, road, section, at + 1, sign, places)
      map.lanes.push({ type: lane.type, isInJunction, outline: [...inner, ...reversed(outer)] })
      const next: Lane | undefined = side[at + 1]
      const isDriven = drivenOn.has(lane.type)
      if (!isInJunction && isDriven)
        map.lines.push({ kind: next && drivenOn.has(next.type) ? 'lane' : 'edge', points: outer })
      inner = outer
    }
    if (isInJunction || sign === -1) continue
    const hasBoth = drivenOn.has(section.left[0]?.type ?? '') && drivenOn.has(section.right[0]?.type ?? '')
    map.lines.push({
      kind: hasBoth ? 'centre' : 'edge',
      points: border(network, index, road, section, 0, 1, places),
    })
  }
}

/** Places along a section, closer where it bends. */
function samplePlaces(network: RoadNetwork, index: number, section: LaneSection): number[] {
  const pose = new Float64Array(4)
  const places = [section.s]
  let s = section.s
  while (s < section.end - 1e-6) {
    network.trackPose(index, s, 0, pose)
    const step = Math.min(longestStepM, mostTurnRad / Math.max(Math.abs(pose[3] as number), 1e-4))
    s = Math.min(section.end, s + Math.max(0.25, step))
    places.push(s)
  }
  return places
}

/** The border outside of the first `count` lanes of a side. */
function border(
  network: RoadNetwork,
  index: number,
  road: Road,
  section: LaneSection,
  count: number,
  sign: 1 | -1,
  places: number[],
): number[] {
  const pose = new Float64Array(4)
  const points: number[] = []
  for (const s of places) {
    // At the end of a section the next one begins: stay inside.
    const inside = Math.min(s, section.end - 1e-9)
    const lane = count === 0 ? null : laneOf(section, sign * count)
    const half = lane ? lane.width.at(inside - section.s) / 2 : 0
    const t = lane ? laneCentre(road, sign * count, inside) + sign * half : road.laneOffset.at(inside)
    network.trackPose(index, s, t, pose)
    points.push(rounded(pose[0] as number), rounded(pose[1] as number))
  }
  return points
}

function reversed(points: number[]): number[] {
  const out: number[] = []
  for (let at = points.length - 2; at >= 0; at -= 2) out.push(points[at] as number, points[at + 1] as number)
  return out
}

function rounded(value: number, parts = 100): number {
  return Math.round(value * parts) / parts
}

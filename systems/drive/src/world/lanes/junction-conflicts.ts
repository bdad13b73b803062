import { wrapAngle } from '@heavylift/core/math'
import { turnOf } from './turn.ts'
import { laneSigns } from './lane-graph.ts'
import type { LaneGraph } from './lane-graph.ts'

/** How near the centres of two ways come where their vehicles would touch: a bus beside a car; more where one turns, as long bodies sweep more. */
const apartM = 2.9
const turningApartM = 4.2

/** Two lanes through a junction whose vehicles may touch, seen from one of them. */
export interface Conflict {
  /** Lanes of the graph. */
  lane: number
  other: number
  kind: 'crossing' | 'merging' | 'diverging'
  /** Where on each lane. */
  fromM: number
  toM: number
  otherFromM: number
  otherToM: number
  /** Whether traffic of `lane` gives way to that of `other`: by signs, else to the right, and turning left to those who come towards it. */
  isYielding: boolean
}

/** All conflicts of every junction, both ways round, by lane. Under lights only those who may drive at the same time yield. */
export function junctionConflicts(graph: LaneGraph): Conflict[][] {
  const conflicts: Conflict[][] = Array.from({ length: graph.count }, () => [])
  for (let lane = 0; lane < graph.count; lane++) {
    if ((graph.junction[lane] as number) < 0) continue
    for (let other = lane + 1; other < graph.count; other++) {
      if (graph.junction[other] !== graph.junction[lane]) continue
      const zone = zoneOf(graph, lane, other)
      if (!zone) continue
      const [fromM, toM, otherFromM, otherToM] = zone
      const kind = kindOf(graph, lane, other)
      const own: Conflict = {
        lane,
        other,
        kind,
        fromM,
        toM,
        otherFromM,
        otherToM,
        isYielding: kind !== 'diverging' && yields(graph, lane, other),
      }
      ;(conflicts[lane] as Conflict[]).push(own)
      ;(conflicts[other] as Conflict[]).push({
        lane: other,
        other: lane,
        kind,
        fromM: otherFromM,
        toM: otherToM,
        otherFromM: fromM,
        otherToM: toM,
        isYielding: kind !== 'diverging' && yields(graph, other, lane),
      })
    }
  }
  return conflicts
}

function only(graph: LaneGraph, lane: number, way: 'predecessors' | 'successors'): number {
  const { start, items } = graph[way]
  return items[start[lane] as number] ?? -1
}

function kindOf(graph: LaneGraph, lane: number, other: number): Conflict['kind'] {
  if (only(graph, lane, 'predecessors') === only(graph, other, 'predecessors')) return 'diverging'
  if (only(graph, lane, 'successors') === only(graph, other, 'successors')) return 'merging'
  return 'crossing'
}

/** First and last place on either lane that is too near the other one; null where they keep apart. */
function zoneOf(graph: LaneGraph, lane: number, other: number): [number, number, number, number] | null {
  const { sampleStart, sampleX, sampleY, lengthM } = graph
  const turns = [lane, other].some((one) => {
    const [comes, goes] = headings(graph, one)
    return turnOf(goes - comes) !== 'straight'
  })
  const apart = turns ? turningApartM : apartM
  const range = [Infinity, -Infinity, Infinity, -Infinity]
  const start = sampleStart[lane] as number
  const end = sampleStart[lane + 1] as number
  const otherStart = sampleStart[other] as number
  const otherEnd = sampleStart[other + 1] as number
  for (let i = start; i < end; i++)
    for (let j = otherStart; j < otherEnd; j++) {
      const dx = (sampleX[i] as number) - (sampleX[j] as number)
      const dy = (sampleY[i] as number) - (sampleY[j] as number)
      if (dx * dx + dy * dy > apart * apart) continue
      const at = ((i - start) / (end - start - 1)) * (lengthM[lane] as number)
      const otherAt = ((j - otherStart) / (otherEnd - otherStart - 1)) * (lengthM[other] as number)
      range[0] = Math.min(range[0] as number, at)
      range[1] = Math.max(range[1] as number, at)
      range[2] = Math.min(range[2] as number, otherAt)
      range[3] = Math.max(range[3] as number, otherAt)
    }
  return Number.isFinite(range[0]) ? (range as [number, number, number, number]) : null
}

function rankOf(sign: number): number {
  if (sign === laneSigns.priorityRoad) return 2
  return sign === laneSigns.yieldSign ? 0 : 1
}

function headings(graph: LaneGraph, lane: number): [number, number] {
  const { sampleStart, sampleHeading } = graph
  return [
    sampleHeading[sampleStart[lane] as number] as number,
    sampleHeading[(sampleStart[lane + 1] as number) - 1] as number,
  ]
}

/** Whether traffic of a lane through a junction gives way to that of another one, by signs, then by where both come from. */
function yields(graph: LaneGraph, lane: number, other: number): boolean {
  const sign = graph.sign[only(graph, lane, 'predecessors')] ?? laneSigns.none
  const otherSign = graph.sign[only(graph, other, 'predecessors')] ?? laneSigns.none
  if (rankOf(sign) !== rankOf(otherSign)) return rankOf(sign) < rankOf(otherSign)
  const [comes, goes] = headings(graph, lane)
  const [otherComes, otherGoes] = headings(graph, other)
  const between = wrapAngle(otherComes - comes)
  if (Math.abs(between) > (3 * Math.PI) / 4)
    return turnOf(goes - comes) === 'left' && turnOf(otherGoes - otherComes) !== 'left'
  // Under lights crossing traffic has red; at stop signs the order of arrival counts.
  if (sign === laneSigns.trafficLight || sign === laneSigns.stopSign) return false
  return between > Math.PI / 4
}

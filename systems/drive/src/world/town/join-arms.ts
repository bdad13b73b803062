import { CubicProfile } from '../opendrive/cubic-profile.ts'
import type {
  ContactPoint,
  Junction,
  JunctionConnection,
  Lane,
  LaneSection,
  Road,
} from '../opendrive/road.ts'
import { laneCentre } from '../opendrive/road.ts'
import { turnOf } from '../lanes/turn.ts'
import { section } from './cross-section.ts'
import { makeRoad } from './make-road.ts'
import { turnCurve } from './turn-curve.ts'
import type { Pose } from './turn-curve.ts'

/** A road that ends (or starts) at a junction. */
export interface Arm {
  road: Road
  contactPoint: ContactPoint
}

/** Lanes of an arm that lead into the junction, or out of it, from the middle of the road outwards. */
function lanesOf(arm: Arm, way: 'in' | 'out', type: string): Lane[] {
  const { sections } = arm.road
  const atEnd = arm.contactPoint === 'end'
  const last = sections[atEnd ? sections.length - 1 : 0] as LaneSection
  return (atEnd === (way === 'in') ? last.right : last.left).filter((lane) => lane.type === type)
}

/** Centre of a lane at the junction, heading into it (`in`) or away from it (`out`). */
function poseOf({ road, contactPoint }: Arm, lane: number, way: 'in' | 'out'): Pose {
  const s = contactPoint === 'end' ? road.length : 0
  const out = new Float64Array(4)
  road.line.evaluate(s, out)
  const [x = 0, y = 0, heading = 0] = out
  const t = laneCentre(road, lane, s)
  const isAlong = (contactPoint === 'end') === (way === 'in')
  return {
    x: x - t * Math.sin(heading),
    y: y + t * Math.cos(heading),
    heading: heading + (isAlong ? 0 : Math.PI),
  }
}

/**
 * Joins roads to a junction: a connecting road for each lane and each turn that it may take (right turns from the outermost lane into the outermost,
 * left turns from the innermost into the innermost, straight on from every lane), and one for the sidewalk round each corner. A connecting road has one lane, −1, whose
 * centre is the road's reference line. `arms` run counter-clockwise; `idOf` gives the connecting roads' ids. Links the arms to the junction.
 */
export function joinArms(
  id: string,
  arms: Arm[],
  speedLimitMps: number,
  idOf: (from: number, to: number, index: number) => string,
): { junction: Junction; roads: Road[] } {
  const junction: Junction = { id, connections: [] }
  const roads: Road[] = []
  for (const { road, contactPoint } of arms) {
    if (contactPoint === 'end') road.successor = { kind: 'junction', id }
    else road.predecessor = { kind: 'junction', id }
  }
  const connect = (from: number, to: number, lanes: [Lane, Lane], index: number) => {
    const pair: [Arm, Arm] = [arms[from] as Arm, arms[to] as Arm]
    const { road, connection } = connectLanes(idOf(from, to, index), id, pair, lanes, speedLimitMps)
    roads.push(road)
    junction.connections.push(connection)
  }
  for (let from = 0; from < arms.length; from++) {
    for (let step = 1; step < arms.length; step++) {
      const to = (from + step) % arms.length
      for (const [index, lanes] of turningLanes(arms[from] as Arm, arms[to] as Arm).entries())
        connect(from, to, lanes, index)
    }
    // The sidewalk on the right of an approach goes on to the next arm counter-clockwise, where it is the one that leads away.
    const next = (from + 1) % arms.length
    const [walk] = lanesOf(arms[from] as Arm, 'in', 'sidewalk')
    const [on] = lanesOf(arms[next] as Arm, 'out', 'sidewalk')
    if (walk && on) connect(from, next, [walk, on], 9)
  }
  return { junction, roads }
}

/** Which lanes one arm's traffic takes to another arm. */
function turningLanes(from: Arm, to: Arm): [Lane, Lane][] {
  const incoming = lanesOf(from, 'in', 'driving')
  const outgoing = lanesOf(to, 'out', 'driving')
  if (incoming.length === 0 || outgoing.length === 0) return []
  const turn = turnOf(poseOf(to, 1, 'out').heading - poseOf(from, -1, 'in').heading)
  if (turn === 'left') return [[incoming[0] as Lane, outgoing[0] as Lane]]
  if (turn === 'right') return [[incoming.at(-1) as Lane, outgoing.at(-1) as Lane]]
  return incoming.map((lane, index) => [lane, outgoing[Math.min(index, outgoing.length - 1)] as Lane])
}

/** A connecting road of a junction from a lane of one arm to a lane of another. */
export function connectLanes(
  id: string,
  junction: string,
  [a, b]: [Arm, Arm],
  [lane, next]: [Lane, Lane],
  speedLimitMps: number,
): { road: Road; connection: JunctionConnection } {
  const geometries = turnCurve(poseOf(a, lane.id, 'in'), poseOf(b, next.id, 'out'))
  const length = geometries.reduce((sum, piece) => sum + piece.length, 0)
  const width = lane.width.at(a.contactPoint === 'end' ? a.road.length : 0)
  const growth = (next.width.at(b.contactPoint === 'end' ? b.road.length : 0) - width) / length
  const profile = (share: number) =>
    new CubicProfile([{ start: 0, a: width * share, b: growth * share, c: 0, d: 0 }])
  const road = makeRoad({
    id,
    geometries,
    section: section(
      length,
      [],
      [{ id: -1, type: lane.type, width: profile(1), predecessor: lane.id, successor: next.id }],
    ),
    laneOffset: profile(0.5),
    junction,
    predecessor: { kind: 'road', id: a.road.id, contactPoint: a.contactPoint },
    successor: { kind: 'road', id: b.road.id, contactPoint: b.contactPoint },
    speedLimitMps,
  })
  const connection: JunctionConnection = {
    incomingRoad: a.road.id,
    connectingRoad: id,
    contactPoint: 'start',
    laneLinks: [{ from: lane.id, to: -1 }],
  }
  return { road, connection }
}

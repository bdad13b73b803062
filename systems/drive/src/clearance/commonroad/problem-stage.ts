import { wrapAngle } from '@heavylift/core/math'
import { InvalidInputError } from '@heavylift/core'
import type { CommonRoadScene, Goal, PlanningProblem, Region } from '../../world/commonroad/commonroad.ts'
import { RecordedTraffic } from '../../world/commonroad/recorded-traffic.ts'
import { isInLanelet } from '../../world/commonroad/region.ts'
import type { LaneRoute, RoutePlace } from '../../world/lanes/find-route.ts'
import { findRoute, isBeside, laneAtPlace } from '../../world/lanes/find-route.ts'
import type { LaneGraph } from '../../world/lanes/lane-graph.ts'
import { buildLaneGraph } from '../../world/lanes/lane-graph.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import { routePath } from '../../world/lanes/route-path.ts'
import type { Entity } from '../../world/openscenario/scenario.ts'
import { clearDay } from '../../world/scene/environment.ts'
import type { Stage } from '../run/stage.ts'

/** From the rear axle to the middle (CommonRoad's vehicle models, vehicle 2). */
const centreX = 1.4227

/** The vehicle of CommonRoad's problems, a BMW 320i. Its problems give the middle of the body; its reference point is the rear axle. */
const egoEntity: Entity = {
  name: 'Ego',
  kind: 'vehicle',
  category: 'car',
  properties: {},
  body: { centreX, centreY: 0, length: 4.508, width: 1.61, height: 1.5 },
  maxSpeedMps: 50.8,
  maxAccelerationMps2: 11.5,
  maxDecelerationMps2: 11.5,
  controller: null,
}

/** How far a route goes on beyond the goal, so that nobody stops there. */
const beyondM = 200
/** A place on a lanelet may be turned so far from its direction. */
const mostTurnRad = Math.PI / 3
/** Changes of speed that passengers do not mind. */
const gentleMps2 = 1.2

/** A planning problem as a stage: the recorded traffic, a route to the goal, and the speed by which it is reached in time. Throws `route-not-found`. */
export function problemStage(scene: CommonRoadScene, problem: PlanningProblem): Stage {
  const graph = buildLaneGraph(scene.network)
  const starts = placesAt(scene, graph, problem.start.x, problem.start.y, problem.start.heading)
  const found = shortest(graph, starts, goalPlaces(scene, graph, problem.goals))
  if (!found)
    throw new InvalidInputError({
      code: 'route-not-found',
      message: `No way leads from where problem ${problem.id} starts to its goal.`,
    })
  const wayM = found.lengthM
  const route = routePath(graph, goOn(graph, withEarlyChanges(graph, found)))
  const wanted = wantedMps(scene, problem, wayM, route.speedLimitMps[0] as number)
  const lastS = Math.max(...problem.goals.map(({ timeS }) => timeS.to))
  return {
    name: scene.benchmark,
    scenario: {
      file: scene.benchmark,
      roadFile: '',
      entities: [egoEntity],
      init: [
        {
          entity: 0,
          content: {
            kind: 'teleport',
            position: {
              kind: 'world',
              x: problem.start.x - centreX * Math.cos(problem.start.heading),
              y: problem.start.y - centreX * Math.sin(problem.start.heading),
              heading: problem.start.heading,
              isHeadingRelative: false,
            },
          },
        },
        {
          entity: 0,
          content: {
            kind: 'speed',
            dynamics: { shape: 'step', dimension: 'time', value: 0 },
            target: { kind: 'absolute', value: problem.start.speedMps },
          },
        },
      ],
      stories: [],
      stop: [],
    },
    network: scene.network,
    ego: 0,
    route: withLimit(route, wanted),
    desiredSpeedMps: wanted,
    environment: { ...clearDay },
    signals: null,
    signalProgram: null,
    traffic: [new RecordedTraffic(scene.obstacles, problem.start.timeS)],
    criteria: [{ kind: 'noCollision' }],
    maxTimeS: lastS - problem.start.timeS,
    stepS: scene.stepS / 2,
  }
}

/** Problems ask for speeds above the limit here and there; the goal goes before it. */
function withLimit(route: ReferencePath, wanted: number): ReferencePath {
  for (let i = 0; i < route.count; i++)
    route.speedLimitMps[i] = Math.max(route.speedLimitMps[i] as number, wanted)
  return route
}

/**
 * The speed to drive at: the one at the start or the limit, whichever is more, as far as with it the goal is neither reached too late nor passed
 * too early, and its own speeds are kept.
 */
function wantedMps(
  scene: CommonRoadScene,
  { start, goals }: PlanningProblem,
  wayM: number,
  limitMps: number,
): number {
  const [goal] = goals as [Goal]
  const { from, to } = goal.speedMps ?? { from: 0, to: Infinity }
  const natural = Math.min(to, Math.max(from, start.speedMps, limitMps))
  if (goal.regions.length === 0) return natural
  const half = halfLength(scene, goal.regions[0] as Region)
  const slowest = speedFor(start.speedMps, wayM - half, goal.timeS.to - start.timeS)
  const fastest = speedFor(start.speedMps, wayM + half, goal.timeS.from - start.timeS)
  return Math.max(1, slowest, Math.min(fastest, natural))
}

/** Half of how long a goal is along the way, a little less. */
function halfLength(scene: CommonRoadScene, region: Region): number {
  if (region.kind === 'rectangle') return 0.4 * region.lengthM
  if (region.kind === 'circle') return 0.8 * region.radiusM
  if (region.kind === 'polygon') return 1
  const place = scene.places.get(region.ids[0] ?? '')
  return place ? 0.45 * scene.network.road(scene.network.indexOf(place.road)).length : 0
}

/** The speed to change to gently so that a way is driven in a time. */
function speedFor(fromMps: number, wayM: number, forS: number): number {
  let [low, high] = [0, 60]
  for (let round = 0; round < 40; round++) {
    const speed = (low + high) / 2
    const changeS = Math.min(forS, Math.abs(speed - fromMps) / gentleMps2)
    const after = fromMps + Math.sign(speed - fromMps) * gentleMps2 * changeS
    const way = ((fromMps + after) / 2) * changeS + after * (forS - changeS)
    if (way < wayM) low = speed
    else high = speed
  }
  return low
}

/** Lanes under a point of the ground, those of its heading only where one is given, the nearest where it is beside all. */
function placesAt(
  scene: CommonRoadScene,
  graph: LaneGraph,
  x: number,
  y: number,
  heading: number | null,
): RoutePlace[] {
  const { network } = scene
  const track = new Float64Array(2)
  const pose = new Float64Array(4)
  const all: { place: RoutePlace; distance: number }[] = []
  for (const [id, { road, lane }] of scene.places) {
    const index = network.indexOf(road)
    network.project(index, x, y, track)
    const s = Math.min(Math.max(track[0] as number, 1e-3), network.road(index).length - 1e-3)
    network.lanePose(index, lane, s, 0, pose)
    if (heading !== null && Math.abs(wrapAngle(heading - (pose[2] as number))) > mostTurnRad) continue
    if (!isDriven(graph, { road, lane, s })) continue
    const lanelet = scene.lanelets.get(id)
    const isIn = lanelet !== undefined && isInLanelet(lanelet, x, y)
    const distance = Math.hypot(x - (pose[0] as number), y - (pose[1] as number))
    all.push({ place: { road, lane, s }, distance: isIn ? 0 : distance })
  }
  const least = Math.min(...all.map(({ distance }) => distance))
  return all.filter(({ distance }) => distance <= least).map(({ place }) => place)
}

function isDriven(graph: LaneGraph, place: RoutePlace): boolean {
  try {
    laneAtPlace(graph, place)
    return true
  } catch {
    return false
  }
}

function goalPlaces(scene: CommonRoadScene, graph: LaneGraph, goals: readonly Goal[]): RoutePlace[] {
  const ofRegion = (region: Region): RoutePlace[] => {
    if (region.kind === 'lanelets')
      return region.ids.flatMap((id) => {
        const place = scene.places.get(id)
        if (!place) return []
        const { length } = scene.network.road(scene.network.indexOf(place.road))
        // Its middle, and its end for who is beyond that already.
        return [length / 2, length - 1e-3].map((s) => ({ ...place, s })).filter((at) => isDriven(graph, at))
      })
    const [x, y] =
      region.kind === 'polygon'
        ? [mean(region.points.map(([px]) => px)), mean(region.points.map(([, py]) => py))]
        : [region.x, region.y]
    return placesAt(scene, graph, x, y, region.kind === 'rectangle' ? region.heading : null)
  }
  return goals.flatMap(({ regions }) => regions).flatMap(ofRegion)
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function shortest(graph: LaneGraph, starts: RoutePlace[], goals: RoutePlace[]): LaneRoute | null {
  let best: LaneRoute | null = null
  for (const start of starts) {
    // A goal that says only when is met wherever the lane leads.
    const ends = goals.length > 0 ? goals : [start]
    for (const end of ends) {
      try {
        const route = findRoute(graph, start, end)
        if (!best || route.lengthM < best.lengthM) best = route
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'route-not-found')) throw error
      }
    }
  }
  return best
}

/** Lanes shorter than this are no place to change. */
const changeRoomM = 30

/** The same route with each change of lane on the lane before, as long as there is one beside that leads on to it: who changes late may not be over in time. */
function withEarlyChanges(graph: LaneGraph, route: LaneRoute): LaneRoute {
  const lanes = [...route.lanes]
  const { successors, lengthM } = graph
  const leadsTo = (from: number, to: number) =>
    successors.items.subarray(successors.start[from], successors.start[from + 1]).includes(to)
  for (let at = lanes.length - 1; at >= 2; at--) {
    const [before, lane, beside] = lanes.slice(at - 2, at + 1) as [number, number, number]
    if (!leadsTo(before, lane) || !isBeside(graph, lane, beside)) continue
    const roomM = (lengthM[before] as number) - (at === 2 ? route.startM : 0)
    const earlier = [graph.left[before] as number, graph.right[before] as number].find(
      (other) => other >= 0 && leadsTo(other, beside),
    )
    if (earlier !== undefined && roomM >= changeRoomM) lanes[at - 1] = earlier
  }
  return { ...route, lanes }
}

/** The same route, longer by the lanes that follow. */
function goOn(graph: LaneGraph, route: LaneRoute): LaneRoute {
  const lanes = [...route.lanes]
  const lengthAt = (lane: number) => graph.lengthM[lane] as number
  let extra = lengthAt(lanes.at(-1) as number) - route.endM
  while (extra < beyondM) {
    const last = lanes.at(-1) as number
    const next = graph.successors.items[graph.successors.start[last] as number]
    if (
      graph.successors.start[last] === graph.successors.start[last + 1] ||
      next === undefined ||
      lanes.includes(next)
    )
      break
    lanes.push(next)
    extra += lengthAt(next)
  }
  return { ...route, lanes, endM: lengthAt(lanes.at(-1) as number) }
}

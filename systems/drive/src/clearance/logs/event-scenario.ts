import { parseOpenDrive } from '../../world/opendrive/parse-opendrive.ts'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type {
  ActionContent,
  Condition,
  Entity,
  Position,
  Scenario,
  StoryElement,
} from '../../world/openscenario/scenario.ts'
import { makeRoad } from '../../world/town/make-road.ts'
import { section, side } from '../../world/town/cross-section.ts'
import { RoadNetwork as Network } from '../../world/opendrive/road-network.ts'
import { parseXml } from '../../world/xml/parse-xml.ts'
import type { DriveLog, LogAgent } from './drive-log.ts'
import { isThere, stateAt } from './drive-log.ts'
import type { LogEvent } from './mine-events.ts'

/** Of the log before and after the event. */
const beforeS = 5
const afterS = 6
/** Agents that come this near to the vehicle in that time are in the scenario, the nearest ones. */
const nearM = 80
const mostAgents = 30
/** Between two points of a trajectory, at least. */
const pointS = 0.1
const stillM = 0.05

/** The scenario of an event: everyone near replays the log, the vehicle whose log it was too until a driver takes it. Times count from its beginning. */
export function eventScenario(log: DriveLog, event: LogEvent, roadFile: string): Scenario {
  const first = log.times[0] as number
  const fromS = Math.max(first, event.timeS - beforeS)
  const toS = Math.min(log.times.at(-1) as number, event.timeS + afterS)
  const frames = [...log.times.keys()].filter(
    (frame) =>
      (log.times[frame] as number) >= fromS - 1e-9 &&
      (log.times[frame] as number) <= toS + 1e-9 &&
      isThere(log, frame, log.ego),
  )
  const chosen = [log.ego, ...nearest(log, frames, event.agent)]
  const names = new Set<string>()
  const entities = chosen.map((agent) => entityOf(log, frames, agent, names))
  const init: Scenario['init'] = []
  const groups: StoryElement[] = []
  for (const [entity, agent] of chosen.entries()) {
    const present = frames.filter((frame) => isThere(log, frame, agent))
    const [start] = present
    if (start === undefined) continue
    const at = stateAt(log, start, agent)
    init.push({
      entity,
      content: { kind: 'teleport', position: positionAt(log, start, agent, entities[entity]) },
    })
    init.push({ entity, content: speedOf(log.states[at + 3] as number) })
    const vertices = verticesOf(log, present, agent, fromS, entities[entity] as Entity)
    if (vertices.length > 1) groups.push(replay(entity, (entities[entity] as Entity).name, vertices))
  }
  return {
    file: `${event.kind}.xosc`,
    roadFile,
    entities,
    init,
    stories:
      groups.length === 0 ? [] : [element('story', 'Log', [element('act', 'Replay', groups, atTime(0))])],
    stop: atTime(toS - fromS),
  }
}

function nearest(log: DriveLog, frames: number[], always: number | null): number[] {
  const distances = log.agents.map((_, agent) => {
    if (agent === log.ego) return Infinity
    let least = Infinity
    for (const frame of frames) {
      if (!isThere(log, frame, agent)) continue
      const at = stateAt(log, frame, agent)
      const own = stateAt(log, frame, log.ego)
      const dx = (log.states[at] as number) - (log.states[own] as number)
      const dy = (log.states[at + 1] as number) - (log.states[own + 1] as number)
      least = Math.min(least, Math.hypot(dx, dy))
    }
    return agent === always ? -1 : least
  })
  return [...distances.keys()]
    .filter((agent) => (distances[agent] as number) <= nearM)
    .toSorted((a, b) => (distances[a] as number) - (distances[b] as number))
    .slice(0, mostAgents)
}

const categories: Record<LogAgent['kind'], [kind: Entity['kind'], category: string]> = {
  car: ['vehicle', 'car'],
  truck: ['vehicle', 'truck'],
  bus: ['vehicle', 'bus'],
  motorcycle: ['vehicle', 'motorbike'],
  bicycle: ['vehicle', 'bicycle'],
  emergency: ['vehicle', 'van'],
  pedestrian: ['pedestrian', 'pedestrian'],
  animal: ['pedestrian', 'animal'],
  object: ['miscObject', 'obstacle'],
}

function entityOf(log: DriveLog, frames: number[], agent: number, names: Set<string>): Entity {
  const { kind, lengthM, widthM, heightM, name } = log.agents[agent] as LogAgent
  const isEgo = agent === log.ego
  const [group, category] = categories[kind]
  let unique = isEgo ? 'Ego' : name
  while (names.has(unique.toLowerCase())) unique += '-other'
  names.add(unique.toLowerCase())
  const fastest = frames.reduce((most, frame) => {
    const speed = log.states[stateAt(log, frame, agent) + 3] as number
    return speed > most ? speed : most
  }, 0)
  const properties: Record<string, string> = {}
  if (kind === 'emergency') properties['siren'] = 'true'
  if (isEgo) properties['desiredSpeedMps'] = fastest.toFixed(2)
  return {
    name: unique,
    kind: group,
    category,
    properties,
    // Vehicles are placed by their rear axle, as drivers expect of the one that they drive.
    body: {
      centreX: isEgo ? 0.3 * lengthM : 0,
      centreY: 0,
      length: lengthM,
      width: widthM,
      height: heightM,
    },
    // Only vehicles have limits in the format.
    maxSpeedMps: group === 'vehicle' ? 80 : Infinity,
    maxAccelerationMps2: group === 'vehicle' ? 12 : Infinity,
    maxDecelerationMps2: group === 'vehicle' ? 12 : Infinity,
    controller: null,
  }
}

function positionAt(log: DriveLog, frame: number, agent: number, entity: Entity | undefined): Position {
  const at = stateAt(log, frame, agent)
  const heading = log.states[at + 2] as number
  const back = entity?.body.centreX ?? 0
  return {
    kind: 'world',
    x: round((log.states[at] as number) - back * Math.cos(heading)),
    y: round((log.states[at + 1] as number) - back * Math.sin(heading)),
    heading: round(heading),
    isHeadingRelative: false,
  }
}

function round(value: number): number {
  return Number(value.toFixed(4))
}

function verticesOf(log: DriveLog, frames: number[], agent: number, fromS: number, entity: Entity) {
  const vertices: { timeS: number; position: Position }[] = []
  let lastS = -Infinity
  let moved = 0
  for (const [index, frame] of frames.entries()) {
    const timeS = (log.times[frame] as number) - fromS
    if (timeS - lastS < pointS - 1e-6 && index < frames.length - 1) continue
    lastS = timeS
    const position = positionAt(log, frame, agent, entity)
    const [first] = vertices
    if (first && position.kind === 'world' && first.position.kind === 'world')
      moved = Math.max(moved, Math.hypot(position.x - first.position.x, position.y - first.position.y))
    vertices.push({ timeS: round(timeS), position })
  }
  return moved < stillM ? [] : vertices
}

function speedOf(speedMps: number): ActionContent {
  return {
    kind: 'speed',
    dynamics: { shape: 'step', dimension: 'time', value: 0 },
    target: { kind: 'absolute', value: round(speedMps) },
  }
}

function atTime(value: number): Condition[][] {
  return [
    [
      {
        name: `after ${value.toFixed(2)} s`,
        delayS: 0,
        edge: 'none',
        content: { kind: 'simulationTime', value: round(value), rule: 'greaterOrEqual' },
      },
    ],
  ]
}

function element(
  type: StoryElement['type'],
  name: string,
  children: StoryElement[],
  start: StoryElement['start'] = null,
  action: StoryElement['action'] = null,
): StoryElement {
  return { type, name, start, stop: null, children, maximumExecutions: 1, priority: 'overwrite', action }
}

function replay(
  entity: number,
  name: string,
  vertices: { timeS: number; position: Position }[],
): StoryElement {
  const content: ActionContent = {
    kind: 'followTrajectory',
    vertices,
    timing: { isRelative: false, scale: 1, offset: 0 },
  }
  const action = element('action', `${name} drives`, [], null, { entity, content })
  const event = element('event', `${name} begins`, [action], atTime(vertices[0]?.timeS ?? 0))
  return element('maneuverGroup', name, [element('maneuver', `${name} replays`, [event])])
}

/** The roads of a log, or, where it has none, one made of the way that the vehicle drove. */
export function roadsOf(log: DriveLog): RoadNetwork {
  if (log.roads !== null) return parseOpenDrive(parseXml(log.roads, 'roads.xodr'))
  const points: [x: number, y: number, heading: number][] = []
  for (let frame = 0; frame < log.times.length; frame++) {
    if (!isThere(log, frame, log.ego)) continue
    const [x = 0, y = 0, heading = 0] = log.states.subarray(stateAt(log, frame, log.ego))
    const last = points.at(-1)
    if (!last || Math.hypot(x - last[0], y - last[1]) >= 2) points.push([x, y, heading])
  }
  const [startX = 0, startY = 0, startHeading = 0] = points[0] ?? []
  const [endX = 0, endY = 0, endHeading = 0] = points.at(-1) ?? []
  const extra = 300
  const line = [
    [startX - 50 * Math.cos(startHeading), startY - 50 * Math.sin(startHeading)] as const,
    ...points.map(([x, y]) => [x, y] as const),
    [endX + extra * Math.cos(endHeading), endY + extra * Math.sin(endHeading)] as const,
  ]
  let s = 0
  const geometries = line.slice(1).map(([toX, toY], index) => {
    const [x, y] = line[index] as readonly [number, number]
    const length = Math.hypot(toX - x, toY - y)
    const geometry = {
      s,
      x: x + 1.75 * Math.cos(Math.atan2(toY - y, toX - x) + Math.PI / 2),
      y: y + 1.75 * Math.sin(Math.atan2(toY - y, toX - x) + Math.PI / 2),
      heading: Math.atan2(toY - y, toX - x),
      length,
      shape: { kind: 'line' as const },
    }
    s += length
    return geometry
  })
  const lanes = { laneWidthM: 3.5, hasParking: false, hasSidewalk: true }
  return new Network(
    [
      makeRoad({
        id: '1',
        geometries,
        section: section(s, side(1, 1, lanes), side(-1, 1, lanes)),
        speedLimitMps: 130 / 3.6,
      }),
    ],
    [],
  )
}

import type { Actor } from '../../../world/actors/actor.ts'
import { ScriptedActors } from '../../../world/actors/scripted-actors.ts'
import type { RoadNetwork } from '../../../world/opendrive/road-network.ts'
import type { Entity, Scenario } from '../../../world/openscenario/scenario.ts'
import type { ReferencePath } from '../../../world/lanes/reference-path.ts'
import { routeAlong } from '../../../world/lanes/route.ts'
import type { Criterion } from '../../run/criterion.ts'
import type { AgentSource } from '../../../world/scene/agent-source.ts'
import type { SignalProgram } from '../../../world/scene/signal-program.ts'
import type { Stage } from '../../run/stage.ts'
import type { Environment } from '../../../world/scene/environment.ts'
import { clearDay } from '../../../world/scene/environment.ts'
import type { SignalTable } from '../../../world/scene/signal-table.ts'

const stepS = 0.05
const townMps = 50 / 3.6

/** The vehicle under test of built-in scenarios: symmetrical, reference point on the rear axle. */
const egoEntity: Entity = {
  name: 'Ego',
  kind: 'vehicle',
  category: 'car',
  properties: {},
  body: { centreX: 1.35, centreY: 0, length: 4.5, width: 1.9, height: 1.9 },
  maxSpeedMps: 60,
  maxAccelerationMps2: 8,
  maxDecelerationMps2: 9.5,
  controller: null,
}

/** From the rear axle of the vehicle under test to its front. */
export const egoFrontM = egoEntity.body.centreX + egoEntity.body.length / 2

export interface StageParts {
  name: string
  network: RoadNetwork
  /** Where the vehicle under test begins, and with which speed. */
  ego: { road: string; lane: number; s: number; speedMps: number }
  /** The speed that it wants to drive, where it is not the one that it begins with. */
  wantedMps?: number
  /** Its route, where it is not along its lane. */
  route?: ReferencePath
  /** Roads that its route takes at junctions. */
  through?: string[]
  /** The run is over when it has gone so far, or at `maxTimeS`. */
  goalM: number
  maxTimeS: number
  actors: Actor[]
  /** Beside `noCollision` and `reachesGoal` in `maxTimeS`. */
  criteria?: Criterion[]
  /** Speed limit of the route, 50 km/h without; the same for all cases of a scenario. */
  limitMps?: number
  environment?: Partial<Environment>
  signals?: SignalTable
  signalProgram?: SignalProgram
  traffic?: AgentSource[]
}

/** A stage with one entity, the vehicle under test, and actors beside it. It ends when the goal is reached. */
export function makeStage(parts: StageParts): Stage {
  const { network, ego, goalM, maxTimeS } = parts
  const limitMps = parts.limitMps ?? townMps
  return {
    name: parts.name,
    scenario: scenarioWith(parts),
    network,
    ego: 0,
    route: parts.route ?? routeOf(network, { ...ego, s: 0 }, limitMps, parts.through),
    desiredSpeedMps: parts.wantedMps ?? ego.speedMps,
    environment: { ...clearDay, ...parts.environment },
    signals: parts.signals ?? null,
    signalProgram: parts.signalProgram ?? null,
    traffic: [new ScriptedActors(parts.actors), ...(parts.traffic ?? [])],
    criteria: [
      { kind: 'noCollision' },
      { kind: 'reachesGoal', afterM: goalM, withinS: maxTimeS },
      ...(parts.criteria ?? []),
    ],
    maxTimeS,
    stepS,
  }
}

function scenarioWith({ name, ego }: StageParts): Scenario {
  return {
    file: name,
    roadFile: '',
    entities: [egoEntity],
    init: [
      {
        entity: 0,
        content: {
          kind: 'teleport',
          position: {
            kind: 'lane',
            road: ego.road,
            lane: ego.lane,
            s: ego.s,
            offset: 0,
            heading: 0,
            isHeadingRelative: true,
          },
        },
      },
      {
        entity: 0,
        content: {
          kind: 'speed',
          dynamics: { shape: 'step', dimension: 'time', value: 0 },
          target: { kind: 'absolute', value: ego.speedMps },
        },
      },
    ],
    stories: [],
    stop: [],
  }
}

const routeLengthM = 600
const routes = new WeakMap<RoadNetwork, Map<string, ReferencePath>>()

/** The path along a lane. The same way is made once: paths are never written to. */
export function routeOf(
  network: RoadNetwork,
  from: { road: string; lane: number; s: number },
  speedLimitMps: number,
  through: string[] = [],
  lengthM = routeLengthM,
): ReferencePath {
  const ofNetwork = routes.get(network) ?? new Map<string, ReferencePath>()
  routes.set(network, ofNetwork)
  const key = JSON.stringify([from.road, from.lane, from.s, speedLimitMps, through, lengthM])
  let path = ofNetwork.get(key)
  if (!path) {
    const start = { road: network.indexOf(from.road), lane: from.lane, s: from.s }
    path = routeAlong(network, start, { lengthM, through, speedLimitMps })
    ofNetwork.set(key, path)
  }
  return path
}

import type { ActionContent, Position, TrafficFlow } from '../openscenario/scenario.ts'
import type { Controllers } from './alks-controller.ts'
import { LateralDistanceAction } from './lateral-distance-action.ts'
import { LaneChangeAction, LaneOffsetAction } from './lateral-actions.ts'
import { DistanceAction, SpeedAction } from './longitudinal-actions.ts'
import { placeOf } from './place-of.ts'
import { RouteAction } from './route-action.ts'
import { SpeedProfileAction } from './speed-actions.ts'
import { SynchronizeAction } from './synchronize-action.ts'
import { TrajectoryAction } from './trajectory-action.ts'
import type { World } from './world.ts'

/** What an action claims; a newer action ends those of the same entity that claim the same. */
export const domains = { none: 0, longitudinal: 1, lateral: 2, both: 3 } as const

/** An action at work. */
export interface RunningAction {
  readonly domain: number
  /** Called when the event starts. True: it has done its work already. */
  start(timeS: number): boolean
  /** Called once a step, the one in which it started included. True: it has ended. */
  step(timeS: number, dtS: number): boolean
}

/** Makes what an action of a scenario does to `entity`. */
export function makeAction(
  world: World,
  controllers: Controllers,
  entity: number,
  content: ActionContent,
): RunningAction {
  switch (content.kind) {
    case 'teleport':
      return atOnce(domains.both, () => {
        world.place(entity, content.position)
        // In this step it goes no further.
        world.hasMoved[entity] = 1
        world.trailers.align(entity)
      })
    case 'activateController':
      return atOnce(domains.none, () => {
        if (content.assigned !== undefined) controllers.assign(entity, content.settings)
        if (content.chosen !== undefined) controllers.choose(entity, content.chosen)
        if (content.isLongitudinal) controllers.activate(entity)
        if (content.isOff) controllers.deactivate(entity)
      })
    case 'speed':
      return new SpeedAction(world, entity, content)
    case 'longitudinalDistance':
      return new DistanceAction(world, entity, content)
    case 'laneChange':
      return new LaneChangeAction(world, entity, content)
    case 'laneOffset':
      return new LaneOffsetAction(world, entity, content)
    case 'lateralDistance':
      return new LateralDistanceAction(world, entity, content)
    case 'overrideController':
      return atOnce(domains.none, () => controllers.override(entity, content))
    case 'followTrajectory':
      return new TrajectoryAction(world, entity, content)
    case 'route':
      return new RouteAction(world, entity, content)
    case 'speedProfile':
      return new SpeedProfileAction(world, entity, content)
    case 'synchronize':
      return new SynchronizeAction(world, entity, content)
    default:
      return atOnce(domains.none, (timeS) => act(world, entity, content, timeS))
  }
}

type SurroundingsContent = Exclude<
  ActionContent,
  {
    kind:
      | 'teleport'
      | 'activateController'
      | 'speed'
      | 'longitudinalDistance'
      | 'laneChange'
      | 'laneOffset'
      | 'lateralDistance'
      | 'overrideController'
      | 'followTrajectory'
      | 'route'
      | 'speedProfile'
      | 'synchronize'
  }
>

/** What is done at once and moves nobody. */
function act(world: World, entity: number, content: SurroundingsContent, timeS: number): void {
  const { surroundings } = world
  switch (content.kind) {
    case 'visibility':
      world.setVisibility(entity, content)
      return
    case 'lightState':
      world.setLight(entity, content.light, content.mode)
      return
    case 'environment':
      surroundings.setEnvironment(content.environment, timeS)
      return
    case 'entityPresence':
      world.isPresent[content.entity] = content.position ? 1 : 0
      if (content.position) world.place(content.entity, content.position)
      return
    case 'setValue':
      surroundings.set(content.of, content.name, content.value)
      return
    case 'modifyValue': {
      const value = Number(surroundings.valueOf(content.of, content.name))
      const changed = content.operation === 'add' ? value + content.by : value * content.by
      surroundings.set(content.of, content.name, String(changed))
      return
    }
    case 'trafficSignalState':
      surroundings.setSignal(content.signal, content.state)
      return
    case 'trafficSignalPhase':
      surroundings.setPhase(content.controller, content.phase, timeS)
      return
    case 'trailer':
      world.trailers.connect(entity, content.trailer)
      return
    case 'traffic':
      if (content.flow) {
        const { name, flow } = content
        surroundings.beginFlow({ name, flow, places: placesOf(world, flow) })
      } else surroundings.endFlow(content.name)
      return
    // What only its author knows does nothing.
    case 'userDefined':
    case 'nothing':
  }
}

/** Where the places of a flow are as it begins. */
function placesOf(world: World, flow: TrafficFlow): [x: number, y: number][] {
  const at = (position: Position): [x: number, y: number] => {
    const place = new Float64Array(2)
    placeOf(world, position, place)
    return [place[0] as number, place[1] as number]
  }
  if (flow.kind === 'area') return flow.area.kind === 'polygon' ? flow.area.corners.map(at) : []
  return flow.kind === 'swarm' ? [] : [at(flow.position)]
}

function atOnce(domain: number, done: (timeS: number) => void): RunningAction {
  return {
    domain,
    start: (timeS) => {
      done(timeS)
      return false
    },
    step: () => true,
  }
}

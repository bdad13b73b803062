import type { ActionContent } from '../openscenario/scenario.ts'
import type { Controllers } from './alks-controller.ts'
import { LaneChangeAction, LaneOffsetAction } from './lateral-actions.ts'
import { DistanceAction, SpeedAction } from './longitudinal-actions.ts'
import { TrajectoryAction } from './trajectory-action.ts'
import type { World } from './world.ts'

/** What an action claims; a newer action ends those of the same entity that claim the same. */
export const domains = { none: 0, longitudinal: 1, lateral: 2, both: 3 } as const

/** An action at work. */
export interface RunningAction {
  readonly domain: number
  /** Called when the event starts. True: it has done its work already. */
  start(): boolean
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
      return atOnce(domains.both, () => world.place(entity, content.position))
    case 'activateController':
      return atOnce(domains.none, () => {
        if (content.isLongitudinal) controllers.activate(entity)
      })
    case 'speed':
      return new SpeedAction(world, entity, content)
    case 'longitudinalDistance':
      return new DistanceAction(world, entity, content)
    case 'laneChange':
      return new LaneChangeAction(world, entity, content)
    case 'laneOffset':
      return new LaneOffsetAction(world, entity, content)
    case 'followTrajectory':
      return new TrajectoryAction(world, entity, content)
  }
}

function atOnce(domain: number, act: () => void): RunningAction {
  return {
    domain,
    start: () => {
      act()
      return true
    },
    step: () => true,
  }
}

import { runStage } from '../../clearance/run/run-stage.ts'
import { clearDay } from '../../world/scene/environment.ts'
import type { Environment } from '../../world/scene/environment.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { builtInScenarios } from '../../clearance/suites/built-in-scenarios.ts'
import type { BuiltInScenario } from '../../clearance/suites/library/built-in-scenario.ts'
import { madeScene } from '../scenes/made-scene.ts'

export const trackingConditions = ['day', 'night', 'rain', 'clutter', 'builtIn'] as const
export type TrackingCondition = (typeof trackingConditions)[number]

/** One run to track through. */
export interface TrackingScene {
  name: string
  condition: TrackingCondition
  seed: number
  /** Times the false alarms of the sensors' data sheets. */
  clutterFactor: number
  /** Plays the truth in steps of 0.05 s, and calls `look` at each. */
  play(look: (scene: Scene) => void): void
}

const stepS = 0.05
const crossroads: { condition: TrackingCondition; environment: Environment; clutterFactor: number }[] = [
  { condition: 'day', environment: clearDay, clutterFactor: 1 },
  { condition: 'night', environment: { ...clearDay, illuminanceLux: 1 }, clutterFactor: 1 },
  {
    condition: 'rain',
    environment: {
      illuminanceLux: 3000,
      visualRangeM: 2000,
      precipitation: 'rain',
      precipitationMmPerH: 15,
      friction: 0.7,
    },
    clutterFactor: 1,
  },
  { condition: 'clutter', environment: clearDay, clutterFactor: 5 },
]

/** Noise of motion was chosen on the training seeds; figures are told of the held-out ones. */
const firstSeed = { training: 1, 'held-out': 1001 }

/** `perCondition` runs through a crossroads in each condition, and one of each built-in scenario. */
export function trackingScenes(
  part: keyof typeof firstSeed,
  perCondition = 5,
  durationS = 20,
): TrackingScene[] {
  const first = firstSeed[part]
  const made = crossroads.flatMap(({ condition, environment, clutterFactor }, index) =>
    Array.from({ length: perCondition }, (_, at): TrackingScene => {
      const seed = first + index * perCondition + at
      const play = (look: (scene: Scene) => void) => {
        const world = madeScene({ seed, vehicles: 24, pedestrians: 10, parked: 8, environment })
        for (let step = 0; step * stepS <= durationS; step++) {
          look(world.scene)
          world.step(stepS)
        }
      }
      return { name: `${condition} ${at + 1}`, condition, seed, clutterFactor, play }
    }),
  )
  const known = builtInScenarios.map((scenario, index) => builtIn(scenario, first + 100 + index))
  return [...made, ...known]
}

/** A built-in scenario as it goes when the baseline drives. */
function builtIn(scenario: BuiltInScenario, seed: number): TrackingScene {
  const usual = Object.fromEntries(
    scenario.parameters.map((parameter) => [parameter.name, parameter.default]),
  )
  const play = (look: (scene: Scene) => void) => {
    let lastS = -1
    runStage(scenario.build(usual, seed), {
      caseId: scenario.name,
      scenarioClass: scenario.scenarioClass,
      seed,
      driver: { kind: 'idm', parameters: {} },
      recorder: {
        begin: () => undefined,
        end: () => undefined,
        frame: (scene) => {
          // The last moment is told twice.
          if (scene.timeS > lastS) look(scene)
          lastS = scene.timeS
        },
      },
    })
  }
  return { name: scenario.name, condition: 'builtIn', seed, clutterFactor: 1, play }
}

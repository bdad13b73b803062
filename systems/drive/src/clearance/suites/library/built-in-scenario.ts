import type { Stage } from '../../run/stage.ts'

/** A parameter of a built-in scenario, with the range that sweeps and searches stay in. */
export interface ScenarioParameter {
  name: string
  unit: string
  summary: string
  default: number
  min: number
  max: number
  /** Values lie on a grid of this step where they are counted (lanes, agents). */
  step?: number
}

/** A scenario made by code: the same parameters and seed give the same stage. */
export interface BuiltInScenario {
  name: string
  title: string
  /** What happens, in one sentence. */
  summary: string
  scenarioClass: string
  parameters: ScenarioParameter[]
  build(parameters: Readonly<Record<string, number>>, seed: number): Stage
}

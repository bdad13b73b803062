import { InvalidInputError } from '@heavylift/core'
import type { Perception } from '../perception/perception.ts'
import { SensorPerception } from '../perception/sensor-perception.ts'
import { TruePerception } from '../perception/true-perception.ts'
import { FrenetPlanner } from '../planning/frenet-planner.ts'
import { PdmPlanner } from '../planning/pdm-planner.ts'
import type { Plan } from '../planning/plan.ts'
import type { PlanInput, Planner } from '../planning/planner.ts'
import { RouteMap } from '../planning/route-map.ts'
import { trackPlan } from '../planning/track-plan.ts'
import { ConstantTurnPredictor } from '../prediction/constant-turn-predictor.ts'
import { committedNet } from '../prediction/committed-net.ts'
import { LanePredictor } from '../prediction/lane-predictor.ts'
import { explainPredictions } from '../prediction/prediction-table.ts'
import type { Predictor } from '../prediction/predictor.ts'
import { Guardian } from '../safety/guardian.ts'
import type { SafetyLayer } from '../safety/safety-layer.ts'
import type { DriverCommand, VehicleState } from '../vehicle.ts'
import type { Driver, DriverSetting } from '../driver.ts'
import { emptyExplanation } from '../explanation.ts'
import type { Explanation } from '../explanation.ts'
import type { DriverSpec } from '../version.ts'
import { restingState } from '../vehicle.ts'

/** What a stack is made of. */
export interface StackParts {
  perception: Perception
  predictor: Predictor
  planner: Planner
  safety: SafetyLayer | null
}

/** Ways to make each part, by the name that a version gives. One line a part. */
const perceptions: Record<string, (setting: DriverSetting) => Perception> = {
  truth: ({ scene }) => new TruePerception(scene),
  sensors: ({ scene, seed }) => new SensorPerception(scene, seed),
}
const predictors: Record<string, (setting: DriverSetting, capacity: number) => Predictor> = {
  'constant-turn': (_, capacity) => new ConstantTurnPredictor(capacity),
  lanes: ({ scene }, capacity) => new LanePredictor(scene.network, scene.signals, capacity, null),
  learned: ({ scene }, capacity) => new LanePredictor(scene.network, scene.signals, capacity, committedNet()),
}
const planners: Record<string, () => Planner> = {
  pdm: () => new PdmPlanner(),
  frenet: () => new FrenetPlanner(),
}

const planEveryS = 0.1

/**
 * Perception, prediction, planning and safety, one after the other: it perceives and follows its plan every step, predicts and plans ten times
 * a second.
 */
export class StackDriver implements Driver {
  readonly #parts: StackParts
  readonly #input: PlanInput
  readonly #setting: DriverSetting
  #plan: Plan | null = null
  #plannedAtS = -Infinity

  constructor(setting: DriverSetting, parts: StackParts) {
    this.#setting = setting
    this.#parts = parts
    const { scene, route, shape, desiredSpeedMps } = setting
    this.#input = {
      timeS: scene.timeS,
      ego: restingState,
      shape,
      route,
      map: new RouteMap(route, scene.network, scene.signals),
      tracks: parts.perception.tracks,
      sirens: parts.perception.sirens,
      predictions: parts.predictor.predictions,
      signals: scene.signals,
      environment: scene.environment,
      sightM: parts.perception.sightM,
      desiredSpeedMps,
    }
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    const { perception, predictor, planner, safety } = this.#parts
    const input = this.#input
    const { scene, shape } = this.#setting
    perception.step(state)
    input.timeS = scene.timeS
    input.ego = state
    input.sightM = perception.sightM
    if (!this.#plan || scene.timeS - this.#plannedAtS >= planEveryS - 1e-6) {
      predictor.predict(perception.tracks, state)
      this.#plan = planner.plan(input)
      this.#plannedAtS = scene.timeS
    }
    trackPlan(this.#plan, scene.timeS - this.#plannedAtS, state, shape, command)
    safety?.check(input, command)
  }

  explain(): Explanation {
    const { perception, predictor, planner, safety } = this.#parts
    const explanation = emptyExplanation()
    perception.explain(explanation)
    explainPredictions(perception.tracks, predictor.predictions, explanation)
    planner.explain(explanation)
    explanation.interventions.push(...(safety?.interventions ?? []))
    return explanation
  }
}

/** A stack of the parts that a version names: `perception`, `predictor`, `planner`, `safety`. Throws `stack-part-unknown`. */
export function createStackDriver(setting: DriverSetting, parameters: DriverSpec['parameters']): StackDriver {
  const perception = part('perception', perceptions, parameters['perception'] ?? 'truth')(setting)
  return new StackDriver(setting, {
    perception,
    predictor: part(
      'predictor',
      predictors,
      parameters['predictor'] ?? 'constant-turn',
    )(setting, perception.tracks.capacity),
    planner: part('planner', planners, parameters['planner'] ?? 'pdm')(),
    safety: (parameters['safety'] ?? true) === true ? new Guardian() : null,
  })
}

function part<T>(name: string, known: Record<string, T>, wanted: number | string | boolean): T {
  const made = Object.hasOwn(known, String(wanted)) ? known[String(wanted)] : undefined
  if (made === undefined)
    throw new InvalidInputError({
      code: 'stack-part-unknown',
      message: `There is no ${name} "${wanted}". There are: ${Object.keys(known).join(', ')}.`,
    })
  return made
}

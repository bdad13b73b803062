import type { Features, StepFeature } from './features.ts'
import { stepFeatures } from './features.ts'

/** A histogram's range, bins and weight in the whole: the values of the Sim Agents challenge of 2025. */
interface Estimator {
  from: number
  to: number
  bins: number
  weight: number
}

const estimators: Record<StepFeature, Estimator> = {
  linearSpeed: { from: 0, to: 25, bins: 10, weight: 0.05 },
  linearAcceleration: { from: -12, to: 12, bins: 11, weight: 0.05 },
  angularSpeed: { from: -0.628, to: 0.628, bins: 11, weight: 0.05 },
  angularAcceleration: { from: -3.14, to: 3.14, bins: 11, weight: 0.05 },
  distanceToNearest: { from: -5, to: 40, bins: 10, weight: 0.1 },
  timeToCollision: { from: 0, to: 5, bins: 10, weight: 0.1 },
  distanceToRoadEdge: { from: -20, to: 40, bins: 10, weight: 0.05 },
}
const collisionWeight = 0.25
const offRoadWeight = 0.25
/** No scene tells what its lights show, so nobody passes a red one, in the recording and in no model. */
const redLightWeight = 0.05
const pseudocount = 0.1

/** How likely what was recorded is by what was simulated, from 0 to 1 for each feature, and weighted. */
export type Likelihoods = Record<StepFeature | 'collision' | 'offRoad' | 'meta', number>

/** Collects rollouts of one window and tells how likely the log is by them. */
export class LikelihoodEstimate {
  readonly #log: Features
  readonly #agents: number
  readonly #counts: Record<StepFeature, Float64Array>
  readonly #totals: Record<StepFeature, Float64Array>
  readonly #collides: Float64Array
  readonly #isOffRoad: Float64Array
  #rollouts = 0

  constructor(log: Features) {
    this.#log = log
    this.#agents = log.agents
    this.#counts = perFeature((feature) => new Float64Array(this.#agents * estimators[feature].bins))
    this.#totals = perFeature(() => new Float64Array(this.#agents))
    this.#collides = new Float64Array(this.#agents)
    this.#isOffRoad = new Float64Array(this.#agents)
  }

  /** One rollout; `times` where all would be the same. Steps that the log does not know are left out. */
  add(features: Features, times = 1): void {
    const { values, steps } = features
    this.#rollouts += times
    for (const feature of stepFeatures) {
      const { bins } = estimators[feature]
      const [counts, totals] = [this.#counts[feature], this.#totals[feature]]
      const [own, logged] = [values[feature], this.#log.values[feature]]
      for (let agent = 0; agent < this.#agents; agent++)
        for (let at = agent * steps; at < (agent + 1) * steps; at++) {
          const value = own[at] as number
          if (Number.isNaN(value) || Number.isNaN(logged[at] as number)) continue
          const bin = agent * bins + binOf(estimators[feature], value)
          counts[bin] = (counts[bin] as number) + times
          totals[agent] = (totals[agent] as number) + times
        }
    }
    for (let agent = 0; agent < this.#agents; agent++) {
      if (this.#collidesIn(features, agent)) this.#collides[agent] = (this.#collides[agent] as number) + times
      if (this.#isOffRoadIn(features, agent))
        this.#isOffRoad[agent] = (this.#isOffRoad[agent] as number) + times
    }
  }

  /** The geometric mean over agents and steps of the probability of what was recorded (Montali et al. 2023, 4.3); NaN without anything to compare. */
  result(isScored: readonly boolean[]): Likelihoods {
    const likelihoods = perFeature((feature) => this.#ofSteps(feature))
    const log = this.#log
    const collision = this.#ofAgents(this.#collides, (agent) => this.#collidesIn(log, agent), isScored)
    const offRoad = this.#ofAgents(this.#isOffRoad, (agent) => this.#isOffRoadIn(log, agent), isScored)
    const parts = stepFeatures.map((feature) => ({
      value: likelihoods[feature],
      weight: estimators[feature].weight,
    }))
    parts.push({ value: collision, weight: collisionWeight }, { value: offRoad, weight: offRoadWeight })
    parts.push({ value: 1, weight: redLightWeight })
    const known = parts.filter(({ value }) => !Number.isNaN(value))
    const weight = known.reduce((sum, part) => sum + part.weight, 0)
    const meta = known.reduce((sum, part) => sum + part.weight * part.value, 0) / weight
    return { ...likelihoods, collision, offRoad, meta }
  }

  #ofSteps(feature: StepFeature): number {
    const { bins } = estimators[feature]
    const { steps, values } = this.#log
    let [sum, n] = [0, 0]
    for (let agent = 0; agent < this.#agents; agent++) {
      const total = (this.#totals[feature][agent] as number) + pseudocount * bins
      for (let at = agent * steps; at < (agent + 1) * steps; at++) {
        const value = values[feature][at] as number
        if (Number.isNaN(value)) continue
        const count = this.#counts[feature][agent * bins + binOf(estimators[feature], value)] as number
        sum += Math.log((count + pseudocount) / total)
        n++
      }
    }
    return n === 0 ? NaN : Math.exp(sum / n)
  }

  /** Whether an agent ever overlaps another, in the steps that the log knows. */
  #collidesIn({ values, steps }: Features, agent: number): boolean {
    const logged = this.#log.values.distanceToNearest
    for (let at = agent * steps; at < (agent + 1) * steps; at++)
      if ((values.distanceToNearest[at] as number) < 0 && !Number.isNaN(logged[at] as number)) return true
    return false
  }

  #isOffRoadIn({ values, steps }: Features, agent: number): boolean {
    const logged = this.#log.values.distanceToRoadEdge
    for (let at = agent * steps; at < (agent + 1) * steps; at++)
      if ((values.distanceToRoadEdge[at] as number) > 0 && !Number.isNaN(logged[at] as number)) return true
    return false
  }

  #ofAgents(counts: Float64Array, isInLog: (agent: number) => boolean, isScored: readonly boolean[]): number {
    let [sum, n] = [0, 0]
    for (let agent = 0; agent < this.#agents; agent++) {
      if (isScored[agent] !== true) continue
      const share = ((counts[agent] as number) + pseudocount) / (this.#rollouts + 2 * pseudocount)
      sum += Math.log(isInLog(agent) ? share : 1 - share)
      n++
    }
    return n === 0 ? NaN : Math.exp(sum / n)
  }
}

/** Values beyond the range are in its first and last bin. */
function binOf({ from, to, bins }: Estimator, value: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * bins)))
}

function perFeature<Value>(make: (feature: StepFeature) => Value): Record<StepFeature, Value> {
  return Object.fromEntries(stepFeatures.map((feature) => [feature, make(feature)])) as Record<
    StepFeature,
    Value
  >
}

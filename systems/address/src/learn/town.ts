import type { KindModel } from '../kind/model.ts'
import type { Kind } from '../domain/kinds.ts'
import { evidentKinds } from '../domain/kinds.ts'

/** An address whose kind a person said, with what the model had made of it by itself. */
export interface Answer {
  /** Probabilities of the kinds, in their order, by the model before it knew the town. */
  probabilities: ArrayLike<number>
  kind: Kind
}

/** What a town's answers change: log-odds of each kind, and by how much the model's own are to be sharpened (above 1) or flattened. */
export interface Town {
  shifts: Float64Array
  sharpness: number
  answers: number
}

/** Fewer answers than this say too little of a town. */
export const leastAnswers = 10
const shiftsPull = 0.3
const sharpnessPull = 4
const steps = 300
const leastProbability = 1e-6

/**
 * From which probability on a town decides alone. Answers tell with the root of their number: .984 after 30, .97 after 100, .95 from 280 on. Where they make
 * probabilities sharper, the bound is sharper too: what is unlike all that was answered is no surer for them.
 * Chosen on six towns that the weights had not seen, so that at most 5 % of what is decided is wrong in each (decision 0080).
 */
function sureIn({ answers, sharpness }: Pick<Town, 'answers' | 'sharpness'>): number {
  return sharper(1 - Math.min(0.05, 0.003 * Math.sqrt(answers)), sharpness)
}

/** A bound as far out as it was, once log-odds are `sharpness` times as large; never nearer. */
function sharper(bound: number, sharpness: number): number {
  return bound >= 1 ? bound : 1 / (1 + (1 / bound - 1) ** Math.max(1, sharpness))
}

/**
 * A town's own shares of kinds and sureness, out of a few answers: the shifts b and the sharpness s for which s · log p + b makes the answers likeliest,
 * with a Gaussian pull to b = 0 and log s = 0 (vector scaling, Guo et al. 2017, as a MAP estimate by gradient steps). It holds however
 * the answered addresses were chosen by what the model said of them, as it is conditional on that. Null with fewer than `leastAnswers`.
 */
export function fitTown(answers: readonly Answer[]): Town | null {
  const rows = answers.flatMap(({ probabilities, kind }) => {
    const label = evidentKinds.indexOf(kind as (typeof evidentKinds)[number])
    if (label === -1) return []
    return [
      { label, logs: Float64Array.from(probabilities, (one) => Math.log(Math.max(one, leastProbability))) },
    ]
  })
  if (rows.length < leastAnswers) return null
  const width = evidentKinds.length
  const shifts = new Float64Array(width)
  const slopes = new Float64Array(width)
  const scores = new Float64Array(width)
  let logSharpness = 0
  for (let step = 0; step < steps; step++) {
    slopes.fill(0)
    let sharpnessSlope = 0
    const sharpness = Math.exp(logSharpness)
    for (const { label, logs } of rows) {
      let most = -Infinity
      for (let kind = 0; kind < width; kind++) {
        scores[kind] = sharpness * logs[kind]! + shifts[kind]!
        most = Math.max(most, scores[kind]!)
      }
      let total = 0
      for (let kind = 0; kind < width; kind++) total += scores[kind] = Math.exp(scores[kind]! - most)
      for (let kind = 0; kind < width; kind++) {
        const error = scores[kind]! / total - (kind === label ? 1 : 0)
        slopes[kind]! += error
        sharpnessSlope += error * logs[kind]! * sharpness
      }
    }
    for (let kind = 0; kind < width; kind++)
      shifts[kind]! -= (slopes[kind]! + shiftsPull * shifts[kind]!) / (rows.length / 2 + 2 * shiftsPull)
    logSharpness -= (sharpnessSlope + sharpnessPull * logSharpness) / (4 * rows.length + 4 * sharpnessPull)
  }
  return { shifts, sharpness: Math.exp(logSharpness), answers: rows.length }
}

/** The model as it decides in this town. */
export function inTown(model: KindModel, town: Town | null): KindModel {
  if (town === null) return model
  const { combination } = model
  const shifted = (prior: Float64Array) =>
    prior.map((share, kind) => share * town.sharpness + town.shifts[kind]!)
  const { named, unnamed } = combination.priors
  return {
    ...model,
    version: `${model.version}+${town.answers}`,
    // What documents say does not hang on the town; where answers make all sharper, the bound is sharper too.
    thresholds: { rows: sureIn(town), documents: sharper(model.thresholds.documents, town.sharpness) },
    listGaps: [],
    combination: {
      ...combination,
      temperature: combination.temperature / town.sharpness,
      priors: { named: shifted(named), unnamed: shifted(unnamed) },
    },
  }
}

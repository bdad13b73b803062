import type { Random } from '@heavylift/core/math'
import { createRandom } from '@heavylift/core/math'
import { designPoint } from '../suites/sampling/design.ts'
import type { Proposal } from './proposal.ts'
import { kernelProposal, uniformProposal } from './proposal.ts'

/** How a point of the unit cube came out. `distance` says how near to a failure it was: smaller is nearer; it is not looked at for failures. */
export interface Outcome {
  isFailure: boolean
  distance: number
}

export interface SearchSample extends Outcome {
  point: number[]
  /** Density of the uniform distribution over that of all rounds together: a rate over samples needs it. */
  weight: number
}

export interface SearchOptions {
  dimensions: number
  /** Points to try. */
  budget: number
  seed: number
  /** `random`: no adapting, for comparison. */
  method?: 'adaptive' | 'random'
  onRound?: (done: number, failures: number) => void
}

const rounds = 10
const leastRound = 10
/** Of the samples that did not fail, the nearest. */
const nearShare = 0.05
const mostKernels = 24
/** Elites of one region, and how far it reaches as a share of the cube's diagonal. */
const mostOfRegion = 6
const regionReach = 0.2
const uniformShare = 0.2
const leastWidth = 0.03
const mostWidth = 0.25
/** Elites that the width of a kernel is taken from. */
const neighbours = 3

/**
 * Looks for failures by moving where it samples towards them: adaptive stress testing (Lee et al. 2020, arXiv 1811.02188) with the cross-entropy method's rounds and elites
 * (Rubinstein and Kroese 2004), and kernels round the elites in place of one normal, so that several kinds of failure are kept. Weights are of the deterministic
 * mixture of all rounds (Owen and Zhou 2000). The same seed and outcomes give the same points.
 */
export async function adaptiveSearch(
  evaluate: (point: number[], index: number) => Promise<Outcome> | Outcome,
  { dimensions, budget, seed, method = 'adaptive', onRound }: SearchOptions,
): Promise<SearchSample[]> {
  const roundSize = Math.max(leastRound, Math.ceil(budget / rounds))
  const proposals: { proposal: Proposal; count: number }[] = []
  const samples: SearchSample[] = []
  const random = createRandom(`search/${seed}`)
  while (samples.length < budget) {
    const count = Math.min(roundSize, budget - samples.length)
    const proposal =
      samples.length === 0 || method === 'random'
        ? uniformProposal(dimensions)
        : nextProposal(samples, dimensions, random)
    for (let index = 0; index < count; index++) {
      const point =
        samples.length < roundSize && method === 'adaptive'
          ? designPoint('latin', index, count, dimensions, seed)
          : proposal.draw(random)
      samples.push({ point, weight: 1, ...(await evaluate(point, samples.length)) })
    }
    proposals.push({ proposal, count })
    onRound?.(samples.length, samples.filter(({ isFailure }) => isFailure).length)
  }
  for (const sample of samples) {
    let mixture = 0
    for (const { proposal, count } of proposals) mixture += count * proposal.density(sample.point)
    sample.weight = samples.length / mixture
  }
  return samples
}

/**
 * Kernels round failures and what came nearest to one. Of one region only so many are taken, so that a failure that is found first does not draw all
 * of the search to itself.
 */
function nextProposal(samples: SearchSample[], dimensions: number, random: Random): Proposal {
  const failures = samples.filter(({ isFailure }) => isFailure)
  const near = samples
    .filter(({ isFailure }) => !isFailure)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, Math.ceil(samples.length * nearShare))
  const elites: number[][] = []
  const regions: { middle: number[]; taken: number }[] = []
  const reach = regionReach ** 2 * dimensions
  for (const { point } of [...random.sample(failures, failures.length), ...near]) {
    if (elites.length >= mostKernels) break
    const region = regions.find(({ middle }) => squareBetween(middle, point) < reach)
    if (region && region.taken >= mostOfRegion) continue
    if (region) region.taken++
    else regions.push({ middle: point, taken: 1 })
    elites.push(point)
  }
  return kernelProposal(elites, kernelWidths(elites, dimensions), uniformShare)
}

/** Mean distance to the nearest other elites by axis: groups of failures far apart do not widen one another's kernels. */
function kernelWidths(elites: number[][], dimensions: number): number[] {
  const sums = Array.from({ length: dimensions }, () => 0)
  for (const elite of elites) {
    const nearest = elites
      .filter((other) => other !== elite)
      .map((other) => ({ other, square: squareBetween(elite, other) }))
      .toSorted((a, b) => a.square - b.square)
      .slice(0, neighbours)
    for (const { other } of nearest)
      for (let axis = 0; axis < dimensions; axis++)
        sums[axis] =
          (sums[axis] as number) +
          Math.abs((elite[axis] as number) - (other[axis] as number)) / nearest.length
  }
  return sums.map((sum) => Math.min(mostWidth, Math.max(leastWidth, sum / elites.length)))
}

function squareBetween(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, axis) => sum + (value - (b[axis] as number)) ** 2, 0)
}

/** Failures that are more than `apart` (in the cube, as a share of its diagonal) from all that were counted before. */
export function distinctFailures(samples: SearchSample[], apart = 0.1): SearchSample[] {
  const kept: SearchSample[] = []
  for (const sample of samples) {
    if (!sample.isFailure) continue
    const least = apart * apart * sample.point.length
    if (kept.every((other) => squareBetween(sample.point, other.point) > least)) kept.push(sample)
  }
  return kept
}

/** Rate of failures over the uniform distribution, by weights, with its standard error and effective number of samples (Kish). */
export function weightedFailureRate(samples: SearchSample[]): {
  rate: number
  standardError: number
  effectiveN: number
} {
  const n = samples.length
  const rate = samples.reduce((sum, { isFailure, weight }) => sum + (isFailure ? weight : 0), 0) / n
  const spread = samples.reduce(
    (sum, { isFailure, weight }) => sum + ((isFailure ? weight : 0) - rate) ** 2,
    0,
  )
  const weights = samples.reduce((sum, { weight }) => sum + weight, 0)
  const squares = samples.reduce((sum, { weight }) => sum + weight * weight, 0)
  return { rate, standardError: Math.sqrt(spread) / n, effectiveN: weights ** 2 / squares }
}

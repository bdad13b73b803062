import { createRandom } from '@heavylift/core'
import { median, normalQuantile } from '@heavylift/core/math'
import type { BootstrapInterval } from './bootstrap.ts'
import { ece, eceBins, eceBinOf } from './metrics.ts'

const draws = 400
const halvings = 16

/**
 * The calibration error behind the one that is seen, with a 95 % interval. `ece` of few rows is too large even of perfect chances, since chance
 * opens a gap in every bin and gaps do not cancel (Bröcker and Smith 2007; Kumar, Liang and Ma 2019), and a bootstrap adds the same bias once
 * more. So a test is inverted instead: an error is within the interval if what is seen lies within the middle 95 % of what would be seen at it,
 * and `value` is the error at which it would be the median (median-unbiased: Andrews 1993). What would be seen is the gaps at that error plus
 * chance, of which whole groups (games) are the unit: each weighs by a normal deviate (multiplier bootstrap: van der Vaart and Wellner 1996,
 * 2.9). What is seen may be less than perfect chances mostly show; the upper end is then taken as if it were what they show, so that no error is
 * excluded that could not have been told (power-constrained limits: Cowan, Cranmer, Gross and Vitells 2011). Gaps can be spread over bins in many ways: as they are seen and evenly to one side are both tried, the wider counts.
 */
export function unbiasedEce(
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
): BootstrapInterval {
  const seen = ece(predicted, labels)
  const { gaps, shares, influences } = binGaps(predicted, labels, groups)
  if (influences.length < 2) return { value: seen, low: Number.NaN, high: Number.NaN }
  const chance = chanceOf(influences)
  const side = Math.sign(gaps.reduce((sum, gap) => sum + gap, 0)) || 1
  const [asSeen, toOneSide] = [gaps, shares.map((share) => share * side)].map((shape) => {
    const size = shape.reduce((sum, gap) => sum + Math.abs(gap), 0)
    const unit = size === 0 ? shares : shape.map((gap) => gap / size)
    return (quantile: number, of = seen) => errorAt(quantile, of, unit, chance)
  }) as [(quantile: number, of?: number) => number, (quantile: number, of?: number) => number]
  const usual = median(chance.map((gaps) => gaps.reduce((sum, gap) => sum + Math.abs(gap), 0)))
  const atLeastUsual = Math.max(seen, usual)
  return {
    value: asSeen(0.5),
    low: Math.min(asSeen(0.975), toOneSide(0.975)),
    high: Math.max(asSeen(0.025, atLeastUsual), toOneSide(0.025, atLeastUsual)),
  }
}

/** Rows of a training report: the error as it is seen, which has no interval of its own, and the one behind it. */
export function calibrationRows(
  predicted: Float64Array,
  labels: Float64Array,
  groups: readonly string[],
  name = 'ECE (10 bins of equal width)',
) {
  return [
    { name, value: ece(predicted, labels), low: Number.NaN, high: Number.NaN },
    { name: `${name}, unbiased`, ...unbiasedEce(predicted, labels, groups) },
  ]
}

/** Of each bin: gap (predicted less happened) and rows as shares of all rows, and what each group adds to the gap beyond its share of rows. */
function binGaps(predicted: Float64Array, labels: Float64Array, groups: readonly string[]) {
  const rows = labels.length
  const sums = new Float64Array(eceBins)
  const counts = new Float64Array(eceBins)
  const ofGroup = new Map<string, { sums: Float64Array; counts: Float64Array }>()
  for (let row = 0; row < rows; row++) {
    const bin = eceBinOf(predicted[row]!)
    let own = ofGroup.get(groups[row]!)
    if (own === undefined) {
      own = { sums: new Float64Array(eceBins), counts: new Float64Array(eceBins) }
      ofGroup.set(groups[row]!, own)
    }
    const gap = predicted[row]! - labels[row]!
    own.sums[bin]! += gap
    own.counts[bin]! += 1
    sums[bin]! += gap
    counts[bin]! += 1
  }
  const spread = Math.sqrt(ofGroup.size / Math.max(1, ofGroup.size - 1)) / rows
  return {
    gaps: Array.from(sums, (sum) => sum / rows),
    shares: Array.from(counts, (count) => count / rows),
    influences: [...ofGroup.values()].map((own) =>
      own.sums.map((sum, bin) =>
        counts[bin] === 0 ? 0 : (sum - (own.counts[bin]! * sums[bin]!) / counts[bin]!) * spread,
      ),
    ),
  }
}

/** What chance adds to the gaps, `draws` times. */
function chanceOf(influences: readonly Float64Array[]): Float64Array[] {
  const random = createRandom('calibration')
  return Array.from({ length: draws }, () => {
    const gaps = new Float64Array(eceBins)
    for (const influence of influences) {
      const weight = normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random.next())))
      for (let bin = 0; bin < eceBins; bin++) gaps[bin]! += weight * influence[bin]!
    }
    return gaps
  })
}

/** The error at which `seen` is this quantile of what would be seen; 0 where it is a lower one even of perfect chances. */
function errorAt(
  quantile: number,
  seen: number,
  unit: readonly number[],
  chance: readonly Float64Array[],
): number {
  const shareBelow = (error: number) => {
    let below = 0
    for (const gaps of chance) {
      let size = 0
      for (let bin = 0; bin < eceBins; bin++) size += Math.abs(gaps[bin]! + error * unit[bin]!)
      if (size <= seen) below++
    }
    return below / chance.length
  }
  if (shareBelow(0) <= quantile) return 0
  let low = 0
  let high = Math.max(seen, 0.01)
  while (shareBelow(high) > quantile) high *= 2
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2
    if (shareBelow(middle) > quantile) low = middle
    else high = middle
  }
  return (low + high) / 2
}

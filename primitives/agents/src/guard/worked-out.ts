import { lowerBound } from '@heavylift/core/math'

/** Of so many numbers, the last that were read, pairs are looked at; more are the same by chance. */
const mostNumbers = 400
/** Amounts are told to the cent: what is nearer is the same. */
const nearness = 0.005

/**
 * Whether a number comes of numbers that are known by what people do with amounts: the sum, difference, product or quotient of two, a share in percent, more or less by one, an
 * even part (a half to a twelfth) or a multiple of one, the sum of all values of a field, or a share in percent with a fee where the user said both. A number that is made up comes of none, but for chance.
 *
 * @param known what was said or read, in the order in which it was
 * @param totals sums of fields
 * @param said what the user said
 */
export function isWorkedOut(
  value: number,
  known: readonly number[],
  totals: readonly number[],
  said: readonly number[] = [],
): boolean {
  if (!Number.isFinite(value)) return false
  const from = [...new Set([...known.slice(-mostNumbers), ...totals])].filter((each) => each !== 0)
  const sorted = Float64Array.from(from).toSorted()
  const isKnown = (wanted: number): boolean => {
    if (!Number.isFinite(wanted)) return false
    const at = lowerBound(sorted, wanted - nearness)
    return at < sorted.length && sorted[at]! <= wanted + nearness
  }
  const isNear = (made: number): boolean => Math.abs(made - value) <= nearness
  if (totals.some(isNear)) return true
  for (const one of from) {
    for (let parts = 2; parts <= 12; parts++) if (isNear(one / parts) || isNear(one * parts)) return true
    if (isKnown(value - one) || isKnown(one - value)) return true
  }
  // A factor is a count, a price or a share: of two long numbers nobody makes a third.
  for (const one of from)
    for (const factor of from)
      if (isRound(factor) && (isNear(one * factor) || isNear(one / factor) || isPercent(one, factor, isNear)))
        return true
  for (const fee of said)
    for (const percent of said)
      if (fee !== percent)
        for (const one of from)
          if (isPercent(one, percent, (made) => isNear(made + fee) || isNear(made - fee))) return true
  return false
}

function isPercent(of: number, percent: number, isNear: (made: number) => boolean): boolean {
  if (Math.abs(percent) > 100) return false
  const share = (of * percent) / 100
  return isNear(share) || isNear(of + share) || isNear(of - share)
}

/** A count, a rate or a share, of at most four digits. */
function isRound(factor: number): boolean {
  return Math.abs(factor) < 10_000 && Number(factor.toPrecision(4)) === factor
}

/** The sum from first to last, of the items or of what `valueOf` gives for each; 0 for none. */
export function sum(values: Iterable<number>): number
export function sum<Item>(items: Iterable<Item>, valueOf: (item: Item) => number): number
export function sum<Item>(items: Iterable<Item>, valueOf = (item: Item) => item as number): number {
  let total = 0
  for (const item of items) total += valueOf(item)
  return total
}

/** The arithmetic mean, of the items or of what `valueOf` gives for each; NaN for none. */
export function mean(values: Iterable<number>): number
export function mean<Item>(items: Iterable<Item>, valueOf: (item: Item) => number): number
export function mean<Item>(items: Iterable<Item>, valueOf = (item: Item) => item as number): number {
  let total = 0
  let count = 0
  for (const item of items) {
    total += valueOf(item)
    count++
  }
  return total / count
}

/**
 * Mean square of the distances to the mean, in two passes. `degreesLost` is 1 for a sample of a larger whole (Bessel), 0 for
 * the whole itself. NaN where no degree of freedom is left.
 */
export function variance(values: readonly number[] | Float64Array, degreesLost: 0 | 1 = 1): number {
  const centre = mean(values)
  const degrees = values.length - degreesLost
  return degrees > 0 ? sum(values, (value) => (value - centre) ** 2) / degrees : NaN
}

/** The square root of `variance`. */
export function standardDeviation(values: readonly number[] | Float64Array, degreesLost: 0 | 1 = 1): number {
  return Math.sqrt(variance(values, degreesLost))
}

/** A copy in rising order, NaN last. */
export function sortNumbers(values: Iterable<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from(values).sort()
}

/**
 * The value below which a share in [0, 1] of the sorted values lies, interpolated between the two nearest: type 7 of Hyndman
 * and Fan, "Sample Quantiles in Statistical Packages", 1996 (as R, NumPy and Excel do). NaN for none.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? NaN
  return place === below ? low : low + (place - below) * ((sorted[below + 1] ?? NaN) - low)
}

/** The middle value, or the mean of the two in the middle; the values need no order. NaN for none. */
export function median(values: Iterable<number>): number {
  return quantile(sortNumbers(values), 0.5)
}

/**
 * How many of `count` places from 0 on come first, where `isBefore` holds for the first ones and for none after them: the index
 * of the first for which it does not hold, `count` if it holds for all. Binary search.
 */
export function partitionPoint(count: number, isBefore: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the first of the sorted values that is not below `value`; their count if all are. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  return partitionPoint(sorted.length, (index) => sorted[index]! < value)
}

/** The index of the first of the sorted values that is above `value`; their count if none is. */
export function upperBound(sorted: ArrayLike<number>, value: number): number {
  return partitionPoint(sorted.length, (index) => sorted[index]! <= value)
}

import type { SortOrder } from '../../domain/constraints.ts'
import type { CompiledConstraints } from '../constraints/compiled.ts'
import type { FactColumns } from '../index/facts.ts'

type Compare = (a: { row: number; score: number }, b: { row: number; score: number }) => number

/**
 * Order by a fact. A product's price is that of its cheapest (dearest, when descending) variant among those that
 * satisfy the constraints of `mask`; products without a price or rating come last. Ties by word score, then by row.
 * Newest means latest in the catalog's own order, since feeds state no dates.
 */
export function compareRows(
  sort: Exclude<SortOrder, 'relevance'>,
  facts: FactColumns,
  compiled: CompiledConstraints,
  mask: number,
): Compare {
  const keys = new Map<number, number>()
  const keyed = (row: number): number => {
    let key = keys.get(row)
    if (key === undefined) {
      key = keyOf(sort, facts, compiled, mask, row)
      keys.set(row, key)
    }
    return key
  }
  return (a, b) => compareNumbers(keyed(a.row), keyed(b.row)) || b.score - a.score || a.row - b.row
}

/** Infinity minus Infinity is no number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Smaller comes first. */
function keyOf(
  sort: Exclude<SortOrder, 'relevance'>,
  facts: FactColumns,
  compiled: CompiledConstraints,
  mask: number,
  row: number,
): number {
  if (sort === 'newest') return -row
  if (sort === 'rating') {
    const average = facts.ratingAverages[row] as number
    // Of equal averages the one with more reviews; a count moves a key by less than any two averages differ.
    return Number.isNaN(average) ? Infinity : -average - Math.log1p(facts.ratingCounts[row] as number) * 1e-9
  }
  // Without any comes last, as without a price.
  if (sort === 'reviews') return -(facts.ratingCounts[row] as number) || Infinity
  let least = Infinity
  for (let v = facts.variantStart[row] as number; v < (facts.variantStart[row + 1] as number); v += 1) {
    const price = facts.variantPrices[v] as number
    if (Number.isNaN(price) || (compiled.mask(row, v) & mask) !== mask) continue
    least = Math.min(least, sort === 'price-ascending' ? price : -price)
  }
  return least
}

import type { FactColumns } from '../index/facts.ts'

/** What counts besides words: how well a product is rated, by how many, and whether it can be had. */
export interface Prior {
  factor: number
  parts: { name: string; factor: number }[]
}

/** Reviews that the average of 4 is worth before a product's own count (Bayesian average). */
const priorReviews = 20
const priorAverage = 4
/** One star more than usual lifts a score by this share. */
const perStar = 0.04
const outOfStock = 0.8

export function priorOf(facts: FactColumns, row: number): Prior {
  const parts: Prior['parts'] = []
  const average = facts.ratingAverages[row] as number
  const count = facts.ratingCounts[row] as number
  if (!Number.isNaN(average) && count > 0) {
    const settled = (average * count + priorAverage * priorReviews) / (count + priorReviews)
    parts.push({ name: 'rating', factor: 1 + perStar * (settled - priorAverage) })
  }
  if (!someInStock(facts, row)) parts.push({ name: 'out of stock', factor: outOfStock })
  return { factor: parts.reduce((product, part) => product * part.factor, 1), parts }
}

function someInStock(facts: FactColumns, row: number): boolean {
  const end = facts.optionStart[facts.variantStart[row + 1] as number] as number
  for (let at = facts.optionStart[facts.variantStart[row] as number] as number; at < end; at += 1) {
    const facet = facts.options[at] as number
    if (facts.facetNames[facet] === 'availability' && facts.facetValues[facet] === 'in stock') return true
  }
  return false
}

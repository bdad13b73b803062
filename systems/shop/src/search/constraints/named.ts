import type { Constraint } from '../../domain/constraints.ts'

/** Whether a constraint filters come what may; the rest are named facets, for which `namedFilters` decides. */
export function isInsisted(constraint: Constraint): boolean {
  return constraint.kind !== 'facet' || constraint.negated || constraint.strength !== 'named'
}

/** How a row that the words find stands to the named constraints. */
export interface NamedEvidence {
  /** Share of the query's weight that the row holds. */
  coverage: number
  /** Bit c: the row states the facet of constraint c, with whatever value. */
  stated: number
  /** For each variant, bit c: constraint c holds. */
  holds: readonly number[]
}

/** Share of what the words find that must state a facet before a named value of it filters. */
const mostState = 0.5
/** Rows that hold this share of what the best row holds of the query are its equals by words, */
const equalCoverage = 0.95
/** and this share of them must hold the value. */
const mostHold = 0.9

/**
 * The named constraints that filter, as bits: those whose facet is stated by most of the best matches, and that the best match and
 * its equals hold together with all filters before them, on one variant. What would throw away the ranker's best, or says little
 * because few products state it, ranks instead. `best` is in order of relevance; `asked` has the bits that may filter at all.
 */
export function namedFilters(best: readonly NamedEvidence[], asked: number, filters: number): number {
  const [first] = best
  if (first === undefined) return filters
  const most = Math.max(...best.map(({ coverage }) => coverage))
  const equals = best.filter((row) => row === first || row.coverage >= most * equalCoverage)
  let all = filters
  for (let bit = 1; bit <= asked; bit <<= 1) {
    if ((asked & bit) === 0) continue
    const stating = best.filter(({ stated }) => (stated & bit) !== 0).length
    if (stating < best.length * mostState) continue
    const together = all | bit
    const fits = ({ holds }: NamedEvidence): boolean => holds.some((held) => (held & together) === together)
    if (fits(first) && equals.filter(fits).length >= equals.length * mostHold) all = together
  }
  return all
}

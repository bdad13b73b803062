import type { Constraint } from '../../domain/constraints.ts'
import type { FactColumns } from '../index/facts.ts'
import { facetName, facetValue, services } from './facets.ts'
import { minorBounds } from './satisfies.ts'

/** Answers, for a row, which constraints its variants satisfy: bit c of a mask is constraint c. */
export interface CompiledConstraints {
  /** All bits set. */
  all: number
  /** Mask of variant `variant` (a number over all variants) of row `row`. */
  mask(row: number, variant: number): number
  /** Bit c: row `row` or one of its variants states the facet of constraint c, with whatever value. */
  stated(row: number): number
}

/** Most constraints that one request may hold: one bit each. */
export const mostConstraints = 30

/** Turns constraints into checks over columns. Numbers of facets are looked up once, so a row costs integer compares. */
export function compileConstraints(
  constraints: readonly Constraint[],
  columns: FactColumns,
): CompiledConstraints {
  const kinds = constraints.map((constraint) =>
    constraint.kind === 'facet' ? facetKinds(constraint, columns) : null,
  )
  const checks = constraints.map((constraint, at) => compile(constraint, kinds[at] ?? null, columns))
  return {
    all: 2 ** constraints.length - 1,
    mask(row, variant) {
      let bits = 0
      for (let at = 0; at < checks.length; at += 1) if ((checks[at] as Check)(row, variant)) bits |= 1 << at
      return bits
    },
    stated(row) {
      let bits = 0
      const states = (facet: number): void => {
        for (let at = 0; at < kinds.length; at += 1) if ((kinds[at]?.[facet] ?? 0) > 0) bits |= 1 << at
      }
      const { facetStart, facets, variantStart, optionStart, options } = columns
      for (let at = facetStart[row] as number; at < (facetStart[row + 1] as number); at += 1)
        states(facets[at] as number)
      const last = optionStart[variantStart[row + 1] as number] as number
      for (let at = optionStart[variantStart[row] as number] as number; at < last; at += 1)
        states(options[at] as number)
      return bits
    },
  }
}

type Check = (row: number, variant: number) => boolean

function compile(constraint: Constraint, kinds: Uint8Array | null, columns: FactColumns): Check {
  switch (constraint.kind) {
    case 'price': {
      const { least, most } = minorBounds(constraint, columns.currency)
      return (_row, variant) => {
        const price = columns.variantPrices[variant] as number
        return price >= least && price <= most
      }
    }
    case 'rating':
      return (row) => (columns.ratingAverages[row] as number) >= constraint.min
    case 'reviews':
      return (row) => (columns.ratingCounts[row] as number) >= constraint.min
    // Columns hold no text: the stage after ranking reads the listings.
    case 'unnamed':
      return () => true
    case 'service': {
      const bit = 1 << services.indexOf(constraint.service)
      return (row) => (((columns.serviceBits[row] as number) & bit) !== 0) !== constraint.negated
    }
    case 'facet':
      return compileFacet(constraint, kinds ?? facetKinds(constraint, columns), columns)
  }
}

type FacetConstraint = Extract<Constraint, { kind: 'facet' }>

/** By facet number: 1 is one of the names with another value, 2 with a value that was asked for. */
function facetKinds(constraint: FacetConstraint, columns: FactColumns): Uint8Array {
  const names = new Set([constraint.name, ...(constraint.alsoNamed ?? [])].map(facetName))
  const values = new Set(constraint.values.map(facetValue))
  const kinds = new Uint8Array(columns.facetNames.length)
  columns.facetNames.forEach((name, number) => {
    if (names.has(name)) kinds[number] = values.has(columns.facetValues[number] as string) ? 2 : 1
  })
  return kinds
}

function compileFacet(constraint: FacetConstraint, kind: Uint8Array, columns: FactColumns): Check {
  return (row, variant) => {
    let stated = 0
    const end = columns.optionStart[variant + 1] as number
    for (let at = columns.optionStart[variant] as number; at < end; at += 1)
      stated = Math.max(stated, kind[columns.options[at] as number] as number)
    if (stated === 0) {
      const last = columns.facetStart[row + 1] as number
      for (let at = columns.facetStart[row] as number; at < last; at += 1)
        stated = Math.max(stated, kind[columns.facets[at] as number] as number)
    }
    return (stated === 2) !== constraint.negated
  }
}

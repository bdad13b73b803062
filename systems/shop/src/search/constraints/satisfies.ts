import type { Constraint } from '../../domain/constraints.ts'
import type { Service } from '../../domain/product.ts'
import { facetName, facetValue, minorUnits } from './facets.ts'

/** The facts of one product that constraints are about. */
export interface ProductFacts {
  facets: Map<string, Set<string>>
  services: ReadonlySet<Service>
  ratingAverage: number | null
  ratingCount: number
  variants: VariantFacts[]
}

export interface VariantFacts {
  id: string
  facets: Map<string, Set<string>>
  /** Null where the price is in another currency than the catalog's. */
  priceMinor: number | null
}

/**
 * Whether a variant of a product satisfies a constraint. A facet that the variant states itself (its colour) is taken
 * from the variant alone; one that it does not state is taken from the product. A price that is unknown satisfies none.
 */
export function satisfies(
  product: ProductFacts,
  variant: VariantFacts,
  constraint: Constraint,
  currency: string,
): boolean {
  switch (constraint.kind) {
    case 'price':
      return variant.priceMinor !== null && priceWithin(variant.priceMinor, constraint, currency)
    case 'rating':
      return product.ratingAverage !== null && product.ratingAverage >= constraint.min
    case 'reviews':
      return product.ratingCount >= constraint.min
    // Facts hold no text: the stage after ranking reads the listings.
    case 'unnamed':
      return true
    case 'service':
      return product.services.has(constraint.service) !== constraint.negated
    case 'facet': {
      const names = [constraint.name, ...(constraint.alsoNamed ?? [])].map(facetName)
      const own = names.filter((name) => variant.facets.has(name))
      const stated = own.length > 0 ? variant.facets : product.facets
      const holds = (own.length > 0 ? own : names).some((name) =>
        constraint.values.some((value) => stated.get(name)?.has(facetValue(value)) === true),
      )
      return holds !== constraint.negated
    }
  }
}

export function priceWithin(
  minor: number,
  bounds: Extract<Constraint, { kind: 'price' }>,
  currency: string,
): boolean {
  const { least, most } = minorBounds(bounds, currency)
  return minor >= least && minor <= most
}

/** Bounds in whole minor units, both inclusive. */
export function minorBounds(
  bounds: Extract<Constraint, { kind: 'price' }>,
  currency: string,
): { least: number; most: number } {
  const units = minorUnits(currency)
  // A major amount such as 19.99 is no exact double; its product with 100 is cleaned of that before it is compared.
  const min = bounds.min === null ? -Infinity : Number((bounds.min * units).toFixed(4))
  const max = bounds.max === null ? Infinity : Number((bounds.max * units).toFixed(4))
  return {
    least: bounds.minInclusive ? Math.ceil(min) : Math.floor(min) + 1,
    most: bounds.maxInclusive ? Math.floor(max) : Math.ceil(max) - 1,
  }
}

import type { Product, Service } from '../../domain/product.ts'

export const services: readonly Service[] = [
  'free-shipping',
  'flash-sale',
  'cash-on-delivery',
  'official-store',
]

/** Facet that every product has without stating it: `in stock` or `out of stock`, from the variants' stock. */
export const availabilityFacet = 'availability'

/** Names compare in snake case, values in lower case, both in compatibility form: `Color Family` is `color_family`. */
export function facetName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

export function facetValue(value: string): string {
  return value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** What a product states of itself, whichever variant is taken: attributes, `brand` and `category`. */
export function productFacets(product: Product): Map<string, Set<string>> {
  const stated = new Map<string, Set<string>>()
  const add = (name: string, value: string): void => {
    const key = facetName(name)
    const values = stated.get(key)
    if (values === undefined) stated.set(key, new Set([facetValue(value)]))
    else values.add(facetValue(value))
  }
  for (const [name, values] of Object.entries(product.attributes))
    for (const value of values) add(name, value)
  if (product.brand !== null) add('brand', product.brand)
  for (const category of product.categories) add('category', category)
  return stated
}

/** What one variant states: its options and whether it is in stock (a store that does not count has it). */
export function variantFacets(
  options: Record<string, string>,
  stock: number | null,
): Map<string, Set<string>> {
  const stated = new Map<string, Set<string>>()
  for (const [name, value] of Object.entries(options))
    stated.set(facetName(name), new Set([facetValue(value)]))
  stated.set(availabilityFacet, new Set([stock === 0 ? 'out of stock' : 'in stock']))
  return stated
}

const digitsByCurrency = new Map<string, number>()

/** Minor units a major unit, by ISO 4217: 100 for USD, 1 for JPY. */
export function minorUnits(currency: string): number {
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    digitsByCurrency.set(currency, digits)
  }
  return 10 ** digits
}

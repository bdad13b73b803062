import type { Product } from '../domain/product.ts'
import type { Understanding } from '../domain/constraints.ts'

/**
 * The products that a message points at, among those that the conversation showed last (in the order shown):
 * "the second" is one, "the red one" those that state red, "these" all, "this" the first. Empty when it points at none
 * of them, and for `relative` and `earlier` references, which ask for other products.
 */
export function resolveReference(
  { reference }: Pick<Understanding, 'reference'>,
  shown: readonly Product[],
): Product[] {
  if (reference === null) return []
  switch (reference.kind) {
    case 'ordinal': {
      const product = shown.at(reference.position < 0 ? reference.position : reference.position - 1)
      return product === undefined || reference.position === 0 ? [] : [product]
    }
    case 'described': {
      const { facets } = reference
      const matching = shown.filter((product) => facets.every((facet) => statesFacet(product, facet)))
      if (facets.length > 0 && matching.length > 0) return matching
      const words = reference.text.toLowerCase().split(/\s+/)
      return shown.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    }
    case 'this':
      return shown.slice(0, 1)
    case 'those':
      return [...shown]
    case 'relative':
    case 'earlier':
      return []
  }
}

function statesFacet(product: Product, { name, value }: { name: string; value: string }): boolean {
  const wanted = value.toLowerCase()
  const is = (stated: string | undefined | null): boolean => stated?.toLowerCase() === wanted
  if (name === 'brand') return is(product.brand)
  if (name === 'category') return product.categories.some(is)
  return (
    (product.attributes[name]?.some(is) ?? false) || product.variants.some(({ options }) => is(options[name]))
  )
}

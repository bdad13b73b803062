import type { Product } from '../../domain/product.ts'

/** Fields of a product that are searched, in the order that their number is stored. */
export const fields = [
  'title',
  'purpose',
  'brand',
  'category',
  'attributes',
  'options',
  'description',
] as const
export type Field = (typeof fields)[number]

/** How much a word counts by field, and how strongly a long field dilutes it (BM25F's w and b). */
export const fieldWeights: Record<Field, { weight: number; lengthPenalty: number }> = {
  title: { weight: 1, lengthPenalty: 0.2 },
  purpose: { weight: 0.85, lengthPenalty: 0.2 },
  brand: { weight: 0.7, lengthPenalty: 0 },
  category: { weight: 0.6, lengthPenalty: 0.2 },
  attributes: { weight: 0.15, lengthPenalty: 0.3 },
  options: { weight: 0.35, lengthPenalty: 0.3 },
  description: { weight: 0.4, lengthPenalty: 0.7 },
}

/** How strongly all the text of a product dilutes a word, beside its field: what says less says it more. */
export const wholeLengthPenalty = 0.5

/**
 * A title up to its first `for`, `with` or the like says what the product is; the rest says what it goes with (`bag for
 * a guitar` is no guitar).
 */
function titleParts(title: string): [is: string, goesWith: string] {
  const at = title.search(/(?<=\S\s+)(?:for|with|compatible|fits?)\s/i)
  return at === -1 ? [title, ''] : [title.slice(0, at), title.slice(at)]
}

/** The text of each field, `fields` order. Lists are joined by a full stop, so that no phrase spans two values. */
export function fieldTexts(product: Product): string[] {
  const options = new Set<string>()
  for (const variant of product.variants)
    for (const value of Object.values(variant.options)) options.add(value)
  const attributes = Object.entries(product.attributes)
    .filter(([name]) => name !== 'brand')
    .map(([name, values]) => `${name.replaceAll('_', ' ')} ${values.join(', ')}`)
  return [
    ...titleParts(product.title),
    product.brand ?? '',
    product.categories.join('. '),
    attributes.join('. '),
    [...options].join('. '),
    product.description,
  ]
}

import type { Product } from '../../domain/product.ts'
import { asksForLeast } from '../by-measure.ts'
import { heading } from '../compare.ts'
import type { Facts } from '../facts.ts'
import { contentStems } from '../words.ts'
import type { Citations } from './writer.ts'

/** So many others are told beside the first. */
const mostOthers = 3

/**
 * Which of some products has the most or the least of what is counted ("which has the most keys?"), by the field that the message names and
 * states a bare number of at least two of them. Empty where it names none.
 */
export function countedSentences(
  message: string,
  products: readonly Product[],
  { lexicon, phrases }: Facts,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  const said = new Set(contentStems(message, lexicon))
  const fields = new Set(products.flatMap(({ attributes }) => Object.keys(attributes)))
  for (const field of fields) {
    const named = contentStems(heading(field), lexicon)
    if (named.length === 0 || !named.every((stem) => said.has(stem))) continue
    const counted = products.flatMap((product) => {
      const [value = '', ...more] = product.attributes[field] ?? []
      const count = /^\d+(?:[.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : Number.NaN
      return more.length > 0 || Number.isNaN(count) ? [] : [{ product, value, count }]
    })
    if (counted.length < 2) continue
    const isLeast = asksForLeast(message, lexicon)
    const [best, ...others] = counted.toSorted((a, b) => (a.count - b.count) * (isLeast ? 1 : -1))
    if (best === undefined || best.count === others[0]?.count) continue
    const mark = ({ product: { id: productId }, value }: typeof best) =>
      citations.mark({ kind: 'product', productId, field }, `${heading(field)}: ${value}`)
    return [
      phrases.say(isLeast ? 'compare.least' : 'compare.most', {
        title: titleOf(best.product.id),
        value: best.value,
        mark: mark(best),
      }),
      ...others.slice(0, mostOthers).map((one) => `${titleOf(one.product.id)}: ${one.value} ${mark(one)}.`),
    ]
  }
  return []
}

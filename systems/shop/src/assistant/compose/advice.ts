import { isPriced } from '../../domain/money.ts'
import type { Product } from '../../domain/product.ts'
import { shownVariant } from '../cards.ts'
import { heading } from '../compare.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'
import type { Plan } from '../plan/plan.ts'
import type { Draft } from './draft.ts'
import type { Citations } from './writer.ts'

const mostAttributes = 3
const mostValues = 5

/** What tells the products of a kind apart, from their own rows: what many of them state and few state alike, and the range of prices. */
export function adviceDraft(plan: Plan, facts: Facts, phrases: Phrases, citations: Citations): Draft {
  const surveyed = facts.survey ?? []
  const type = (plan.search?.productType ?? plan.search?.text ?? '').toLowerCase()
  if (surveyed.length < 2) {
    return {
      parts: [],
      sentences: [phrases.say('results.none', { wanted: `“${type}”` }), phrases.say('results.none.hint')],
    }
  }
  return {
    parts: [],
    sentences: [
      phrases.say('advice.intro', { type }),
      ...tellingApart(surveyed).map(({ name, values }) =>
        phrases.say('advice.attribute', { name, values: values.join(', ') }),
      ),
      ...priceRange(surveyed, phrases, citations),
      phrases.say('advice.ask'),
    ],
  }
}

/** From what to what they cost; nothing where they all cost the same, or the store states no prices. */
export function priceRange(products: readonly Product[], phrases: Phrases, citations: Citations): string[] {
  const byPrice = products.toSorted((a, b) => priceOf(a).minor - priceOf(b).minor)
  const [low, high] = [byPrice[0], byPrice.at(-1)]
  const mark = (product: Product) =>
    citations.mark(
      { kind: 'product', productId: product.id, field: 'price' },
      phrases.money(priceOf(product)),
    )
  if (!low || !high || !isPriced(priceOf(low)) || priceOf(low).minor >= priceOf(high).minor) return []
  return [
    phrases.say('advice.price', {
      low: phrases.money(priceOf(low)),
      lowMark: mark(low),
      high: phrases.money(priceOf(high)),
      highMark: mark(high),
    }),
  ]
}

const priceOf = (product: Product) => shownVariant(product).price

/** Attributes and options that at least a third state and that take two to twelve values, the most stated first. */
function tellingApart(products: readonly Product[]): { name: string; values: string[] }[] {
  const counts = new Map<string, Map<string, number>>()
  const stated = new Map<string, number>()
  for (const product of products) {
    const own = new Map<string, Set<string>>()
    const note = (name: string, value: string) => own.set(name, (own.get(name) ?? new Set()).add(value))
    for (const [name, values] of Object.entries(product.attributes))
      for (const value of values) note(name, value)
    for (const variant of product.variants)
      for (const [name, value] of Object.entries(variant.options)) note(name, value)
    for (const [name, values] of own) {
      stated.set(name, (stated.get(name) ?? 0) + 1)
      const tally = counts.get(name) ?? new Map<string, number>()
      counts.set(name, tally)
      for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1)
    }
  }
  return [...counts]
    .filter(
      ([name, values]) =>
        (stated.get(name) ?? 0) * 3 >= products.length &&
        values.size >= 2 &&
        values.size <= 12 &&
        [...values.keys()].every((value) => value.length <= 30),
    )
    .toSorted((a, b) => (stated.get(b[0]) ?? 0) - (stated.get(a[0]) ?? 0))
    .slice(0, mostAttributes)
    .map(([name, values]) => ({
      name: heading(name),
      values: [...values]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, mostValues)
        .map(([value]) => value.toLowerCase()),
    }))
}

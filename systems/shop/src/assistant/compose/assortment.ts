import { listing } from '../../domain/money.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'

/** What the store sells: its categories with how many products each holds, the largest first. */
export function assortmentSentences(facts: Facts, phrases: Phrases): string[] {
  const { categories = [], others = 0, brands = [] } = facts.assortment ?? {}
  if (brands.length > 0)
    return [
      phrases.say('assortment.brands', { brands: phrases.listing(brands) }),
      phrases.say('assortment.ask'),
    ]
  if (categories.length === 0) return [phrases.say('assortment.uncategorised')]
  const named = categories.map(({ name, products }) => `${name} (${products.toLocaleString('en-US')})`)
  return [
    phrases.say('assortment.categories', { categories: listing(named, '&') }),
    ...(others > 0 ? [phrases.say('assortment.more', { n: others })] : []),
    phrases.say('assortment.ask'),
  ]
}

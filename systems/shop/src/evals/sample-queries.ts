import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Product, Service, Variant } from '../domain/product.ts'
import { createRandom, type Random } from '@heavylift/core'
import type { StatedProduct, StatedQuery } from './shoppingbench.ts'

/** The facet vocabulary that a list of catalog products states. */
export function vocabularyOfCatalog(products: readonly Product[], currency: string): FacetVocabulary {
  const vocabulary: FacetVocabulary = {
    facets: new Map(),
    brands: new Map(),
    categories: new Map(),
    currency,
  }
  const add = (counts: Map<string, number>, value: string): void =>
    void counts.set(value, (counts.get(value) ?? 0) + 1)
  for (const product of products) {
    if (product.brand !== null) add(vocabulary.brands, product.brand)
    for (const category of new Set(product.categories)) add(vocabulary.categories, category)
    const facts = new Map<string, Set<string>>()
    const state = (name: string, value: string): void => {
      const values = facts.get(name) ?? new Set<string>()
      facts.set(name, values.add(value))
    }
    for (const [name, values] of Object.entries(product.attributes))
      for (const value of values) state(name, value)
    for (const variant of product.variants) {
      for (const [name, value] of Object.entries(variant.options)) state(name, value)
    }
    for (const [name, values] of facts) {
      const counts = vocabulary.facets.get(name) ?? new Map<string, number>()
      vocabulary.facets.set(name, counts)
      for (const value of values) add(counts, value)
    }
  }
  return vocabulary
}

const openings = ['', '', 'I need ', 'looking for ', 'show me ', 'do you have ', 'can you find me ']
const servicePhrases: Record<Service, readonly string[]> = {
  'free-shipping': [
    'with free shipping',
    'with no delivery fee',
    'shipped for free',
    'that come with complimentary delivery',
  ],
  'flash-sale': ['on flash sale', 'with a lightning deal', 'from the flash deals'],
  'cash-on-delivery': ['with cash on delivery', 'where I can pay on delivery', 'COD available'],
  'official-store': [
    'from the official store',
    'sold by the official shop',
    'from an official flagship store',
  ],
}
const audiencePhrases: Record<string, readonly string[]> = {
  women: ["women's", 'ladies'],
  men: ["men's", 'mens'],
  kids: ["kids'", "children's"],
  unisex: ['unisex'],
}

/** `EU 36` → "size 36", `500 ml` → "0.5 l": the same thing as a shopper may put it. */
function optionPhrase(name: string, value: string, random: Random): string {
  const measure = /^(\d+(?:\.\d+)?) (ml|g|cm)$/.exec(value)
  if (measure !== null && measure[2] !== 'cm' && Number(measure[1]) >= 100 && random.chance(0.5)) {
    return `in ${Number(measure[1]) / 1000} ${measure[2] === 'ml' ? 'l' : 'kg'}`
  }
  if (measure !== null) return random.pick([`in ${value}`, `${measure[1]}${measure[2]}`])
  const region = /^(EU|US|UK) (\d.*)$/.exec(value)
  if (region !== null)
    return random.pick([`in size ${value}`, `size ${region[2]}`, `${region[1]} size ${region[2]}`])
  const letter: Record<string, string> = {
    XS: 'extra small',
    S: 'small',
    M: 'medium',
    L: 'large',
    XL: 'extra large',
  }
  const spelled = letter[value]
  if (name === 'size' && spelled !== undefined)
    return random.pick([`in size ${value}`, `size ${spelled}`, `in a ${spelled} size`])
  return random.pick([`in ${value}`, `${name.replaceAll('_', ' ')} ${value}`])
}

function pricePhrase(
  major: number,
  random: Random,
): { text: string; price: NonNullable<StatedProduct['price']> } {
  const above = Math.ceil(major * 1.2)
  const below = Math.max(1, Math.floor(major * 0.8))
  const under = { min: null, max: above }
  const over = { min: below, max: null }
  const both = { min: below, max: above }
  return random.pick([
    { text: `under $${above}`, price: under },
    { text: `for no more than ${above} dollars`, price: under },
    { text: `up to ${above} bucks`, price: under },
    { text: `at most $${above}`, price: under },
    { text: `that cost less than ${above}`, price: under },
    { text: `over $${below}`, price: over },
    { text: `at least ${below} dollars`, price: over },
    { text: `between $${below} and $${above}`, price: both },
    { text: `priced from ${below} to ${above}`, price: both },
  ])
}

/** Options that a shopper names by themselves; the rest ("configuration") is left to attributes. */
const spokenOptions = new Set(['color', 'size', 'capacity', 'storage', 'weight', 'diameter'])

function writeQuery(product: Product, variant: Variant, random: Random): StatedQuery {
  const facets: StatedProduct['facets'] = []
  const state = (name: string, value: string): void => void facets.push({ name, value })
  const before: string[] = []
  const after: string[] = []
  for (const [name, value] of Object.entries(variant.options)) {
    if (!spokenOptions.has(name) || random.chance(0.35)) continue
    state(name, value)
    if (name === 'color') {
      if (random.chance(0.5)) before.push(value.toLowerCase())
      else after.push(random.pick([`in ${value.toLowerCase()}`, `color ${value.toLowerCase()}`]))
    } else after.push(optionPhrase(name, value, random))
  }
  for (const [name, [value]] of Object.entries(product.attributes)) {
    if (value === undefined || random.chance(0.5)) continue
    if (name === 'audience' && audiencePhrases[value] !== undefined)
      before.push(random.pick(audiencePhrases[value]))
    else if (name === 'material')
      after.push(random.pick([`made of ${value}`, `in ${value}`, `${value} material`]))
    else if (value === 'yes')
      after.push(random.pick([`that are ${name.replaceAll('_', ' ')}`, name.replaceAll('_', ' ')]))
    else if (['closure', 'fit', 'sole', 'flavour', 'scent', 'lid'].includes(name))
      after.push(`with ${value} ${name}`)
    else continue
    state(name, value)
  }
  if (product.brand !== null && random.chance(0.3)) {
    state('brand', product.brand)
    after.push(random.pick([`from ${product.brand}`, `by ${product.brand}`, `${product.brand} brand`]))
  }
  const services = product.services.filter(() => random.chance(0.3))
  for (const service of services) after.push(random.pick(servicePhrases[service]))
  const priced = random.chance(0.6) ? pricePhrase(variant.price.minor / 100, random) : null
  if (priced !== null) after.push(priced.text)
  const noun = (product.categories.at(-1) ?? product.title).toLowerCase()
  const query = `${random.pick(openings)}${[...before, noun].join(' ')}${after.length > 0 ? ` ${after.join(', ')}` : ''}`
  const stated = {
    productId: product.id,
    title: product.title,
    facets,
    services,
    price: priced?.price ?? null,
  }
  return { query, products: [stated] }
}

/**
 * Queries for a catalog's own products, put together from templates: each states some facts of one product, in words
 * that differ from the catalog's ("0.5 l" for `500 ml`, "ladies" for `women`). Same products and seed, same queries.
 */
export function writeQueries(products: readonly Product[], count: number, seed: number): StatedQuery[] {
  const random = createRandom(`constraints/${seed}`)
  return Array.from({ length: count }, (): StatedQuery => {
    const product = random.pick(products)
    return writeQuery(product, random.pick(product.variants), random)
  })
}

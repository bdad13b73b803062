import type { Constraint, Understanding } from '../../src/domain/constraints.ts'
import { english } from '../../src/language/lexicon.ts'
import type { Catalog, ProductSearch, SearchRequest } from '../../src/domain/ports.ts'
import type { Product, Question, Review } from '../../src/domain/product.ts'
import { meetsPrice, statedValues } from '../../src/assistant/cards.ts'
import type { PlanContext } from '../../src/assistant/plan/plan.ts'
import { contentStems } from '../../src/assistant/words.ts'

/** A product with sensible defaults; a test states only what it is about. */
export function product(
  id: string,
  fields: Partial<Product> & { priceMinor?: number; sizes?: string[]; stock?: number } = {},
): Product {
  const { priceMinor = 5000, sizes = ['EU 34'], stock = 5, ...rest } = fields
  return {
    id,
    title: `Product ${id}`,
    brand: 'Norrvale',
    description: '',
    categories: ['Sports', 'Football', 'Football boots'],
    attributes: {},
    variants: sizes.map((size, i) => ({
      id: `${id}-v${i + 1}`,
      options: { size },
      price: { minor: priceMinor, currency: 'USD' },
      compareAt: null,
      stock,
      image: null,
    })),
    images: [`/images/${id}.svg`],
    url: `/store/products/${id}`,
    services: [],
    rating: null,
    ...rest,
  }
}

let reviewCount = 0
export function review(productId: string, text: string, rating = 4): Review {
  reviewCount++
  return {
    id: `rev-${reviewCount}`,
    productId,
    rating,
    title: '',
    text,
    author: 'A',
    atMs: 0,
    verified: true,
  }
}

export const swift = product('swift', {
  title: 'Swift FG Kids Football Boots Red',
  priceMinor: 4999,
  sizes: ['EU 33', 'EU 34'],
  description:
    'Light boots for firm ground. The synthetic upper sheds water. Conical studs give grip in all directions.',
  attributes: { color: ['red'], material: ['synthetic'], audience: ['kids'], surface: ['firm ground'] },
  services: ['free-shipping'],
  rating: { average: 4.4, count: 5 },
})
export const bolt = product('bolt', {
  title: 'Bolt AG Junior Football Boots Red',
  brand: 'Kestrel',
  priceMinor: 3900,
  attributes: { color: ['red'], material: ['leather'], audience: ['kids'], surface: ['artificial grass'] },
  rating: { average: 4.8, count: 6 },
})
export const kettle = product('kettle', {
  title: 'Pebble Electric Kettle',
  brand: 'Hearthway',
  priceMinor: 2950,
  categories: ['Home', 'Kitchen', 'Kettles'],
  attributes: { material: ['steel'], capacity: ['1.7 l'] },
  sizes: ['One size'],
})

export const swiftReviews = [
  review('swift', 'The grip in the rain is excellent. My son never slipped.'),
  review('swift', 'Great wet grip, but they run small. Runs small, order a size up.'),
  review('swift', 'Poor grip on wet grass.', 2),
  review('swift', 'Very comfortable from the first minute.', 5),
  review('swift', 'Comfortable and light.', 5),
]

export const swiftQuestions: Question[] = [
  {
    id: 'q-1',
    productId: 'swift',
    question: 'Can the studs be replaced?',
    answers: [{ text: 'No, the studs are moulded to the sole.', author: 'B', votes: 3 }],
  },
]

export function memoryCatalog(
  products: Product[],
  reviews: Review[] = swiftReviews,
  questions: Question[] = swiftQuestions,
): Catalog {
  const byId = new Map(products.map((item) => [item.id, item]))
  return {
    product: (id) => Promise.resolve(byId.get(id) ?? null),
    products: (ids) => Promise.resolve(ids.flatMap((id) => byId.get(id) ?? [])),
    reviews: (id, page) => {
      const own = reviews.filter((item) => item.productId === id)
      return Promise.resolve({ reviews: own.slice(page.offset, page.offset + page.limit), total: own.length })
    },
    questions: (id) => Promise.resolve(questions.filter((item) => item.productId === id)),
    priceHistory: () => Promise.resolve([]),
    categories: () => Promise.resolve([]),
    lexicon: () => Promise.resolve(english),
    vocabulary: () =>
      Promise.resolve({ facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' }),
    size: () => Promise.resolve({ products: products.length, reviews: reviews.length }),
  }
}

/** Word overlap with constraints as filters, enough to drive the assistant; ranking is tested where it lives. */
export function memorySearch(products: Product[]): ProductSearch {
  return {
    search: (request) => {
      const filtered = hitsFor(products, request, request.constraints)
      const relaxed = filtered.length
        ? []
        : request.constraints.filter((constraint) => constraint.kind === 'price')
      const hits = filtered.length
        ? filtered
        : hitsFor(
            products,
            request,
            request.constraints.filter((constraint) => constraint.kind !== 'price'),
          )
      return Promise.resolve({
        hits: hits.slice(request.offset, request.offset + request.limit),
        total: hits.length,
        relaxed: hits.length ? relaxed : [],
        preferred: [],
        tookMs: 0,
      })
    },
  }
}

function hitsFor(products: Product[], request: SearchRequest, constraints: Constraint[]) {
  const asked = contentStems(request.text)
  return products
    .map((item) => {
      const held = new Set(contentStems(`${item.title} ${item.categories.join(' ')}`))
      const variantIds = item.variants
        .filter((variant) =>
          constraints.every((constraint) => {
            if (constraint.kind === 'price') return meetsPrice(variant, constraint)
            if (constraint.kind !== 'facet') return true
            const stated = statedValues(item, variant, constraint.name)
            return constraint.values.some((value) => stated.has(value)) !== constraint.negated
          }),
        )
        .map((variant) => variant.id)
      return { productId: item.id, score: asked.filter((word) => held.has(word)).length, variantIds }
    })
    .filter((hit) => (asked.length === 0 || hit.score > 0) && hit.variantIds.length > 0)
    .toSorted((a, b) => b.score - a.score)
}

export function understanding(fields: Partial<Understanding> = {}): Understanding {
  return {
    searchText: '',
    productType: null,
    constraints: [],
    sort: 'relevance',
    intent: 'search',
    topic: null,
    reference: null,
    unreadLanguage: null,
    keptFrom: [],
    ...fields,
  }
}

export function planContext(fields: Partial<PlanContext> = {}): PlanContext {
  return {
    page: null,
    shown: [],
    list: [],
    lookedAt: [],
    mentions: [],
    variantIds: new Map(),
    focusId: null,
    previous: null,
    isKnownShopper: true,
    named: null,
    isTypeSold: true,
    isCategoryNamed: false,
    isNoun: () => false,
    namesGoods: false,
    currency: 'USD',
    lexicon: english,
    ...fields,
  }
}

export const under = (max: number): Constraint => ({
  kind: 'price',
  min: null,
  max,
  minInclusive: true,
  maxInclusive: false,
  text: `under $${max}`,
})
export const facet = (name: string, value: string, negated = false): Constraint => ({
  kind: 'facet',
  name,
  values: [value],
  negated,
  text: value,
})

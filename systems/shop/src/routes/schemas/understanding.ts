import { z } from 'zod'
import type { Constraint, Reference, SortOrder, Topic, Understanding } from '../../domain/constraints.ts'
import type { SearchResult } from '../../domain/ports.ts'
import { languageCodes } from '../../language/languages.ts'
import { service } from './product.ts'

export const sortOrder = z.enum([
  'relevance',
  'price-ascending',
  'price-descending',
  'rating',
  'reviews',
  'newest',
])
const sort: z.ZodType<SortOrder, SortOrder> = sortOrder

export const constraint: z.ZodType<Constraint, Constraint> = z
  .union([
    z.object({
      kind: z.literal('price'),
      min: z.number().nullable(),
      max: z.number().nullable(),
      minInclusive: z.boolean(),
      maxInclusive: z.boolean(),
      text: z.string(),
    }),
    z.object({
      kind: z.literal('facet'),
      name: z.string(),
      alsoNamed: z.exactOptional(z.array(z.string())),
      values: z.array(z.string()),
      negated: z.boolean(),
      strength: z.exactOptional(z.enum(['insisted', 'named'])),
      text: z.string(),
    }),
    z.object({ kind: z.literal('rating'), min: z.number(), text: z.string() }),
    z.object({ kind: z.literal('reviews'), min: z.number(), text: z.string() }),
    z.object({ kind: z.literal('unnamed'), words: z.string(), text: z.string() }),
    z.object({ kind: z.literal('service'), service, negated: z.boolean(), text: z.string() }),
  ])
  .meta({ id: 'ShopConstraint' })

const reference: z.ZodType<Reference, Reference> = z.union([
  z.object({ kind: z.literal('ordinal'), position: z.number() }),
  z.object({
    kind: z.literal('described'),
    facets: z.array(z.object({ name: z.string(), value: z.string() })),
    text: z.string(),
  }),
  z.object({ kind: z.enum(['this', 'those', 'earlier']) }),
  z.object({
    kind: z.literal('relative'),
    direction: z.enum(['cheaper', 'pricier', 'better-rated']),
    than: z.exactOptional(z.string()),
  }),
])

export const topic: z.ZodType<Topic, Topic> = z.enum([
  'unsure',
  'price',
  'shipping',
  'returns',
  'payment',
  'price-match',
  'warranty',
  'complaint',
  'contact',
  'store',
  'order',
  'self-harm',
  'emergency',
  'medicine',
  'violence',
  'greeting',
  'thanks',
  'identity',
])

export const understanding: z.ZodType<Understanding, Understanding> = z
  .object({
    searchText: z.string(),
    productType: z.string().nullable(),
    constraints: z.array(constraint),
    sort,
    intent: z.enum([
      'search',
      'narrow',
      'compare',
      'product-question',
      'review-question',
      'recall',
      'order-status',
      'returns',
      'price-history',
      'add-to-cart',
      'alert',
      'auto-buy',
      'deals',
      'memory',
      'service',
      'advice',
      'assortment',
      'how-to',
      'allergy',
      'care',
      'not-ours',
      'chat',
    ]),
    topic: topic.nullable(),
    inCase: z.exactOptional(z.enum(['emergency', 'medicine'])),
    reference: reference.nullable(),
    unreadLanguage: z.string().nullable(),
    spokenLanguage: z.exactOptional(z.enum(languageCodes)),
    keptFrom: z.array(z.string()),
  })
  .meta({ id: 'ShopUnderstanding' })

const explanation = z.object({
  fields: z.array(
    z.object({
      field: z.string(),
      score: z.number(),
      terms: z.array(z.object({ term: z.string(), score: z.number() })),
    }),
  ),
  boosts: z.array(z.object({ name: z.string(), factor: z.number() })),
})

export const searchResult: z.ZodType<SearchResult, SearchResult> = z.object({
  hits: z.array(
    z.object({
      productId: z.string(),
      score: z.number(),
      variantIds: z.array(z.string()),
      isOfKind: z
        .exactOptional(z.literal(true))
        .describe('Its category, or most titles of its kind, are called by the noun of the request.'),
      explanation: z.exactOptional(explanation),
    }),
  ),
  total: z.number(),
  relaxed: z.array(constraint),
  preferred: z.array(constraint),
  leftOut: z.exactOptional(z.array(z.string())),
  nearest: z
    .exactOptional(z.array(z.object({ productId: z.string(), deviations: z.number() })))
    .describe('Nearest to the text in meaning, whatever its words; absent where no model embeds.'),
  words: z
    .exactOptional(z.array(z.object({ said: z.string(), documents: z.number() })))
    .describe('Words of the text that the catalog holds, and how many products hold each.'),
  tookMs: z.number(),
})

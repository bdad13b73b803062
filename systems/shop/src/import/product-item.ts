import { z } from 'zod'
import type { Product } from '../domain/product.ts'
import { attributeName, plainText, wellFormed } from './clean-text.ts'
import type { FeedProduct } from './feed-row.ts'
import { minorDigits } from './price-text.ts'
import { textLines } from './text-lines.ts'

const clean = (max: number) => z.string().transform((text) => wellFormed(plainText(text)).slice(0, max))
const filled = (max: number) => clean(max).refine((text) => text !== '', 'must not be empty')
const currency = z
  .string()
  .refine((code) => minorDigits(code) !== null, 'must be a currency code such as USD')
const minor = z.int().min(0, 'must not be negative').max(1e12)
const money = z.object({ minor, currency })
const link = z
  .string()
  .max(2000)
  .regex(/^(?:https?:\/\/|\/(?!\/))\S+$/, 'must be a link')
const atMs = z.int().min(0).max(8.64e15)

const product = z.object({
  id: filled(300),
  title: filled(500),
  brand: clean(200).nullish(),
  description: z
    .string()
    .transform((text) => wellFormed(textLines(text)).slice(0, 50_000))
    .default(''),
  categories: z.array(filled(200)).max(8).default([]),
  attributes: z.record(z.string(), z.array(clean(200)).max(50)).default({}),
  variants: z
    .array(
      z.object({
        id: filled(300),
        options: z.record(z.string().max(60), clean(200)).default({}),
        price: money,
        compareAt: money.nullish(),
        stock: z.int().min(0).nullish(),
        image: link.nullish(),
      }),
    )
    .min(1)
    .max(2000),
  images: z.array(link).max(30).default([]),
  url: link.nullish(),
  services: z
    .array(z.enum(['free-shipping', 'flash-sale', 'cash-on-delivery', 'official-store']))
    .default([]),
  rating: z.object({ average: z.number().min(1).max(5), count: z.int().min(1) }).nullish(),
})

const review = z.object({
  id: filled(300),
  rating: z.number().min(1).max(5),
  title: clean(300).default(''),
  text: clean(20_000).default(''),
  author: clean(200).default(''),
  atMs,
  verified: z.boolean().default(false),
})

const question = z.object({
  id: filled(300),
  question: filled(2000),
  answers: z
    .array(z.object({ text: filled(5000), author: clean(200).default(''), votes: z.int().min(0).default(0) }))
    .max(50)
    .default([]),
})

/** A whole product as one JSON line: the shape that `heavylift shop sample` writes. */
const item = z.object({
  product,
  reviews: z.array(review).max(20_000).default([]),
  questions: z.array(question).max(2000).default([]),
  priceHistory: z
    .array(z.object({ variantId: z.string(), minor, atMs }))
    .max(20_000)
    .default([]),
})

export type ItemResult =
  | { ok: true; item: Omit<FeedProduct, 'line' | 'rows'> }
  | { ok: false; code: string; reason: string }

/** Whether the line is a whole product rather than a flat row. */
export function isProductItem(fields: Record<string, unknown>): boolean {
  const { product: inner, variants } = fields
  if (typeof inner === 'object' && inner !== null) return true
  const first: unknown = Array.isArray(variants) ? variants[0] : null
  if (typeof first !== 'object' || first === null || !('price' in first)) return false
  return typeof first.price === 'object' && first.price !== null && 'minor' in first.price
}

/** Reads `{ product, reviews?, questions?, priceHistory? }` or a bare product with its `variants`. */
export function parseProductItem(fields: Record<string, unknown>): ItemResult {
  const isBare = Array.isArray(fields['variants'])
  const parsed = item.safeParse(isBare ? { ...fields, product: fields } : fields)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path.join('.') ?? ''
    const isNegative = issue?.code === 'too_small' && path.endsWith('minor')
    const code = isNegative ? 'negative-price' : path.endsWith('id') ? 'missing-id' : 'bad-product'
    return { ok: false, code, reason: `${path}: ${issue?.message ?? 'is wrong'}.` }
  }
  const { product: raw, reviews, questions, priceHistory } = parsed.data
  const attributes: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(raw.attributes)) {
    const key = attributeName(name)
    const kept = [...new Set(values.filter((value) => value !== ''))]
    if (key !== '' && kept.length > 0) attributes[key] = kept
  }
  const result: Product = {
    ...raw,
    brand: raw.brand ? raw.brand : null,
    attributes,
    url: raw.url ?? null,
    rating: raw.rating ?? null,
    variants: raw.variants.map((variant) => ({
      ...variant,
      compareAt:
        variant.compareAt && variant.compareAt.minor > variant.price.minor ? variant.compareAt : null,
      stock: variant.stock ?? null,
      image: variant.image ?? null,
    })),
  }
  const ids = new Set(result.variants.map(({ id }) => id))
  if (ids.size !== result.variants.length) {
    return {
      ok: false,
      code: 'duplicate-variant',
      reason: `Two variants of "${result.id}" have the same id.`,
    }
  }
  return {
    ok: true,
    item: {
      product: result,
      // A rating that comes with its reviews is computed from them.
      ratingFromFeed: result.rating !== null && reviews.length === 0,
      continues: false,
      reviews: reviews.map((entry) => ({ ...entry, productId: result.id })),
      questions: questions.map((entry) => ({ ...entry, productId: result.id })),
      priceHistory,
    },
  }
}

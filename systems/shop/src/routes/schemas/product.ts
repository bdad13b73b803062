import { z } from 'zod'
import type { Money, PricePoint, Product, Question, Review, Service, Variant } from '../../domain/product.ts'

// The annotations hold each schema to the domain's type: the compiler refuses one that departs from it.

export const money: z.ZodType<Money, Money> = z.object({
  minor: z.int().describe('Minor units, e.g. cents.'),
  currency: z.string().describe('ISO 4217.'),
})

export const service: z.ZodType<Service, Service> = z.enum([
  'free-shipping',
  'flash-sale',
  'cash-on-delivery',
  'official-store',
])

const variant: z.ZodType<Variant, Variant> = z.object({
  id: z.string(),
  options: z.record(z.string(), z.string()),
  price: money,
  compareAt: money.nullable().describe('The price before a reduction.'),
  stock: z.number().nullable().describe('Null when the store does not count.'),
  image: z.string().nullable(),
})

const rating = z.object({ average: z.number(), count: z.number() })

export const product: z.ZodType<Product, Product> = z
  .object({
    id: z.string(),
    title: z.string(),
    brand: z.string().nullable(),
    description: z.string(),
    categories: z.array(z.string()).describe('From department to leaf.'),
    attributes: z.record(z.string(), z.array(z.string())),
    variants: z.array(variant),
    images: z.array(z.string()),
    url: z.string().nullable(),
    services: z.array(service),
    rating: rating.nullable(),
  })
  .meta({ id: 'ShopProduct' })

export const review: z.ZodType<Review, Review> = z.object({
  id: z.string(),
  productId: z.string(),
  rating: z.number(),
  title: z.string(),
  text: z.string(),
  author: z.string(),
  atMs: z.number(),
  verified: z.boolean(),
})

export const question: z.ZodType<Question, Question> = z.object({
  id: z.string(),
  productId: z.string(),
  question: z.string(),
  answers: z.array(z.object({ text: z.string(), author: z.string(), votes: z.number() })),
})

export const pricePoint: z.ZodType<PricePoint, PricePoint> = z.object({
  productId: z.string(),
  variantId: z.string(),
  price: money,
  atMs: z.number(),
})

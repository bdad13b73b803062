import { z } from 'zod'
import type {
  AnswerPart,
  CartView,
  Citation,
  Comparison,
  ConfirmationRequest,
  ConstraintChip,
  OrderView,
  ProductCard,
  ReviewSummary,
} from '../../domain/answer.ts'
import { money, service } from './product.ts'
import { constraint } from './understanding.ts'

const chip: z.ZodType<ConstraintChip, ConstraintChip> = z.object({ constraint, label: z.string() })

const card: z.ZodType<ProductCard, ProductCard> = z
  .object({
    productId: z.string(),
    variantId: z.string(),
    title: z.string(),
    brand: z.string().nullable(),
    image: z.string().nullable(),
    url: z.string().nullable(),
    price: money,
    compareAt: money.nullable(),
    rating: z.object({ average: z.number(), count: z.number() }).nullable(),
    inStock: z.boolean(),
    services: z.array(service),
    options: z.record(z.string(), z.string()),
    reasons: z.array(z.string()),
    cautions: z.array(z.string()).optional(),
  })
  .meta({ id: 'ShopProductCard' })

const comparison: z.ZodType<Comparison, Comparison> = z.object({
  products: z.array(card),
  rows: z.array(
    z.object({
      label: z.string(),
      values: z.array(z.string().nullable()),
      best: z.number().nullable(),
    }),
  ),
})

const reviewSummary: z.ZodType<ReviewSummary, ReviewSummary> = z.object({
  productId: z.string(),
  title: z.string(),
  total: z.number(),
  average: z.number(),
  aspects: z.array(
    z.object({
      aspect: z.string(),
      mentions: z.number(),
      positive: z.number(),
      negative: z.number(),
      quote: z.object({ text: z.string(), reviewId: z.string() }).nullable(),
    }),
  ),
})

const citation: z.ZodType<Citation, Citation> = z.object({
  number: z.number(),
  source: z.union([
    z.object({ kind: z.literal('product'), productId: z.string(), field: z.string() }),
    z.object({ kind: z.literal('review'), productId: z.string(), reviewId: z.string() }),
    z.object({ kind: z.literal('question'), productId: z.string(), questionId: z.string() }),
    z.object({ kind: z.literal('page'), url: z.string() }),
    z.object({ kind: z.literal('policy'), section: z.string() }),
    z.object({ kind: z.literal('memory'), memoryId: z.string() }),
  ]),
  quote: z.string(),
})

const confirmationRequest: z.ZodType<ConfirmationRequest, ConfirmationRequest> = z.object({
  confirmationId: z.string(),
  action: z.enum([
    'add-to-cart',
    'place-order',
    'auto-buy',
    'price-alert',
    'return-items',
    'cancel-order',
    'order-action',
    'change-address',
    'forget-memory',
  ]),
  summary: z.string(),
  ceiling: money.nullable(),
  expiresAtMs: z.number(),
})

export const cartView: z.ZodType<CartView, CartView> = z.object({
  items: z.array(
    z.object({
      productId: z.string(),
      variantId: z.string(),
      title: z.string(),
      options: z.record(z.string(), z.string()),
      quantity: z.number(),
      unitPrice: money,
      image: z.string().nullable(),
    }),
  ),
  total: money,
})

export const orderView: z.ZodType<OrderView, OrderView> = z.object({
  orderId: z.string(),
  status: z.string(),
  placedAtMs: z.number(),
  items: z.array(z.object({ title: z.string(), quantity: z.number(), price: money })),
  tracking: z.string().nullable(),
  actions: z.array(z.object({ action: z.string(), allowed: z.boolean(), reason: z.string() })),
})

/** Parts of an answer, as the AI SDK's UI message stream protocol has them; `data-…` are ours. */
export const answerPart: z.ZodType<AnswerPart, AnswerPart> = z
  .union([
    z.object({ type: z.literal('text-start'), id: z.string() }),
    z.object({ type: z.literal('text-delta'), id: z.string(), delta: z.string() }),
    z.object({ type: z.literal('text-end'), id: z.string() }),
    z.object({
      type: z.literal('start'),
      messageId: z.string(),
      messageMetadata: z.exactOptional(z.object({ conversationId: z.string(), turnId: z.string() })),
    }),
    z.object({
      type: z.literal('data-status'),
      id: z.literal('status'),
      transient: z.literal(true),
      data: z.object({ text: z.string() }),
    }),
    z.object({
      type: z.literal('data-first-finds'),
      id: z.literal('first-finds'),
      transient: z.literal(true),
      data: z.object({ title: z.string(), cards: z.array(card) }),
    }),
    z.object({
      type: z.literal('data-understanding'),
      data: z.object({ constraints: z.array(chip), relaxed: z.array(chip) }),
    }),
    z.object({
      type: z.literal('data-products'),
      id: z.string(),
      data: z.object({ title: z.string(), cards: z.array(card) }),
    }),
    z.object({ type: z.literal('data-comparison'), id: z.string(), data: comparison }),
    z.object({ type: z.literal('data-review-summary'), id: z.string(), data: reviewSummary }),
    z.object({
      type: z.literal('data-price-history'),
      id: z.string(),
      data: z.object({
        productId: z.string(),
        points: z.array(z.object({ atMs: z.number(), minor: z.number() })),
        currency: z.string(),
      }),
    }),
    z.object({ type: z.literal('data-order'), id: z.string(), data: orderView }),
    z.object({ type: z.literal('data-confirmation'), id: z.string(), data: confirmationRequest }),
    z.object({ type: z.literal('data-cart'), id: z.string(), data: cartView }),
    z.object({ type: z.literal('data-citation'), id: z.string(), data: citation }),
    z.object({ type: z.literal('data-pills'), data: z.object({ pills: z.array(z.string()) }) }),
    z.object({ type: z.literal('error'), errorText: z.string() }),
    z.object({ type: z.literal('finish') }),
  ])
  .meta({ id: 'ShopAnswerPart' })

/** The stream ends with `[DONE]`. */
export const answerEvents = { message: z.union([answerPart, z.literal('[DONE]')]) }

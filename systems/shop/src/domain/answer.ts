import type { Constraint } from './constraints.ts'
import type { Proposal } from './proposal.ts'
import type { Money, Service } from './product.ts'

/**
 * What the assistant streams, in the AI SDK's UI message stream protocol (v1): each part is one SSE `data:` line of
 * JSON, and the stream ends with `data: [DONE]`. `data-*` parts are ours; the same `id` again replaces the earlier part.
 */
export type AnswerPart =
  | { type: 'start'; messageId: string; messageMetadata?: { conversationId: string; turnId: string } }
  | { type: 'data-status'; id: 'status'; transient: true; data: { text: string } }
  /** What was found at first sight, while a model looks closer; it goes when the answer comes. */
  | {
      type: 'data-first-finds'
      id: 'first-finds'
      transient: true
      data: { title: string; cards: ProductCard[] }
    }
  | { type: 'data-understanding'; data: { constraints: ConstraintChip[]; relaxed: ConstraintChip[] } }
  | { type: 'data-products'; id: string; data: { title: string; cards: ProductCard[] } }
  | { type: 'data-comparison'; id: string; data: Comparison }
  | { type: 'data-review-summary'; id: string; data: ReviewSummary }
  | {
      type: 'data-price-history'
      id: string
      data: { productId: string; points: { atMs: number; minor: number }[]; currency: string }
    }
  | { type: 'data-order'; id: string; data: OrderView }
  | { type: 'data-confirmation'; id: string; data: ConfirmationRequest }
  | { type: 'data-cart'; id: string; data: CartView }
  | { type: 'data-citation'; id: string; data: Citation }
  | { type: 'data-pills'; data: { pills: string[] } }
  | { type: 'text-start'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'text-end'; id: string }
  | { type: 'error'; errorText: string }
  | { type: 'finish' }

export interface ConstraintChip {
  constraint: Constraint
  /** `under $60`, `red`, `not leather`. */
  label: string
}

/** Hydrated from the catalog in this turn, never from model text. */
export interface ProductCard {
  productId: string
  variantId: string
  title: string
  brand: string | null
  image: string | null
  url: string | null
  price: Money
  compareAt: Money | null
  rating: { average: number; count: number } | null
  inStock: boolean
  services: Service[]
  options: Record<string, string>
  /** Short reasons, each resting on a catalog fact: `4.6 from 212 reviews`, `under your $60`. */
  reasons: string[]
  /** What its listing warns of or says that it is not for, quoted, the surest first, two at most. Absent where it says nothing of the kind. */
  cautions?: string[] | undefined
}

export interface Comparison {
  products: ProductCard[]
  rows: {
    label: string
    values: (string | null)[]
    /** Index of the best value where one is better. */ best: number | null
  }[]
}

export interface ReviewSummary {
  productId: string
  title: string
  total: number
  average: number
  /** E.g. aspect `wet grip`: 12 mention it, 9 say good, 2 say bad. Quotes cite their review. */
  aspects: {
    aspect: string
    mentions: number
    positive: number
    negative: number
    quote: { text: string; reviewId: string } | null
  }[]
}

/** Where a sentence comes from; `[n]` in the text refers to `number`. */
export interface Citation {
  number: number
  source:
    | { kind: 'product'; productId: string; field: string }
    | { kind: 'review'; productId: string; reviewId: string }
    | { kind: 'question'; productId: string; questionId: string }
    | { kind: 'page'; url: string }
    | { kind: 'policy'; section: string }
    | { kind: 'memory'; memoryId: string }
  /** The words it rests on. */
  quote: string
}

/** A side effect that waits for the shopper. Nothing happens until `POST /confirmations/:id` accepts it. */
export interface ConfirmationRequest {
  confirmationId: string
  action: Proposal['action']
  /** One sentence that says exactly what will happen, with amounts. */
  summary: string
  /** The most that it can cost; null where it costs nothing. */
  ceiling: Money | null
  expiresAtMs: number
}

export interface CartView {
  items: {
    productId: string
    variantId: string
    title: string
    options: Record<string, string>
    quantity: number
    unitPrice: Money
    image: string | null
  }[]
  total: Money
}

export interface OrderView {
  orderId: string
  status: string
  placedAtMs: number
  items: { title: string; quantity: number; price: Money }[]
  tracking: string | null
  /** What may be done with it now by policy: `cancel`, `return`, with the reason when not. */
  actions: { action: string; allowed: boolean; reason: string }[]
}

/** One thing that a source says, in the source's own words; what answers quote and what claims are checked against. */
export interface Evidence {
  text: string
  /** Stems of its words that can make a claim. */
  stems: ReadonlySet<string>
  source: Citation['source']
  /** The product it is about; null for policies, orders and the like. */
  productId: string | null
  /** `listing` is the store's word; `review` and `answer` are other shoppers'. */
  kind: 'attribute' | 'listing' | 'answer' | 'review' | 'policy' | 'memory' | 'page'
  /** For an answer: the question that was asked. */
  question?: string
  /** Of a listing: what it stands under in the description; `text` begins with it where it is all that stands there. */
  heading?: string
  /** Of a row: the variants that it tells the price of. */
  variantIds?: readonly string[]
}

import type { Comparison, ConfirmationRequest, OrderView, ProductCard, CartView } from '../domain/answer.ts'
import type { Constraint } from '../domain/constraints.ts'
import type { BrandPage, MemoryItem, PolicySection } from '../domain/ports.ts'
import type { PricePoint, Product, Question } from '../domain/product.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { ReviewDigest } from './aspects/aspect-cache.ts'

/** Everything that one turn fetched. An answer may say what follows from this and nothing else. */
export interface Facts {
  currency: string
  /** What words mean in the store. */
  lexicon: Lexicon
  /** By id; every product that a card, a table or a sentence may name. */
  products: Map<string, Product>
  /** The products that the answer is about, best first. */
  subjectIds: string[]
  search: {
    cards: ProductCard[]
    total: number
    relaxed: Constraint[]
    preferred: Constraint[]
    constraints: Constraint[]
  } | null
  deals: ProductCard[] | null
  /** Cards of subjects that no search found. */
  cards: Map<string, ProductCard>
  digests: Map<string, ReviewDigest>
  questions: Map<string, Question[]>
  /** The brand's own page, by product; only where the store's facts did not answer. */
  brandPages: Map<string, BrandPage>
  comparison: Comparison | null
  priceHistory: Map<string, PricePoint[]>
  orders: OrderView[] | null
  cart: CartView | null
  policies: PolicySection[] | null
  memories: MemoryItem[] | null
  proposal:
    | { kind: 'confirm'; confirmation: ConfirmationRequest; productId: string | null }
    | { kind: 'refused'; reason: string; section: string | null }
    /** The shopper has to choose first. */
    | { kind: 'choose-option'; productId: string; option: string; values: string[] }
    | { kind: 'no-target' }
    | { kind: 'nothing-found' }
    | null
}

export function emptyFacts(currency: string, lexicon: Lexicon = english): Facts {
  return {
    currency,
    lexicon,
    products: new Map(),
    subjectIds: [],
    search: null,
    deals: null,
    cards: new Map(),
    digests: new Map(),
    questions: new Map(),
    brandPages: new Map(),
    comparison: null,
    priceHistory: new Map(),
    orders: null,
    cart: null,
    policies: null,
    memories: null,
    proposal: null,
  }
}

/** One read or proposal as it was made, for replay. */
export interface ToolCall {
  step: string
  arguments: unknown
  /** Ids and counts, not whole rows: the catalog version is recorded beside it. */
  result: unknown
  tookMs: number
  error: string | null
}

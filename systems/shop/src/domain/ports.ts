import type { CartView, ConfirmationRequest, OrderView } from './answer.ts'
import type { Constraint, FacetVocabulary, SortOrder } from './constraints.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Proposal } from './proposal.ts'
import type { CategoryNode, PricePoint, Product, Question, Review } from './product.ts'

/** Reads of one tenant's live catalog. Every fact that an answer shows comes from here, in this turn. */
export interface Catalog {
  product(id: string): Promise<Product | null>
  /** In the order of `ids`; ids that do not exist are left out. */
  products(ids: readonly string[]): Promise<Product[]>
  reviews(
    productId: string,
    page: { limit: number; offset: number },
  ): Promise<{ reviews: Review[]; total: number }>
  questions(productId: string): Promise<Question[]>
  priceHistory(productId: string): Promise<PricePoint[]>
  vocabulary(): Promise<FacetVocabulary>
  /** Departments with the categories below them, largest first. */
  categories(): Promise<CategoryNode[]>
  /** What words mean in this store; the same object until its synonyms change. */
  lexicon(): Promise<Lexicon>
  size(): Promise<{ products: number; reviews: number }>
}

/** Search over one tenant's live catalog. */
export interface ProductSearch {
  search(request: SearchRequest): Promise<SearchResult>
}

export interface SearchRequest {
  text: string
  constraints: Constraint[]
  sort: SortOrder
  limit: number
  offset: number
  /** Where fewer match well, weaker matches follow by relevance (in no other order). Default 10: more help who pages through a list. */
  fewest?: number
  /** How many of the nearest in meaning are told. Default 6. */
  nearest?: number
  /** Adds `explanation` to each hit (for the search lab). */
  explain?: boolean
}

export interface SearchResult {
  hits: SearchHit[]
  /** How many products satisfy the constraints and match. */
  total: number
  /** Constraints left out because nothing satisfied all of them; empty normally. Every hit satisfies all the others. */
  relaxed: Constraint[]
  /** Named constraints that ranked and did not filter: hits may or may not satisfy them. */
  preferred: Constraint[]
  /** Products that matched and were left out because their listings name what the shopper does not want; ids, best first. */
  leftOut?: string[]
  /**
   * What satisfies the constraints and is nearest to the text in meaning, whatever its words, with the standard deviations that it is nearer
   * than usual; the nearest first. Absent where no model embeds.
   */
  nearest?: { productId: string; deviations: number }[]
  /** The words of the text that the catalog holds, folded, with how many products hold each. */
  words?: { said: string; documents: number }[]
  tookMs: number
}

export interface SearchHit {
  productId: string
  score: number
  /** Variants that satisfy the constraints; the first is the one to show. */
  variantIds: string[]
  /** Its category, or most titles of its kind, are called by the noun of the request: a laptop for "laptop", no lock for laptops. */
  isOfKind?: true
  explanation?: {
    fields: { field: string; score: number; terms: { term: string; score: number }[] }[]
    boosts: { name: string; factor: number }[]
  }
}

/**
 * What one shopper of one tenant saw, asked and decided, the same on every device. Bound to a tenant; every call names
 * the shopper, and nothing of another shopper is ever returned. Anonymous turns call nothing here.
 */
export interface ShopperMemory {
  /** Best match first, then newest. An empty `text` orders by time alone. */
  recall(shopperId: string, query: MemoryQuery): Promise<MemoryItem[]>
  /** Adds items, or refreshes `atMs` and `text` of the one with the same `key`; so a retried turn remembers once. */
  remember(shopperId: string, items: NewMemory[]): Promise<void>
}

export type MemoryKind = 'viewed' | 'asked' | 'decided' | 'fact'

export interface MemoryQuery {
  /** The shopper's words ("the cleats I was looking at"); may be empty. */
  text: string
  kinds?: MemoryKind[]
  sinceMs?: number
  limit: number
}

export interface NewMemory {
  kind: MemoryKind
  /** Unique for the shopper, e.g. `viewed:p-17`, `fact:size:shoe`. */
  key: string
  /** Plain words, as the shopper sees them in their list: `Looked at Swift FG Kids`, `Shops for a child, size EU 34`. */
  text: string
  productId: string | null
  conversationId: string | null
  /** As the client names it (`phone`, `desktop`); null when it does not. */
  device: string | null
  atMs: number
}

export interface MemoryItem extends NewMemory {
  id: string
}

/**
 * What the assistant may read of a shopper's account, and how it asks for a side effect. Bound to a tenant. The
 * assistant never acts: `propose` records what would be done and returns what the shopper is asked to confirm.
 */
export interface StoreTools {
  cart(shopperId: string): Promise<CartView>
  /** Newest first. */
  orders(shopperId: string, page: { limit: number }): Promise<OrderView[]>
  /** Null when this shopper has no such order. */
  order(shopperId: string, orderId: string): Promise<OrderView | null>
  /** The store's own rules that bear on the words (returns, shipping, payment), best first; empty when it states none. */
  policies(text: string, page: { limit: number }): Promise<PolicySection[]>
  /** Idempotent by (`shopperId`, `key`): the same proposal again returns the same confirmation. */
  propose(shopperId: string, request: ProposalRequest): Promise<ProposalResult>
}

/** The page that a product's brand keeps of its own; null when none is known or it cannot be read. Never rejects. */
export interface BrandPages {
  read(product: Product): Promise<BrandPage | null>
}

export interface BrandPage {
  /** Where it was read, after redirects. */
  url: string
  /** Plain text, in order. */
  sentences: string[]
}

export interface PolicySection {
  /** Stable name for citations, e.g. `returns`. */
  section: string
  title: string
  text: string
}

export interface ProposalRequest {
  /** `<turnId>:<n>`. */
  key: string
  conversationId: string | null
  proposal: Proposal
}

export type ProposalResult =
  | { ok: true; confirmation: ConfirmationRequest }
  /** Policy or state forbids it. `reason` is a sentence for the shopper; `section` the policy it rests on. */
  | { ok: false; reason: string; section: string | null }

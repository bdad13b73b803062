import type { Product, Question, Review } from '../domain/product.ts'
import type { FeedPlan } from './feed-plan.ts'

export const feedFormats = ['csv', 'jsonl', 'shopify', 'merchant-xml'] as const
export type FeedFormat = (typeof feedFormats)[number]

export type FeedContent = 'products' | 'reviews' | 'questions'

export interface FeedOptions {
  /** Null: detected. */
  format: FeedFormat | null
  /** Null: reviews or questions when the columns say so, else products. */
  content: FeedContent | null
  /** Our column → the file's column. */
  mapping: Readonly<Record<string, string>>
  /** For prices that name none. */
  currency: string
}

export interface FeedReject {
  line: number
  /** Stable, kebab-case; the report counts by it. */
  code: string
  /** What is wrong and what to do. */
  reason: string
  /** The row as it came, cut at 8,000 characters. */
  raw: string
}

export interface FeedPricePoint {
  variantId: string
  minor: number
  atMs: number
}

export interface FeedProduct {
  line: number
  /** How many rows of the file it was made of. */
  rows: number
  product: Product
  /** The rating stands in the feed, so that it is not computed from reviews. */
  ratingFromFeed: boolean
  /** The product began earlier in the file: its variants and images join those. */
  continues: boolean
  reviews: Review[]
  questions: Question[]
  priceHistory: FeedPricePoint[]
}

/** What a feed consists of, in file order. */
export type FeedEvent =
  | { kind: 'product'; item: FeedProduct }
  | { kind: 'review'; line: number; review: Review }
  | { kind: 'question'; line: number; question: Question }
  | { kind: 'reject'; rows: number; reject: FeedReject }
  /** What the shop itself does not show (drafts, archived, not visible); `reject.reason` says by which column. */
  | { kind: 'hidden'; rows: number; reject: FeedReject }
  /** How the feed is read; comes first. */
  | { kind: 'plan'; plan: FeedPlan }
  /** Which format was read; comes last. */
  | { kind: 'format'; format: FeedFormat }
  /** Something was mended: encoding, dropped characters. Not a row. */
  | { kind: 'note'; text: string }
  /** Nothing of this file can be imported (no title column, not XML); says what to do. */
  | { kind: 'unusable'; code: string; reason: string }

/** Longest cell in characters; a longer one is rejected with its row. */
export const maxCellLength = 1024 * 1024

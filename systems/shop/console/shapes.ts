// What the operator routes of the shop answer (README, "HTTP"). Times are epoch milliseconds.
import type { ExperimentReport } from '@heavylift/store'
import type { AnswerPart } from '../src/domain/answer.ts'
import type { Understanding } from '../src/domain/constraints.ts'
import type { MemoryItem, SearchResult } from '../src/domain/ports.ts'
import type { PricePoint, Product, Question, Review } from '../src/domain/product.ts'

/** `GET /conversations?text=&before=&limit=`, newest first. */
export interface ConversationsAnswer {
  conversations: ConversationRow[]
  /** Pass as `before` for the next page; null on the last. */
  next: string | null
}

export interface ConversationRow {
  conversationId: string
  /** Null for an anonymous shopper. */
  shopperId: string | null
  device: string | null
  startedAtMs: number
  lastAtMs: number
  turns: number
  firstMessage: string
}

/** `GET /conversations/:conversationId`: everything that a replay needs. */
export interface ConversationDetail {
  conversationId: string
  shopperId: string | null
  turns: ConversationTurn[]
}

export interface ConversationTurn {
  turnId: string
  message: string
  atMs: number
  device: string | null
  pageProductId: string | null
  understanding: Understanding | null
  /** Every part as it was sent, with milliseconds since the turn began. */
  parts: { atMs: number; part: AnswerPart }[]
  tools: ToolRun[]
  firstChunkMs: number | null
  durationMs: number
  /** Null when no model took part. */
  model: string | null
  costMicros: number
}

export interface ToolRun {
  name: string
  arguments: unknown
  result: unknown
  /** Null when it worked. */
  error: string | null
  /** Since the turn began. */
  startedAtMs: number
  durationMs: number
}

/** `POST /search` `{ query }`. Hits carry `explanation`. */
export interface SearchLabAnswer {
  understanding: Understanding
  result: SearchResult
  /** The products of the hits, in their order. */
  products: Product[]
}

/** `GET /imports` and `GET /imports/:importId`. */
export interface ImportReport {
  importId: string
  name: string
  format: string | null
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  startedAtMs: number
  finishedAtMs: number | null
  bytes: number | null
  rows: { read: number; accepted: number; rejected: number }
  products: { added: number; updated: number; removed: number }
  /** Most frequent reasons first. */
  reasons: { code: string; message: string; count: number; firstLines: number[] }[]
  error: { code: string; message: string } | null
}

/** `GET /products/:productId` */
export interface ProductAnswer {
  product: Product
  reviews: Review[]
  questions: Question[]
  priceHistory: PricePoint[]
}

/** `GET /products` */
export interface ProductsAnswer {
  products: Product[]
  total: number
}

/** `GET /categories` */
export interface CategoriesAnswer {
  departments: {
    name: string
    count: number
    categories: { name: string; path: string[]; count: number }[]
  }[]
}

/** `GET /pills/summary` */
export interface PillsSummary {
  /** Of pill answers asked for since `sinceMs`, those served from the cache. */
  hits: number
  misses: number
  sinceMs: number
  /** Products with pills, of all. */
  products: { withPills: number; total: number }
  pills: number
  job: { state: 'idle' | 'running' | 'failed'; done: number; total: number; finishedAtMs: number | null }
  perProduct: { productId: string; title: string; pills: number; hits: number; misses: number }[]
}

/** `GET /memory`, and `GET /shoppers/:shopperId/memory` */
export interface MemoryAnswer {
  memories: MemoryItem[]
}

/** `GET /experiment` */
export interface ExperimentAnswer {
  running: boolean
  attributionHours: number
  report: ExperimentReport
}

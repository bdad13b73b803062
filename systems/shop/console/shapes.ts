// What the operator routes of the shop answer (README, "HTTP"). Times are epoch milliseconds.
import type { ExperimentReport } from '@heavylift/store'
import type { ImportView } from '../src/catalog/import-record.ts'
import type { AnswerPart } from '../src/domain/answer.ts'
import type { Understanding } from '../src/domain/constraints.ts'
import type { MemoryItem, SearchResult } from '../src/domain/ports.ts'
import type { PricePoint, Product, Question, Review } from '../src/domain/product.ts'

/** `GET /conversations?shopperId=&limit=&offset=`, the last one spoken in first. */
export interface ConversationsAnswer {
  conversations: ConversationRow[]
}

export interface ConversationRow {
  id: string
  /** Null for an anonymous shopper. */
  shopperId: string | null
  turns: number
  firstMessage: string | null
  createdAt: number
  updatedAt: number
}

/** `GET /conversations/:conversationId`: everything that a replay needs. */
export interface ConversationDetail {
  conversationId: string
  shopperId: string | null
  createdAtMs: number
  updatedAtMs: number
  turns: ConversationTurn[]
}

export interface ConversationTurn {
  turnId: string
  message: string
  status: 'running' | 'done' | 'failed' | 'interrupted'
  attempt: number
  device: string | null
  pageProductId: string | null
  inputs: unknown
  inputHash: string | null
  plan: { understanding?: Understanding; steps?: { kind: string }[] } | null
  calls: ToolCall[] | null
  /** As they were sent, in order. */
  parts: AnswerPart[] | null
  verification: {
    written: number
    kept: number
    replaced: number
    dropped: number
    /** Absent in older records, as the next three. */
    repeated?: number
    rejected: { sentence: string; reason: string }[]
    author: 'model' | 'composer' | 'both'
    modelError?: string | null
    model?: string | null
    /** Millionths of a US dollar. */
    costMicros?: number
  } | null
  version: string | null
  error: string | null
  firstContentMs: number | null
  durationMs: number | null
  startedAtMs: number
}

export interface ToolCall {
  step: string
  arguments: unknown
  /** Ids and counts, not whole rows. */
  result: unknown
  tookMs: number
  /** Null when it worked. */
  error: string | null
}

/** `POST /search` `{ query }`. Hits carry `explanation`. */
export interface SearchLabAnswer {
  understanding: Understanding
  result: SearchResult
  /** The products of the hits, in their order. */
  products: Product[]
}

/** `GET /imports` (as `{ imports }`) and `GET /imports/:importId`. */
export type ImportRecord = ImportView

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
  /** Answers that were ready when they were asked for. */
  hits: number
  misses: number
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

import type { Product } from '../domain/product.ts'
import type { FeedContent, FeedFormat } from '../import/feed-row.ts'

/** `preview`: read and compared as `feed`, but nothing goes live. `undo`: the catalog before the last import again. */
export type ImportKind = 'feed' | 'preview' | 'sample' | 'remove-sample' | 'undo'
export type ImportState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface ImportOptions {
  format: FeedFormat | null
  content: FeedContent | null
  /** `update` keeps products that the feed does not name, `replace` removes them. */
  mode: 'update' | 'replace'
  mapping: Record<string, string>
  currency: string
  /** The sample goes when this goes live: its products, and with the last of them its rules, customers and orders. */
  replaceSample?: boolean
}

export interface ImportProgress {
  /** `reading`, `comparing`, `indexing`, `publishing`. */
  stage: string
  done: number
  total: number | null
  unit: string
  rejected: number
}

/** Why rows were rejected, most frequent first. */
export interface RejectReason {
  code: string
  /** The reason of the first such row. */
  message: string
  count: number
  firstLines: number[]
}

/** What a column of the file was taken for. */
export interface ColumnView {
  name: string
  /** One of our columns, `option`, `attribute` (shoppers can choose by it), `attributes` (pairs); null for left out. */
  use: string | null
  filledRate: number
  examples: string[]
}

/** What came of an import. `rows.read` is what the file held: accepted + rejected + hidden. */
export interface ImportReport {
  format: FeedFormat | null
  /** `hidden`: what the shop itself does not show. Absent in older records. */
  rows: { read: number; accepted: number; rejected: number; hidden?: number }
  /** Absent in older records, and for what needs no columns. */
  columns?: ColumnView[]
  /** Of a preview: some products as they would be. */
  examples?: Product[]
  reasons: RejectReason[]
  products: { added: number; updated: number; unchanged: number; removed: number }
  /** Titles of some of the removed products, by name. Absent in older records. */
  removedExamples?: string[]
  /** New or changed. */
  reviews: number
  questions: number
  /** What was mended on the way: encoding, dropped characters. */
  notes: string[]
  seconds: { reading: number; comparing: number; indexing: number; publishing: number }
}

/** An import as the API shows it; the report's fields are zero until they are known. */
export interface ImportView extends ImportReport {
  importId: string
  name: string
  kind: ImportKind
  state: ImportState
  progress: ImportProgress | null
  startedAtMs: number
  finishedAtMs: number | null
  bytes: number | null
  error: { code: string; message: string } | null
}

import { matchColumns, productColumns, questionColumns, reviewColumns } from './columns.ts'
import { createCsvReader, createDecoder, createJsonlReader, cutRaw } from '@heavylift/core/rows'
import type { Decoder, RawRow, RowReader } from '@heavylift/core/rows'
import { detectFormat } from './detect-format.ts'
import type { FeedEvent, FeedFormat } from './feed-row.ts'
import { parseQuestionRow, parseReviewRow } from './feedback-rows.ts'
import { createMerchantXmlReader } from './merchant-xml.ts'
import { createGrouper } from './group-variants.ts'
import { isProductItem, parseProductItem } from './product-item.ts'
import { createProductRowParser } from './product-row.ts'
import { createShopifyMapper } from './shopify.ts'

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

const readers: Record<FeedFormat, () => RowReader> = {
  csv: createCsvReader,
  shopify: createCsvReader,
  jsonl: createJsonlReader,
  'merchant-xml': createMerchantXmlReader,
}

function guessContent(names: readonly string[], mapping: FeedOptions['mapping']): FeedContent {
  const products = matchColumns(names, productColumns, mapping)
  if (products.has('price') || names.includes('variants') || names.includes('product')) {
    const questions = matchColumns(names, questionColumns, mapping)
    if (!questions.has('question') || products.has('price')) return 'products'
  }
  if (matchColumns(names, questionColumns, mapping).has('question')) return 'questions'
  const reviews = matchColumns(names, reviewColumns, mapping)
  return reviews.has('product') && reviews.has('rating') && reviews.has('text') ? 'reviews' : 'products'
}

/** Says which required columns are missing; null when none is. */
function missingColumns(
  names: readonly string[],
  content: FeedContent,
  mapping: FeedOptions['mapping'],
): string | null {
  const required = {
    products: ['id', 'title', 'price'],
    reviews: ['product', 'rating'],
    questions: ['product', 'question'],
  }
  const all = { products: productColumns, reviews: reviewColumns, questions: questionColumns }
  const found: Map<string, string> = matchColumns(
    names,
    all[content] as Record<string, readonly string[]>,
    mapping,
  )
  const missing = required[content].filter((column) => !found.has(column))
  const first = missing[0]
  if (first === undefined) return null
  const columns = names
    .filter((name) => name !== '')
    .slice(0, 40)
    .join(', ')
  return `No column for ${missing.join(' and ')}. The file has: ${columns || 'none'}. Name the right one with --map ${first}=COLUMN (or ?map=${first}=COLUMN).`
}

/**
 * Reads a feed from its bytes. Every row of the file ends up in exactly one event: as part of a product (`rows`), as a
 * review or question, or as a reject. Never throws for what the file contains; rejects with the source's own error.
 */
export async function* readFeed(
  source: AsyncIterable<Uint8Array>,
  options: FeedOptions,
): AsyncGenerator<FeedEvent[]> {
  let feed: Feed | null = null
  const held: Uint8Array[] = []
  let heldBytes = 0
  const open = () => {
    const bytes = Buffer.concat(held)
    const decoder = createDecoder(bytes)
    // A decoder of its own, since it is read again as a whole.
    const head = createDecoder(bytes).push(bytes.subarray(0, sliceBytes))
    return { decoder, feed: createFeed(options.format ?? detectFormat(head.slice(0, 65_536)), options) }
  }
  let decoder: Decoder | null = null
  for await (const bytes of source) {
    if (feed === null || decoder === null) {
      held.push(bytes)
      heldBytes += bytes.length
      // Enough to see the encoding, the header and the format.
      if (heldBytes < 65_536) continue
      ;({ decoder, feed } = open())
      yield* inSlices(Buffer.concat(held), decoder, feed)
      held.length = 0
      continue
    }
    yield* inSlices(bytes, decoder, feed)
  }
  if (feed === null || decoder === null) {
    ;({ decoder, feed } = open())
    yield* inSlices(Buffer.concat(held), decoder, feed)
  }
  const { format } = feed
  const last = feed.push(decoder.end())
  const rest = feed.end()
  yield [
    ...last,
    ...rest,
    { kind: 'format', format } as const,
    ...decoder.notes().map((text) => ({ kind: 'note', text }) as const),
  ]
}

const sliceBytes = 262_144

function* inSlices(bytes: Uint8Array, decoder: Decoder, feed: Feed): Generator<FeedEvent[]> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    yield feed.push(decoder.push(bytes.subarray(at, at + sliceBytes)))
  }
}

interface Feed {
  format: FeedFormat
  push(text: string): FeedEvent[]
  end(): FeedEvent[]
}

/** The synchronous heart of `readFeed`: text in, events out. */
export function createFeed(format: FeedFormat, options: FeedOptions): Feed {
  const reader = readers[format]()
  const parseRow = createProductRowParser({
    mapping: format === 'shopify' ? {} : options.mapping,
    currency: options.currency,
  })
  const mapShopify = format === 'shopify' ? createShopifyMapper() : null
  const grouper = createGrouper()
  const feedbackLines = new Map<string, number>()
  let content = format === 'shopify' || format === 'merchant-xml' ? 'products' : options.content
  let checked = false
  let unusable = false
  let sawRow = false

  const reject = (row: RawRow, code: string, reason: string): FeedEvent => ({
    kind: 'reject',
    rows: 1,
    reject: { line: row.line, code, reason, raw: cutRaw(row.raw) },
  })

  const readProduct = (row: RawRow & { fields: Record<string, unknown> }): FeedEvent[] => {
    let fields = row.fields
    if (mapShopify) {
      const mapped = mapShopify(row)
      if (mapped.kind === 'reject') return [reject(row, mapped.code, mapped.reason)]
      if (mapped.kind === 'image') {
        const event = grouper.addImage(mapped.handle, mapped.image)
        return event
          ? []
          : [
              reject(
                row,
                'image-without-product',
                'The row holds only an image, and its product was rejected.',
              ),
            ]
      }
      fields = mapped.fields
    }
    if (format === 'jsonl' && isProductItem(fields)) {
      const parsed = parseProductItem(fields)
      if (!parsed.ok) return [reject(row, parsed.code, parsed.reason)]
      return grouper.addWhole({ ...parsed.item, line: row.line, rows: 1 }, row.raw)
    }
    const parsed = parseRow(fields)
    if (!parsed.ok) return [reject(row, parsed.code, parsed.reason)]
    return grouper.addVariant(parsed.row.product, parsed.row.ratingFromFeed, row.line, row.raw)
  }

  const read = (row: RawRow): FeedEvent[] => {
    sawRow = true
    if (!('fields' in row)) return [reject(row, row.code, row.reason)]
    const names = Object.keys(row.fields)
    content ??= guessContent(names, options.mapping)
    if (!checked && (format === 'csv' || format === 'merchant-xml')) {
      checked = true
      const reason = format === 'csv' ? missingColumns(names, content, options.mapping) : null
      if (reason !== null) {
        unusable = true
        return [{ kind: 'unusable', code: 'missing-columns', reason }]
      }
    }
    if (content === 'products') return readProduct(row)
    const parse = content === 'reviews' ? parseReviewRow : parseQuestionRow
    const parsed = parse(row.fields, options.mapping)
    if (!parsed.ok) return [reject(row, parsed.code, parsed.reason)]
    const firstLine = feedbackLines.get(parsed.value.id)
    if (firstLine !== undefined) {
      const what = content === 'reviews' ? 'Review' : 'Question'
      const reason = `${what} "${parsed.value.id}" was already stated on line ${firstLine}; the first one is kept.`
      return [reject(row, 'duplicate-id', reason)]
    }
    feedbackLines.set(parsed.value.id, row.line)
    return 'rating' in parsed.value
      ? [{ kind: 'review', line: row.line, review: parsed.value }]
      : [{ kind: 'question', line: row.line, question: parsed.value }]
  }

  const readAll = (rows: RawRow[]): FeedEvent[] => {
    const events: FeedEvent[] = []
    for (const row of rows) {
      if (unusable) break
      events.push(...read(row))
    }
    return events
  }
  return {
    format,
    push: (text) => (unusable ? [] : readAll(reader.push(text))),
    end() {
      if (unusable) return []
      const events = [...readAll(reader.end()), ...grouper.end()]
      if (!sawRow) {
        const what = {
          csv: 'a header line and rows',
          shopify: 'rows',
          jsonl: 'JSON objects',
          'merchant-xml': '<item> or <entry> elements',
        }
        events.push({
          kind: 'unusable',
          code: 'no-rows',
          reason: `The file was read as ${format} and has no ${what[format]}.`,
        })
      }
      return events
    },
  }
}

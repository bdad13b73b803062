import { matchColumns, productColumns, questionColumns, reviewColumns } from './columns.ts'
import { createCsvReader, createDecoder, cutRaw } from '@heavylift/core/rows'
import type { Decoder, RawRow, RowReader } from '@heavylift/core/rows'
import { detectFormat } from './detect-format.ts'
import type { FeedContent, FeedEvent, FeedFormat, FeedOptions } from './feed-row.ts'
import { parseQuestionRow, parseReviewRow } from './feedback-rows.ts'
import { gunzipped } from './gunzip.ts'
import { createJsonReader } from './json-reader.ts'
import { createMerchantXmlReader } from './merchant-xml.ts'
import { createProductRows } from './product-rows.ts'
import type { ProductRows } from './product-rows.ts'
import { FeedSurvey } from './survey.ts'
import { withoutGuards } from './unquoted-cells.ts'
import type { FeedPlan } from './feed-plan.ts'

const readers: Record<FeedFormat, () => RowReader> = {
  csv: () => withoutGuards(createCsvReader({ mayLackHeader: true })),
  shopify: () => withoutGuards(createCsvReader()),
  jsonl: createJsonReader,
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
  const isReview = reviews.has('product') && reviews.has('rating') && reviews.has('text')
  return isReview && !products.has('image') && !products.has('title') ? 'reviews' : 'products'
}

/** Says which required columns are missing; null when none is. */
function missingColumns(
  names: readonly string[],
  content: FeedContent,
  plan: FeedPlan,
  mapping: FeedOptions['mapping'],
): string | null {
  const found: ReadonlySet<string> =
    content === 'products'
      ? new Set(plan.columns.keys())
      : new Set<string>(
          matchColumns<string>(
            names,
            content === 'reviews' ? reviewColumns : questionColumns,
            mapping,
          ).keys(),
        )
  const required = { products: ['title'], reviews: ['product', 'rating'], questions: ['product', 'question'] }
  const missing = required[content].filter((column) => !found.has(column))
  const first = missing[0]
  if (first === undefined) return null
  const columns = names
    .filter((name) => name !== '')
    .slice(0, 40)
    .join(', ')
  return `No column for ${missing.join(' and ')}. The file has: ${columns || 'none'}. Name the right one with --map ${first}=COLUMN (or ?map=${first}=COLUMN).`
}

const sliceBytes = 262_144
/** A feed of a few kilobytes that unpacks to this is an attack. */
const maxUnpackedBytes = 8 * 1024 ** 3
/** Enough to see the encoding, the header and the format. */
const headBytes = 65_536

interface OpenedText {
  format: FeedFormat
  notes(): string[]
  pieces(): AsyncGenerator<string>
}

/** Decodes a feed, and finds its format from its first bytes. */
async function openText(source: AsyncIterable<Uint8Array>, format: FeedFormat | null): Promise<OpenedText> {
  const chunks = gunzipped(source, maxUnpackedBytes)
  const held: Uint8Array[] = []
  let heldBytes = 0
  while (heldBytes < headBytes) {
    const next = await chunks.next()
    if (next.done === true) break
    held.push(next.value)
    heldBytes += next.value.length
  }
  const head = Buffer.concat(held)
  const decoder: Decoder = createDecoder(head)
  // A decoder of its own, since it is read again as a whole.
  const start = createDecoder(head).push(head.subarray(0, sliceBytes))
  async function* pieces(): AsyncGenerator<string> {
    yield* slices(head, decoder)
    for (;;) {
      const next = await chunks.next()
      if (next.done === true) break
      yield* slices(next.value, decoder)
    }
    yield decoder.end()
  }
  return { format: format ?? detectFormat(start.slice(0, headBytes)), notes: () => decoder.notes(), pieces }
}

function* slices(bytes: Uint8Array, decoder: Decoder): Generator<string> {
  for (let at = 0; at < bytes.length; at += sliceBytes)
    yield decoder.push(bytes.subarray(at, at + sliceBytes))
}

/** The first pass over a feed: text in, how to read it out. */
export function createSurvey(
  format: FeedFormat,
  { mapping, currency }: Pick<FeedOptions, 'mapping' | 'currency'>,
): { push(text: string): void; end(): FeedPlan } {
  const reader = readers[format]()
  const survey = new FeedSurvey()
  const add = (rows: RawRow[]) => {
    for (const row of rows) survey.add(row)
  }
  return {
    push: (text) => add(reader.push(text)),
    end() {
      add(reader.end())
      return survey.plan(mapping, currency)
    },
  }
}

/** The rows of a feed as they stand, unread. */
export async function* readRows(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const text = await openText(open(), null)
  const reader = readers[text.format]()
  for await (const piece of text.pieces()) yield* reader.push(piece)
  yield* reader.end()
}

/**
 * Reads a feed from its bytes, twice: to learn how, then to take its rows. Every row of the file ends up in exactly one
 * event: as part of a product (`rows`), as a review or question, as hidden by the shop, or as a reject. Never throws for
 * what the file contains; rejects with the source's own error.
 *
 * @param open called twice; each time the whole file from its start
 */
export async function* readFeed(
  open: () => AsyncIterable<Uint8Array>,
  options: FeedOptions,
): AsyncGenerator<FeedEvent[]> {
  const first = await openText(open(), options.format)
  const survey = createSurvey(first.format, options)
  for await (const piece of first.pieces()) survey.push(piece)
  const plan = survey.end()
  yield [{ kind: 'plan', plan }]
  const text = await openText(open(), options.format)
  const feed = createFeed(text.format, options, plan)
  for await (const piece of text.pieces()) yield feed.push(piece)
  yield [
    ...feed.end(),
    { kind: 'format', format: text.format } as const,
    ...text.notes().map((note) => ({ kind: 'note', text: note }) as const),
  ]
}

interface Feed {
  format: FeedFormat
  push(text: string): FeedEvent[]
  end(): FeedEvent[]
}

/** The synchronous heart of `readFeed`: text in, events out. */
export function createFeed(format: FeedFormat, options: FeedOptions, plan: FeedPlan): Feed {
  const reader = readers[format]()
  const products: ProductRows = createProductRows(format, options, plan)
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

  const read = (row: RawRow): FeedEvent[] => {
    sawRow = true
    if (!('fields' in row)) return [reject(row, row.code, row.reason)]
    const names = Object.keys(row.fields)
    content ??= guessContent(names, options.mapping)
    if (!checked && (format === 'csv' || format === 'merchant-xml')) {
      checked = true
      const reason = format === 'csv' ? missingColumns(names, content, plan, options.mapping) : null
      if (reason !== null) {
        unusable = true
        return [{ kind: 'unusable', code: 'missing-columns', reason }]
      }
    }
    if (content === 'products') return products.read(row)
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
      const events = [...readAll(reader.end()), ...products.end()]
      if (!sawRow) {
        const what = {
          csv: 'a header line and rows',
          shopify: 'rows',
          jsonl: 'JSON objects',
          'merchant-xml':
            '<item>, <entry>, <product> or <offer> elements, nor others that name and describe goods',
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

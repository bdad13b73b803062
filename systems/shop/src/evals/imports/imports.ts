import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { generateSample } from '../../../samples/generate.ts'
import { writeExports } from '../../../samples/exports.ts'
import { readFeed, readRows } from '../../import/read-feed.ts'
import type { Product } from '../../domain/product.ts'
import { statedOf } from './stated.ts'
import type { StatedRow } from './stated.ts'

interface Source {
  name: string
  open: () => AsyncIterable<Uint8Array>
}

/** What became of one file. */
interface FileScore {
  rows: number
  accepted: number
  hidden: number
  /** Rows that the file itself says the shop shows. */
  sellable: number
  products: number
  variants: number
  options: number
  optionsKept: number
  categories: number
  categoriesKept: number
  hiddenLive: number
  refused: Map<string, { count: number; reason: string }>
  /** Why the file holds no products; null when it does. */
  unusable: string | null
}

const extensions = /\.(?:csv|tsv|txt|xml|jsonl?|ndjson)(?:\.gz)?$/i

/**
 * Reads every export below `--data` with the mapping that is proposed, and holds the outcome against what each file
 * literally says (`stated.ts`, written apart from the importer): rows that go in, options and categories kept, and
 * products live that their shop hides. Without data: exports of the sample in five forms.
 */
export async function runImportsEval(input: MeasureInput): ReturnType<Measure['run']> {
  const sources = input.dataDir === null ? sampleSources() : await filesBelow(input.dataDir)
  if (sources.length === 0) {
    const message = `${input.dataDir} holds no export: .csv, .tsv, .xml, .json or .jsonl, packed (.gz) or not.`
    throw new HeavyliftError({ code: 'eval-data-missing', message, status: 400 })
  }
  const scores: [string, FileScore][] = []
  const failures: string[] = []
  for (const [index, source] of sources.entries()) {
    input.signal.throwIfAborted()
    input.report({ stage: source.name, done: index, total: sources.length, unit: 'files' })
    const score = await scoreFile(source)
    if (score.unusable !== null) failures.push(`${source.name}: not read as products. ${score.unusable}`)
    else scores.push([source.name, score])
    for (const [code, { count, reason }] of score.refused)
      failures.push(`${source.name}: ${count} × ${code}, such as: ${reason}`)
  }
  const sum = (of: (score: FileScore) => number) => scores.reduce((total, [, score]) => total + of(score), 0)
  const rate = (kept: number, all: number) => (all === 0 ? 1 : kept / all)
  const inRate = (score: FileScore) => Math.min(1, rate(score.accepted, score.sellable))
  return {
    n: scores.length,
    metrics: {
      files: scores.length,
      notProducts: sources.length - scores.length,
      rows: sum((score) => score.rows),
      rowsIn: sum((score) => score.accepted),
      rowsHidden: sum((score) => score.hidden),
      rowsInRate: rate(
        sum((score) => Math.min(score.accepted, score.sellable)),
        sum((score) => score.sellable),
      ),
      worstRowsInRate: Math.min(...scores.map(([, score]) => inRate(score))),
      optionsKeptRate: rate(
        sum((score) => score.optionsKept),
        sum((score) => score.options),
      ),
      categoriesKeptRate: rate(
        sum((score) => score.categoriesKept),
        sum((score) => score.categories),
      ),
      hiddenLive: sum((score) => score.hiddenLive),
    },
    peers: Object.fromEntries(
      scores.map(([name, score]) => [
        name,
        {
          rows: score.rows,
          in: score.accepted,
          hidden: score.hidden,
          refused: score.rows - score.accepted - score.hidden,
          inRate: inRate(score),
          products: score.products,
          variants: score.variants,
          optionsKept: rate(score.optionsKept, score.options),
          categoriesKept: rate(score.categoriesKept, score.categories),
          hiddenLive: score.hiddenLive,
        },
      ]),
    ),
    ...(failures.length > 0 ? { failures } : {}),
  }
}

function sampleSources(): Source[] {
  const products = [...generateSample({ seed: 11, products: 120, asOfMs: Date.UTC(2026, 0, 1) })].map(
    ({ product }) => product,
  )
  return writeExports(products).map(({ file, text }) => ({
    name: file,
    async *open() {
      yield new TextEncoder().encode(text)
    },
  }))
}

async function filesBelow(folder: string): Promise<Source[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && extensions.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ name: relative(folder, path), open: () => createReadStream(path) }))
}

const plain = (value: string) =>
  value
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()

async function scoreFile(source: Source): Promise<FileScore> {
  const score: FileScore = {
    rows: 0,
    accepted: 0,
    hidden: 0,
    sellable: 0,
    products: 0,
    variants: 0,
    options: 0,
    optionsKept: 0,
    categories: 0,
    categoriesKept: 0,
    hiddenLive: 0,
    refused: new Map(),
    unusable: null,
  }
  const live = new Map<string, Set<string>>()
  const productIds = new Set<string>()
  const variantIds = new Set<string>()
  const all = new Set<string>()
  const take = (product: Product) => {
    score.products++
    score.variants += product.variants.length
    productIds.add(product.id)
    const title = plain(product.title)
    const words = live.get(title) ?? new Set<string>()
    for (const variant of product.variants) {
      variantIds.add(variant.id)
      for (const value of Object.values(variant.options)) words.add(plain(value))
    }
    for (const value of [...Object.values(product.attributes).flat(), ...product.categories])
      words.add(plain(value))
    for (const word of words) all.add(word)
    live.set(title, words)
  }
  const options = { format: null, content: null, mapping: {}, currency: 'USD' }
  for await (const events of readFeed(source.open, options)) {
    for (const event of events) {
      if (event.kind === 'unusable') score.unusable = event.reason
      else if (event.kind === 'product') {
        score.rows += event.item.rows
        score.accepted += event.item.rows
        take(event.item.product)
      } else if (event.kind === 'hidden') {
        score.rows += event.rows
        score.hidden += event.rows
      } else if (event.kind === 'reject') {
        score.rows += event.rows
        const known = score.refused.get(event.reject.code) ?? {
          count: 0,
          reason: event.reject.reason.slice(0, 160),
        }
        known.count += event.rows
        score.refused.set(event.reject.code, known)
      } else if (event.kind === 'review' || event.kind === 'question') {
        score.rows++
        score.unusable = 'It holds reviews or questions.'
      }
    }
  }
  if (score.unusable !== null) return score
  await holdAgainst(source, score, { live, productIds, variantIds, all })
  return score
}

/** Reads the file a second time, literally, and looks for what it says among what went in. */
async function holdAgainst(
  source: Source,
  score: FileScore,
  {
    live,
    productIds,
    variantIds,
    all,
  }: { live: Map<string, Set<string>>; productIds: Set<string>; variantIds: Set<string>; all: Set<string> },
): Promise<void> {
  const rows: StatedRow[] = []
  const parents = new Map<string, string>()
  let above: StatedRow | null = null
  for await (const row of readRows(source.open)) {
    if ('fields' in row && typeof row.fields['configurable_variations'] === 'string') {
      for (const [, sku = ''] of row.fields['configurable_variations'].matchAll(/sku=([^,|]+)/g))
        parents.set(sku, String(row.fields['sku']))
    }
    const stated = statedOf(row, above)
    if (stated === null) {
      score.sellable++
      continue
    }
    rows.push(stated)
    above = stated
  }
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows) {
    const parentId = parents.get(row.id) ?? row.parent
    const parent = parentId === '' ? null : (byId.get(parentId) ?? null)
    // Of a part, its own visibility says only that it is none by itself.
    const isHidden = (parents.has(row.id) ? false : row.isHidden) || parent?.isHidden === true
    if (isHidden) {
      // Another row may share the title: only an id that is live, or a title that no shown row has, is one too many.
      const isShownElsewhere = rows.some(
        (other) =>
          other !== row &&
          !other.isHidden &&
          (other.id === row.id || plain(other.title) === plain(row.title)),
      )
      if (
        !isShownElsewhere &&
        ((parent ? variantIds : productIds).has(row.id) || (row.title !== '' && live.has(plain(row.title))))
      )
        score.hiddenLive++
      continue
    }
    score.sellable++
    const words = live.get(plain(parent?.title ?? row.title)) ?? all
    for (const value of row.options) {
      score.options++
      if (words.has(plain(value))) score.optionsKept++
    }
    for (const value of row.categories) {
      score.categories++
      if (words.has(plain(value))) score.categoriesKept++
    }
  }
}

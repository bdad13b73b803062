import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Field,
  Float64,
  List,
  makeData,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint32,
  Uint8,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow'
import type { DataType } from 'apache-arrow'
import type { LanguageCode } from '../language/languages.ts'
import { languageVersion } from '../language/version.ts'
import { keyBytes } from '@heavylift/models/meaning'
import type { FactColumns } from './index/facts.ts'
import { fields } from './index/fields.ts'
import type { IndexData } from './index/index-data.ts'

/** Raised when the columns change. */
const format = 4
const manifestName = 'manifest.json'

/** What a folder holds, beside its columns. */
interface Manifest {
  format: number
  /** The language and the version of its data that words were read with. */
  language: string
  products: number
  currency: string
}

/**
 * Writes an index into a folder as two Arrow files (the IPC file format: apache.org/docs/format/Columnar.html): `products`, a row a
 * product, and `dictionary`, one row with the words and facets that the numbers in `products` stand for. The manifest comes last.
 * Whoever calls forces the folder to disk and gives it its name.
 */
export async function writeIndex(
  folder: string,
  { text, facts, kinds, meaningKeys }: IndexData,
  code: LanguageCode,
): Promise<void> {
  const rows = facts.productIds.length
  const variants = facts.variantStart
  const optionCounts = facts.optionStart.slice(1).map((end, at) => end - (facts.optionStart[at] as number))
  const lengthStart = Uint32Array.from({ length: rows + 1 }, (_, row) => row * fields.length)
  const optionsByRow = variants.map((variant) => facts.optionStart[variant] as number)
  await writeTable(
    join(folder, 'products.arrow'),
    new Table({
      product_id: strings(facts.productIds),
      terms: numbers(text.documentStart, text.termIds),
      places: numbers(text.documentStart, text.places),
      lengths: numbers(lengthStart, text.lengths),
      facets: numbers(facts.facetStart, facts.facets),
      variant_ids: list(variants, strings(facts.variantIds)),
      variant_prices: numbers(variants, facts.variantPrices),
      variant_option_counts: numbers(variants, optionCounts),
      variant_options: numbers(optionsByRow, facts.options),
      rating_average: plain(facts.ratingAverages),
      rating_count: plain(facts.ratingCounts),
      services: plain(facts.serviceBits),
      kind: plain(kinds),
      meaning_key: numbers(
        Uint32Array.from({ length: rows + 1 }, (_, row) => row * keyBytes),
        meaningKeys,
      ),
    }),
  )
  await writeTable(
    join(folder, 'dictionary.arrow'),
    new Table({
      terms: strings([text.terms.join('\n')]),
      facet_names: strings([facts.facetNames.join('\n')]),
      facet_values: strings([facts.facetValues.join('\n')]),
    }),
  )
  const manifest: Manifest = {
    format,
    language: languageName(code),
    products: rows,
    currency: facts.currency,
  }
  await writeFile(join(folder, manifestName), JSON.stringify(manifest))
}

/** True when a folder holds an index that this release reads: of its format, and with its words. */
export async function isReadable(folder: string, code: LanguageCode): Promise<boolean> {
  return (await readManifest(folder, code)) !== null
}

/** Reads what `writeIndex` wrote; null when nothing is there, or what another release or other language data made. */
export async function readIndex(folder: string, code: LanguageCode): Promise<IndexData | null> {
  const manifest = await readManifest(folder, code)
  if (manifest === null) return null
  const [products, dictionary] = await Promise.all(
    ['products.arrow', 'dictionary.arrow'].map(async (name) =>
      tableFromIPC(await readFile(join(folder, name))),
    ),
  )
  if (products === undefined || dictionary === undefined) return null
  const words = (name: string): string[] => {
    const joined = String(dictionary.getChild(name)?.get(0) ?? '')
    return joined === '' ? [] : joined.split('\n')
  }
  const terms = readNumbers(products, 'terms', Uint32Array)
  const variantPrices = readNumbers(products, 'variant_prices', Float64Array)
  const optionCounts = readNumbers(products, 'variant_option_counts', Uint32Array).values
  const facets = readNumbers(products, 'facets', Uint32Array)
  const facts: FactColumns = {
    productIds: readStrings(products, 'product_id'),
    facetNames: words('facet_names'),
    facetValues: words('facet_values'),
    facetStart: facets.start,
    facets: facets.values,
    variantStart: variantPrices.start,
    variantIds: readListedStrings(products, 'variant_ids'),
    variantPrices: variantPrices.values,
    optionStart: startsOf(optionCounts),
    options: readNumbers(products, 'variant_options', Uint32Array).values,
    ratingAverages: readPlain(products, 'rating_average', Float64Array),
    ratingCounts: readPlain(products, 'rating_count', Uint32Array),
    serviceBits: readPlain(products, 'services', Uint8Array),
    currency: manifest.currency,
  }
  return {
    text: {
      terms: words('terms'),
      documentStart: terms.start,
      termIds: terms.values,
      places: readNumbers(products, 'places', Uint32Array).values,
      lengths: readNumbers(products, 'lengths', Uint32Array).values,
    },
    facts,
    kinds: readPlain(products, 'kind', Uint32Array),
    meaningKeys: readNumbers(products, 'meaning_key', Uint8Array).values,
  }
}

const languageName = (code: LanguageCode): string => `${code}/${languageVersion}`

async function readManifest(folder: string, code: LanguageCode): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as Partial<Manifest>
    return manifest.format === format && manifest.language === languageName(code)
      ? (manifest as Manifest)
      : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

function writeTable(path: string, table: Table): Promise<void> {
  return writeFile(path, tableToIPC(table, 'file'))
}

type Numbers = Uint32Array | Float64Array | Uint8Array

function plain(values: Numbers): Vector {
  if (values instanceof Uint32Array) return new Vector([makeData({ type: new Uint32(), data: values })])
  if (values instanceof Uint8Array) return new Vector([makeData({ type: new Uint8(), data: values })])
  return new Vector([makeData({ type: new Float64(), data: values })])
}

/** Also of nothing (products without variants), which Arrow's own builder makes no column of. */
function strings(values: readonly string[]): Vector {
  if (values.length > 0) return vectorFromArray(values, new Utf8())
  return new Vector([
    makeData({ type: new Utf8(), valueOffsets: new Int32Array(1), data: new Uint8Array(0) }),
  ])
}

function numbers(start: Uint32Array, values: Numbers): Vector {
  return list(start, plain(values))
}

function list(start: Uint32Array, values: Vector): Vector {
  const [child] = values.data
  if (child === undefined) throw new TypeError('A column of lists needs values in one chunk.')
  const type = new List(new Field('item', values.type as DataType, false))
  return new Vector([
    makeData({
      type,
      child,
      valueOffsets: Int32Array.from(start),
      length: start.length - 1,
      nullCount: 0,
    }),
  ])
}

type Constructor<T> = new (length: number) => T

/** Lists of numbers over all chunks: starts and values. */
function readNumbers<T extends Numbers>(
  table: Table,
  name: string,
  make: Constructor<T>,
): { start: Uint32Array; values: T } {
  const chunks = table.getChild(name)?.data ?? []
  const start = new Uint32Array(table.numRows + 1)
  let total = 0
  for (const chunk of chunks) total += spanOf(chunk.valueOffsets, chunk.length)
  const values = new make(total)
  let row = 0
  let at = 0
  for (const chunk of chunks) {
    const offsets = chunk.valueOffsets as Int32Array
    const first = offsets[0] ?? 0
    const child = chunk.children[0]?.values as T | undefined
    if (child !== undefined) values.set(child.subarray(first, first + spanOf(offsets, chunk.length)), at)
    for (let index = 0; index < chunk.length; index += 1)
      start[row + index] = at + (offsets[index] as number) - first
    at += spanOf(offsets, chunk.length)
    row += chunk.length
  }
  start[table.numRows] = at
  return { start, values }
}

function spanOf(offsets: Int32Array, length: number): number {
  return length === 0 ? 0 : (offsets[length] as number) - (offsets[0] as number)
}

function readPlain<T extends Numbers>(table: Table, name: string, make: Constructor<T>): T {
  const values = new make(table.numRows)
  let at = 0
  for (const chunk of table.getChild(name)?.data ?? []) {
    values.set((chunk.values as T).subarray(0, chunk.length), at)
    at += chunk.length
  }
  return values
}

function readStrings(table: Table, name: string): string[] {
  return (table.getChild(name)?.data ?? []).flatMap((chunk) =>
    decode(chunk.values as Uint8Array, chunk.valueOffsets as Int32Array, 0, chunk.length),
  )
}

function readListedStrings(table: Table, name: string): string[] {
  return (table.getChild(name)?.data ?? []).flatMap((chunk) => {
    const [child] = chunk.children
    const offsets = chunk.valueOffsets as Int32Array
    const first = offsets[0] ?? 0
    const count = spanOf(offsets, chunk.length)
    if (child === undefined) return []
    return decode(child.values as Uint8Array, child.valueOffsets as Int32Array, first, count)
  })
}

/** `count` strings from number `first` on of an Arrow column of UTF-8. */
function decode(bytes: Uint8Array, offsets: Int32Array, first: number, count: number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, at) =>
    buffer.toString('utf8', offsets[first + at], offsets[first + at + 1]),
  )
}

function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1)
  counts.forEach((count, at) => {
    starts[at + 1] = (starts[at] as number) + count
  })
  return starts
}

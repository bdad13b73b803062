import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import type { FacetVocabulary } from '../domain/constraints.ts'
import { languageCodes } from '../language/languages.ts'
import type { LanguageCode } from '../language/languages.ts'
import { generateSample } from '../../samples/generate.ts'
import { vocabularyOfCatalog, writeQueries } from './sample-queries.ts'
import { readShoppingBench, vocabularyOf, withoutVoucher } from './shoppingbench.ts'
import type { StatedProduct, StatedQuery } from './shoppingbench.ts'

/** Queries of one origin with the vocabulary that they are read by. */
export interface ConstraintSource {
  name: string
  language: LanguageCode
  vocabulary: FacetVocabulary
  queries: (StatedQuery & { excluded?: StatedProduct['facets'] })[]
  /** What search filters, for `violated`. */
  corpus: StatedProduct[]
}

const sampleSize = { products: 1000, queries: 300, seed: 7 }

/** Queries written from templates for the sample catalog's products. */
export function sampleSource(): ConstraintSource {
  const items = [...generateSample({ seed: sampleSize.seed, products: sampleSize.products, asOfMs: 0 })]
  const products = items.map(({ product }) => product)
  const queries = writeQueries(products, sampleSize.queries, sampleSize.seed)
  return {
    name: 'sample',
    language: 'en',
    queries,
    corpus: queries.flatMap((query) => query.products),
    vocabulary: vocabularyOfCatalog(products, 'USD'),
  }
}

/**
 * The sources of a folder: ShoppingBench's three files where they lie there, and each `NAME.statements.jsonl`. Throws
 * `eval-without-queries` when there is neither.
 */
export async function readSources(dataDir: string): Promise<ConstraintSource[]> {
  const files = await readdir(dataDir)
  const sources: ConstraintSource[] = []
  if (files.includes('product.jsonl')) sources.push(...(await shoppingBenchSources(dataDir, files)))
  for (const file of files.filter((name) => name.endsWith(statementsEnding)).toSorted())
    sources.push(await readStatements(join(dataDir, file), file.slice(0, -statementsEnding.length)))
  if (sources.every(({ queries }) => queries.length === 0))
    throw new HeavyliftError({
      code: 'eval-without-queries',
      message:
        'The folder holds no tasks; give one with the ShoppingBench files or with NAME.statements.jsonl as --data.',
      status: 400,
    })
  return sources.filter(({ queries }) => queries.length > 0)
}

async function shoppingBenchSources(dataDir: string, files: readonly string[]): Promise<ConstraintSource[]> {
  const names = ['product', 'shop', 'voucher'].filter((name) => files.includes(`${name}.jsonl`))
  const tasks = await Promise.all(names.map((name) => readShoppingBench(dataDir, `${name}.jsonl`)))
  const corpus = tasks.flat().flatMap(({ products }) => products)
  const vocabulary = vocabularyOf(corpus)
  return names.map((name, index) => ({
    name,
    language: 'en',
    vocabulary,
    corpus,
    queries: (tasks[index] ?? []).map((task) => ({ ...task, query: withoutVoucher(task.query) })),
  }))
}

const statementsEnding = '.statements.jsonl'
const fact = z.object({ name: z.string(), value: z.string() })
const counts = z.record(z.string(), z.number())
/** First line: what the store's catalog states. Each line after it: a query with what its author means by it. */
const header = z.object({
  language: z.enum(languageCodes),
  currency: z.string(),
  facets: z.record(z.string(), counts),
  brands: counts.default({}),
  categories: counts.default({}),
})
const statement = z.object({
  query: z.string(),
  facets: z.array(fact),
  excluded: z.array(fact).default([]),
  price: z.object({ min: z.number().nullable(), max: z.number().nullable() }).nullable().default(null),
})

async function readStatements(path: string, name: string): Promise<ConstraintSource> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  const read = <T>(schema: z.ZodType<T>, line: string, number: number): T => {
    const parsed = schema.safeParse(JSON.parse(line))
    if (parsed.success) return parsed.data
    throw new HeavyliftError({
      code: 'statements-invalid',
      message: `${path} line ${number}: ${z.prettifyError(parsed.error)}`,
      status: 400,
    })
  }
  const { language, currency, ...stated } = read(header, lines[0] ?? '{}', 1)
  const maps = (of: Record<string, number>): Map<string, number> => new Map(Object.entries(of))
  const queries = lines.slice(1).map((line, index) => {
    const { query, facets, excluded, price } = read(statement, line, index + 2)
    const product = { productId: `${name}-${index}`, title: '', facets, services: [], price }
    return { query, excluded, products: [product] }
  })
  return {
    name,
    language,
    queries,
    corpus: queries.flatMap(({ products }) => products),
    vocabulary: {
      facets: new Map(Object.entries(stated.facets).map(([facet, values]) => [facet, maps(values)])),
      brands: maps(stated.brands),
      categories: maps(stated.categories),
      currency,
    },
  }
}

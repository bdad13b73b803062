import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import type { Product } from '../../domain/product.ts'
import { readFeed } from '../../import/read-feed.ts'
import { openFile, readCsvRows } from '../csv-rows.ts'
import { titleOnly } from '../stated-catalog.ts'

/** A catalog with queries, and what people said of how well products answer them. */
export interface JudgedSet {
  products: Product[]
  queries: JudgedQuery[]
}

export interface JudgedQuery {
  text: string
  /** Product id → grade, 0 (wrong) to 3. A product that is not there was not judged. */
  grades: Map<string, number>
}

/**
 * Reads a folder with judgments. Either `products.jsonl[.gz]`, read as an import reads it, and `judgments.csv[.gz]` with `query`,
 * `docid` and `rating` (0–3); or `judgments.csv[.gz]` alone with `product_title`, `search_term` and `relevance` (1–3, of which 1 is
 * wrong), whose titles are the catalog. Throws `eval-data-missing` where neither is there.
 */
export async function readJudgedSet(folder: string): Promise<JudgedSet> {
  const names = await readdir(folder).catch((): string[] => [])
  const find = (name: string): string | null => {
    const found = [name, `${name}.gz`].find((each) => names.includes(each))
    return found === undefined ? null : join(folder, found)
  }
  const judgments = find('judgments.csv')
  if (judgments === null)
    throw new HeavyliftError({
      code: 'eval-data-missing',
      message: `${folder} has no judgments.csv or judgments.csv.gz. Give a folder with judgments (and products.jsonl, unless the judgments name titles).`,
      status: 400,
    })
  const products = find('products.jsonl')
  return products === null ? readTitleJudgments(judgments) : readIdJudgments(products, judgments)
}

async function readIdJudgments(productsPath: string, judgmentsPath: string): Promise<JudgedSet> {
  const products = new Map<string, Product>()
  const options = { format: 'jsonl', content: 'products', mapping: {}, currency: 'USD' } as const
  for await (const events of readFeed(() => openFile(productsPath), options))
    for (const event of events)
      if (event.kind === 'product') products.set(event.item.product.id, event.item.product)
  const row = z.object({ query: z.string(), docid: z.string(), rating: z.coerce.number() })
  const queries = new Map<string, JudgedQuery>()
  for (const { query, docid, rating } of await readCsvRows(judgmentsPath, row))
    grade(queries, query, docid, rating)
  return { products: [...products.values()], queries: [...queries.values()] }
}

async function readTitleJudgments(path: string): Promise<JudgedSet> {
  const row = z.object({ product_title: z.string(), search_term: z.string(), relevance: z.coerce.number() })
  const products = new Map<string, Product>()
  const queries = new Map<string, JudgedQuery>()
  for (const { product_title, search_term, relevance } of await readCsvRows(path, row)) {
    if (!products.has(product_title)) products.set(product_title, titleOnly(product_title))
    grade(queries, search_term, product_title, relevance - 1)
  }
  return { products: [...products.values()], queries: [...queries.values()] }
}

function grade(queries: Map<string, JudgedQuery>, text: string, productId: string, value: number): void {
  const query = queries.get(text) ?? { text, grades: new Map<string, number>() }
  queries.set(text, query)
  query.grades.set(productId, Math.max(value, query.grades.get(productId) ?? 0))
}

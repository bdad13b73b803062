import { DatabaseSync } from 'node:sqlite'
import type { Product } from '../../domain/product.ts'
import { plainDocument, plainFields, plainMiniSearch } from '../peers.ts'

/** Ids of the first hundred products for a query, best first. */
export type Find = (query: string) => string[]

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Engines that a store could take instead, over the same texts: MiniSearch and SQLite FTS5 as they come, BM25 over all text as one field. */
export function judgedPeers(products: readonly Product[]): Record<string, Find> {
  return { miniSearch: miniSearch(products), fts5: fts5(products), bm25: bm25(products) }
}

function miniSearch(products: readonly Product[]): Find {
  const index = plainMiniSearch(products.map(plainDocument))
  return (query) =>
    index
      .search(query)
      .slice(0, 100)
      .map(({ id }) => String(id))
}

function fts5(products: readonly Product[]): Find {
  const db = new DatabaseSync(':memory:')
  db.exec(
    `CREATE VIRTUAL TABLE product USING fts5(id UNINDEXED, ${plainFields.join(', ')}, tokenize = 'porter unicode61')`,
  )
  const insert = db.prepare(`INSERT INTO product VALUES (?${', ?'.repeat(plainFields.length)})`)
  db.exec('BEGIN')
  for (const document of products.map(plainDocument))
    insert.run(document.id, ...plainFields.map((field) => document[field]))
  db.exec('COMMIT')
  const select = db.prepare('SELECT id FROM product WHERE product MATCH ? ORDER BY rank LIMIT 100')
  return (query) => {
    const words = wordsOf(query)
    if (words.length === 0) return []
    return select.all(words.map((word) => `"${word}"`).join(' OR ')).map(({ id }) => String(id))
  }
}

/** Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; k1 1.2, b 0.75. */
function bm25(products: readonly Product[]): Find {
  const saturation = 1.2
  const lengthPenalty = 0.75
  const lengths: number[] = []
  const postings = new Map<string, Map<number, number>>()
  products.forEach((product, row) => {
    const document = plainDocument(product)
    const words = plainFields.flatMap((field) => wordsOf(document[field]))
    lengths.push(words.length)
    for (const word of words) {
      const rows = postings.get(word) ?? new Map<number, number>()
      postings.set(word, rows.set(row, (rows.get(row) ?? 0) + 1))
    }
  })
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  return (query) => {
    const scores = new Map<number, number>()
    for (const word of new Set(wordsOf(query))) {
      const rows = postings.get(word)
      if (rows === undefined) continue
      const rarity = Math.log(1 + (products.length - rows.size + 0.5) / (rows.size + 0.5))
      for (const [row, count] of rows) {
        const norm = saturation * (1 - lengthPenalty + (lengthPenalty * (lengths[row] as number)) / average)
        scores.set(row, (scores.get(row) ?? 0) + (rarity * count * (saturation + 1)) / (count + norm))
      }
    }
    return [...scores]
      .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 100)
      .map(([row]) => (products[row] as Product).id)
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { knownItems } from '../src/evals/known-items.ts'
import { rankingMetrics, rankOf } from '../src/evals/ranking-metrics.ts'
import { runRetrievalEval } from '../src/evals/retrieval.ts'
import { product } from './search/products.ts'

describe('ranking metrics', () => {
  test('a first place counts whole, a second less, none nothing', () => {
    expect(rankingMetrics([1, 2, null, 10])).toEqual({
      recallAt1: 0.25,
      recallAt10: 0.75,
      ndcgAt10: Number(((1 + 1 / Math.log2(3) + 1 / Math.log2(11)) / 4).toFixed(4)),
    })
  })

  test('a place past the tenth is no place', () => {
    const found = Array.from({ length: 20 }, (_, at) => `p${at}`)
    expect([rankOf('p0', found), rankOf('p9', found), rankOf('p10', found)]).toEqual([1, 10, null])
  })
})

test('known-item queries are the same for a seed and name products of the catalog', () => {
  const products = Array.from({ length: 40 }, (_, at) =>
    product(`p${at}`, `Steel kettle model ${at} with 12" base`),
  )
  const queries = knownItems(products, 10, 3)
  expect(queries).toEqual(knownItems(products, 10, 3))
  expect(queries).not.toEqual(knownItems(products, 10, 4))
  expect(queries.map(({ productId }) => productId)).toEqual(
    products.filter((_, at) => at % 4 === 0).map(({ id }) => id),
  )
})

describe('the retrieval eval on task files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shop-retrieval-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const task = (query: string, id: string, title: string): string =>
    JSON.stringify({
      query,
      reward: { product_id: id, title: [title], attributes: [{ material: ['brass'] }] },
    })
  const run = () =>
    runRetrievalEval({ dataDir: folder, report: () => {}, signal: new AbortController().signal })

  test('scores product.jsonl against the titles of all three files [SHOP-EVAL-01]', async () => {
    await writeFile(
      join(folder, 'product.jsonl'),
      [
        task('Looking for a table lamp of brass, priced above 10 PHP.', '1', 'Brass table lamp'),
        task('Show me zither strings.', '2', 'Something that no word of the query names'),
      ].join('\n'),
    )
    await writeFile(join(folder, 'shop.jsonl'), task('x', '3', 'Floor lamp'))
    await writeFile(join(folder, 'voucher.jsonl'), task('x', '4', 'Lamp shade for a table'))
    const result = await run()
    expect(result.n).toBe(2)
    expect(result.metrics).toMatchObject({ recallAt1: 0.5, recallAt10: 0.5, ndcgAt10: 0.5, corpusSize: 4 })
    // Plain BM25 takes `for` and `a` for content: the lamp shade goes before the lamp.
    expect(result.baseline).toMatchObject({ recallAt1: 0, recallAt10: 0.5 })
  })

  test('says which file is missing', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'eval-data-missing' })
  })
})

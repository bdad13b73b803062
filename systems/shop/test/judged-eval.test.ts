import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  leastThirdDifference,
  pairedInterval,
  queryFigures,
  worstThird,
} from '../src/evals/judged/judged-metrics.ts'
import { runJudgedEval } from '../src/evals/judged.ts'

describe('figures of a query', () => {
  const grades = new Map([
    ['a', 3],
    ['b', 1],
    ['c', 0],
  ])

  test('what was not judged gains nothing, and is left out of the condensed list', () => {
    const best = 7 + 1 / Math.log2(3)
    const figures = queryFigures(['x', 'a', 'y', 'b'], grades)
    expect(figures.ndcgAt10).toBeCloseTo((7 / Math.log2(3) + 1 / Math.log2(5)) / best, 10)
    expect(figures.ndcgCondensedAt10).toBeCloseTo(1, 10)
  })

  test('a product past the hundredth is not found', () => {
    const others = Array.from({ length: 99 }, (_, at) => `x${at}`)
    expect(queryFigures(['a', ...others, 'b'], grades).recallAt100).toBe(0.5)
  })

  test('the worst third is of the queries that did worst', () => {
    expect(worstThird([0.9, 0.1, 0.5, 0.3, 1, 1])).toBeCloseTo(0.2, 10)
  })

  test('thirds by key show where one engine is behind', () => {
    expect(leastThirdDifference([1, 1, 0], [0, 0, 1], [3, 5, 9])).toBe(-1)
  })

  test('an interval of pairs that always differ alike is that difference', () => {
    expect(pairedInterval([0.5, 0.7, 0.9], [0.4, 0.6, 0.8])).toEqual({
      low: expect.closeTo(0.1, 10) as number,
      high: expect.closeTo(0.1, 10) as number,
    })
  })
})

describe('the judged eval on files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shop-judged-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const run = () => runJudgedEval({ dataDir: folder, report: () => {}, signal: new AbortController().signal })

  test('reads a catalog with judgments by id, as an import reads it [SHOP-JUDGED-01]', async () => {
    const products = [
      { id: '1', title: 'Kettle of steel', price: 20 },
      { id: '2', title: 'Lid for a kettle', price: 5 },
      { id: '3', title: 'Teapot', price: 15 },
    ]
    await writeFile(
      join(folder, 'products.jsonl.gz'),
      gzipSync(products.map((product) => JSON.stringify(product)).join('\n')),
    )
    await writeFile(join(folder, 'judgments.csv'), 'query,docid,rating\nkettle,1,3\nkettle,2,0\nplane,3,0\n')
    const result = await run()
    // Nothing answers "plane" by anyone's grade, so it is no query.
    expect(result).toMatchObject({
      n: 1,
      metrics: { ndcgAt10: 1, plainNdcgAt10: 1, recallAt100: 1, corpusSize: 3 },
    })
    expect(Object.keys(result.peers ?? {})).toEqual(['miniSearch', 'fts5', 'bm25'])
  })

  test('reads titles with judgments, of which 1 is wrong [SHOP-JUDGED-01]', async () => {
    const rows = ['Brass table lamp,lamp,3', 'Lamp oil,lamp,1', '"Pipe, 2 in.",pipe,2.67']
    await writeFile(
      join(folder, 'judgments.csv'),
      ['product_title,search_term,relevance', ...rows].join('\n'),
    )
    expect(await run()).toMatchObject({ n: 2, metrics: { recallAt100: 1, corpusSize: 3 } })
  })

  test('says which file is missing', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'eval-data-missing' })
  })
})

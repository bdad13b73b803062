import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Constraint } from '../src/domain/constraints.ts'
import { runConstraintsEval } from '../src/evals/constraints.ts'
import { emptyTally, intervalsOf, metricsOf, score } from '../src/evals/constraint-score.ts'
import { readShoppingBench } from '../src/evals/shoppingbench.ts'

const stated = {
  productId: '1',
  title: 'Boots',
  facets: [
    { name: 'color', value: 'red' },
    { name: 'size', value: 'eu:40' },
  ],
  services: ['free-shipping' as const],
  price: { min: 10, max: null },
}
const query = 'red boots, size 40'
const price = {
  kind: 'price',
  min: 10,
  max: null,
  minInclusive: false,
  maxInclusive: false,
  text: 'over 10',
} as const
const facet = (name: string, value: string): Constraint & { kind: 'facet' } => ({
  kind: 'facet',
  name,
  values: [value],
  negated: false,
  text: value,
})

describe('scoring', () => {
  it('gives full marks to a parse that says what is stated', () => {
    const tally = emptyTally()
    const service = { kind: 'service', service: 'free-shipping', negated: false, text: '' } as const
    score(tally, query, [price, service, facet('color', 'red'), facet('size', 'eu:40')], stated)
    expect(metricsOf(tally)).toEqual({
      priceExactRate: 1,
      serviceRecall: 1,
      valueRecall: 1,
      verbatimRecall: 1,
      paraphraseRecall: 1,
      inventedRate: 0,
    })
  })

  it('counts what is missing and what is invented of facets, a negation among it [SHOP-EVAL-02]', () => {
    const tally = emptyTally()
    score(
      tally,
      query,
      [
        { ...price, min: 12 },
        facet('color', 'blue'),
        { ...facet('size', 'eu:40'), negated: true },
        facet('color', 'red'),
      ],
      stated,
    )
    expect(metricsOf(tally)).toEqual({
      priceExactRate: 0,
      serviceRecall: 0,
      valueRecall: 0.5,
      verbatimRecall: 1,
      paraphraseRecall: 0,
      inventedRate: 0.6667,
    })
    expect(intervalsOf(tally)['valueRecall']?.[0]).toBeLessThan(0.5)
  })

  it('takes an exclusion for what it is [SHOP-EVAL-02]', () => {
    const tally = emptyTally()
    const excluded = [{ name: 'material', value: 'leather' }]
    const parse = [{ ...facet('material', 'leather'), negated: true }]
    score(tally, 'red boots without leather', parse, { ...stated, facets: [], excluded })
    expect(metricsOf(tally)).toMatchObject({ verbatimRecall: 1, inventedRate: 0 })
  })
})

describe('shop.constraints', () => {
  let dir = ''
  const task = (query: string, reward: unknown) => `${JSON.stringify({ query, reward })}\n`
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'constraints-'))
    const reward = {
      product_id: '1',
      title: ['Trail boots'],
      sku_options: [{ color: 'red' }],
      service: ['COD'],
      price: [{ 'less than': [null, 50] }],
    }
    await writeFile(
      join(dir, 'product.jsonl'),
      task('Trail boots in red, pay on delivery, under 50 pesos', reward),
    )
    await writeFile(
      join(dir, 'shop.jsonl'),
      task('socks of wool', [{ product_id: '2', title: ['Socks'], attributes: [{ material: ['wool'] }] }]),
    )
    await writeFile(join(dir, 'voucher.jsonl'), '')
  })
  afterAll(() => rm(dir, { recursive: true }))
  const run = (dataDir: string | null) =>
    runConstraintsEval({ dataDir, report: () => {}, signal: new AbortController().signal })

  it('scores the queries of the given files [SHOP-EVAL-01]', async () => {
    const { n, metrics } = await run(dir)
    expect(n).toBe(1)
    expect(metrics).toMatchObject({
      priceExactRate: 1,
      serviceRecall: 1,
      valueRecall: 1,
      inventedRate: 0,
      violated: 0,
    })
  })

  it('scores each source by itself, and says which does worst [SHOP-EVAL-02]', async () => {
    const head = {
      language: 'de',
      currency: 'EUR',
      facets: { Farbe: { rot: 9, blau: 9 }, Material: { Leder: 9 } },
    }
    const line = { query: 'Schuhe in rot', facets: [{ name: 'Farbe', value: 'rot' }] }
    const missed = { query: 'Schuhe', facets: [{ name: 'Material', value: 'Leder' }] }
    await writeFile(
      join(dir, 'german.statements.jsonl'),
      [head, line, missed].map((one) => JSON.stringify(one)).join('\n'),
    )
    const { sources, worst } = await run(dir)
    expect(sources?.['german']).toMatchObject({ n: 2, verbatimRecall: 1, paraphraseRecall: 0 })
    expect(sources?.['product']).toMatchObject({ n: 1 })
    expect(worst?.['paraphraseRecall']).toEqual({ source: 'german', value: 0 })
    await rm(join(dir, 'german.statements.jsonl'))
  })

  it('says which line is wrong', async () => {
    await writeFile(join(dir, 'bad.jsonl'), `${task('ok', [])}{"query": 1}\n`)
    await expect(readShoppingBench(dir, 'bad.jsonl')).rejects.toThrow(/bad\.jsonl line 2/)
  })

  it('meets its goals on the sample and beats plain string matching [SHOP-UNDERSTAND-05]', async () => {
    const { metrics, baseline } = await run(null)
    expect(metrics['priceExactRate']).toBeGreaterThanOrEqual(0.98)
    expect(metrics['serviceRecall']).toBeGreaterThanOrEqual(0.95)
    expect(metrics['valueRecall']).toBeGreaterThanOrEqual(0.9)
    expect(metrics['inventedRate']).toBeLessThanOrEqual(0.04)
    expect(metrics['violated']).toBe(0)
    expect(baseline?.['valueRecall']).toBeLessThan(metrics['valueRecall'] ?? 0)
  }, 60_000)
})

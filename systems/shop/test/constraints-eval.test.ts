import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Constraint } from '../src/domain/constraints.ts'
import { runConstraintsEval } from '../src/evals/constraints.ts'
import { emptyTally, metricsOf, score } from '../src/evals/constraint-score.ts'
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
    score(tally, [price, service, facet('color', 'red'), facet('size', 'eu:40')], stated)
    expect(metricsOf(tally)).toEqual({ priceExactRate: 1, serviceRecall: 1, valueRecall: 1, inventedRate: 0 })
  })

  it('counts what is missing and what is invented, a wrong bound and a negation among them', () => {
    const tally = emptyTally()
    score(
      tally,
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
      inventedRate: 0.75,
    })
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
      task('socks', [{ product_id: '2', title: ['Socks'], attributes: [{ material: ['wool'] }] }]),
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

  it('says which line is wrong', async () => {
    await writeFile(join(dir, 'bad.jsonl'), `${task('ok', [])}{"query": 1}\n`)
    await expect(readShoppingBench(dir, 'bad.jsonl')).rejects.toThrow(/bad\.jsonl line 2/)
  })

  it('meets its goals on the sample and beats plain string matching [SHOP-UNDERSTAND-05]', async () => {
    const { metrics, baseline } = await run(null)
    expect(metrics['priceExactRate']).toBeGreaterThanOrEqual(0.98)
    expect(metrics['serviceRecall']).toBeGreaterThanOrEqual(0.95)
    expect(metrics['valueRecall']).toBeGreaterThanOrEqual(0.9)
    expect(metrics['inventedRate']).toBeLessThanOrEqual(0.02)
    expect(metrics['violated']).toBe(0)
    expect(baseline?.['valueRecall']).toBeLessThan(metrics['valueRecall'] ?? 0)
  }, 60_000)
})

import { calcPrice } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import { createPrices } from '../../src/metering/prices.ts'
import type { TokenUsage } from '../../src/wire/codec.ts'
import { usageFrom } from '../../src/wire/token-usage.ts'

const nowMs = Date.UTC(2026, 5, 1)
const config = gatewayConfigSchema.parse({
  providers: {
    openai: { kind: 'openai', replicas: ['https://api.openai.com/v1'] },
    vllm: { kind: 'openai', replicas: ['http://10.0.0.1:8000/v1'] },
    claude: { kind: 'anthropic', apiKey: 'env:ANTHROPIC_API_KEY' },
    bedrock: {
      kind: 'bedrock',
      region: 'eu-west-1',
      accessKeyId: 'env:AWS_ACCESS_KEY_ID',
      secretAccessKey: 'env:AWS_SECRET_ACCESS_KEY',
    },
    engine: { kind: 'engine', model: 'small' },
  },
  prices: {
    'own-model': { input: 2, output: 8, cacheRead: 0.2, cacheWrite: 2.5 },
    plain: { input: 2, output: 8 },
  },
})
const prices = createPrices(() => config)

function usage(changes: Partial<TokenUsage>): TokenUsage {
  return { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0, ...changes }
}

test('every kind of token is billed once and at its own price, reasoning inside output [MODELS-PRICE-01]', () => {
  const used = usage({ input: 1000, cacheRead: 10_000, cacheWrite: 100, output: 10, reasoning: 9 })
  expect(prices.cost('vllm', 'own-model', used, nowMs)).toEqual({
    costMicros: 2000 + 2000 + 250 + 80,
    isPriced: true,
  })
})

test('tokens from a cache cost as much as others only where no price is stated for them', () => {
  expect(prices.cost('vllm', 'plain', usage({ cacheRead: 10, cacheWrite: 10 }), nowMs).costMicros).toBe(40)
})

test.each([
  ['openai', 'gpt-4o-mini', { id: 'openai' }],
  ['claude', 'claude-sonnet-4-5', { id: 'anthropic' }],
  ['bedrock', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', { id: 'aws' }],
])('%s %s costs its list price, cached and long prompts too [MODELS-PRICE-02]', (provider, model, { id }) => {
  const tokens = fc.nat(300_000)
  const used = fc.record({ input: tokens, cacheRead: tokens, cacheWrite: tokens, output: tokens })
  fc.assert(
    fc.property(used, ({ input, cacheRead, cacheWrite, output }) => {
      const listed = calcPrice(
        {
          // There, as with OpenAI, the prompt includes what came from the cache.
          input_tokens: input + cacheRead + cacheWrite,
          cache_read_tokens: cacheRead,
          cache_write_tokens: cacheWrite,
          output_tokens: output,
        },
        model,
        { providerId: id, timestamp: new Date(nowMs) },
      )
      const { costMicros } = prices.cost(
        provider,
        model,
        usage({ input, cacheRead, cacheWrite, output }),
        nowMs,
      )
      expect(Math.abs(costMicros - (listed?.total_price ?? NaN) * 1e6)).toBeLessThanOrEqual(1)
    }),
  )
})

test('a model without a price costs nothing but is said to be unpriced; a server of one’s own has no list price [MODELS-PRICE-03]', () => {
  const used = usage({ input: 1000, output: 1000 })
  const unknown = { costMicros: 0, isPriced: false }
  expect(prices.cost('openai', 'nobody-knows', used, nowMs)).toEqual(unknown)
  expect(prices.cost('vllm', 'gpt-4o-mini', used, nowMs)).toEqual(unknown)
  expect(prices.cost('gone', 'gpt-4o-mini', used, nowMs)).toEqual(unknown)
  expect(prices.cost('engine', 'small', used, nowMs)).toEqual({ costMicros: 0, isPriced: true })
})

test('a changed table takes effect at once', () => {
  let current = config
  const changing = createPrices(() => current)
  const used = usage({ input: 1 })
  expect(changing.cost('vllm', 'plain', used, nowMs).costMicros).toBe(2)
  current = { ...config, prices: { plain: { input: 5, output: 0 } } }
  expect(changing.cost('vllm', 'plain', used, nowMs).costMicros).toBe(5)
})

test('a cache kept for an hour costs what it costs there [MODELS-MONEY-06]', () => {
  const prices = createPrices(() => ({
    providers: gatewayConfigSchema.parse({
      providers: { claude: { kind: 'anthropic', apiKey: 'env:ANTHROPIC_API_KEY' } },
    }).providers,
    prices: { own: { input: 1, output: 1, cacheWrite: 1.25, cacheWrite1h: 2 } },
  }))
  const used = usageFrom('messages', {
    input_tokens: 0,
    output_tokens: 0,
    cache_creation_input_tokens: 1000,
    cache_creation: { ephemeral_5m_input_tokens: 400, ephemeral_1h_input_tokens: 600 },
  })!
  expect(prices.cost('claude', 'own', used, nowMs).costMicros).toBe(400 * 1.25 + 600 * 2)
  const listed = prices.priceOf('claude', 'claude-sonnet-4-5', nowMs).rates[0]!
  expect(prices.cost('claude', 'claude-sonnet-4-5', used, nowMs).costMicros).toBe(
    Math.round(400 * listed.cacheWrite + 600 * listed.cacheWrite1h),
  )
  expect(listed.cacheWrite1h / listed.input).toBeCloseTo(2)
  expect(listed.cacheWrite / listed.input).toBeCloseTo(1.25)
})

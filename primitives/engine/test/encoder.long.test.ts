import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, testEngineMissing } from '../src/testing/start-test-engine.ts'
import type { TestEngine } from '../src/testing/start-test-engine.ts'

const missing = await testEngineMissing()

let engine: TestEngine
beforeAll(async () => {
  if (missing !== null) return
  engine = await startTestEngine({ model: 'e5-small', sequences: 1, contextTokens: 512, prefixCacheMb: 0 })
}, 200_000)
afterAll(async () => {
  if (missing === null) await engine.stop()
})

const post = (path: string, body: object) =>
  fetch(`${engine.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function embed(...input: string[]): Promise<number[][]> {
  const response = await post('/embeddings', { input })
  const { data } = (await response.json()) as { data: { embedding: number[] }[] }
  return data.map(({ embedding }) => embedding)
}

const cosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

test.skipIf(missing !== null)(
  'the pulled encoder knows meanings across languages, and writes no text [MODELS-PULL-10]',
  { timeout: 60_000 },
  async () => {
    const [query = [], couch = [], lamp = [], sofa = []] = await embed(
      'query: a couch for the living room',
      'passage: Three-seat sofa in grey linen',
      'passage: Desk lamp with LED',
      'passage: Dreisitziges Sofa aus grauem Leinen',
    )
    expect(query).toHaveLength(384)
    expect(cosine(query, query)).toBeCloseTo(1, 4)
    expect(cosine(query, couch)).toBeGreaterThan(cosine(query, lamp) + 0.02)
    expect(cosine(query, sofa)).toBeGreaterThan(cosine(query, lamp))
    const refused = await post('/chat/completions', { messages: [{ role: 'user', content: 'Hello' }] })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('/v1/embeddings')
  },
)

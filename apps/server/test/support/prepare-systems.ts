import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Call, Prepare } from './walk-routes.ts'

/** Little to show: what is walked is that routes answer, not what samples hold. */
export const smallSamples = {
  shop: { sampleProducts: 60, pillProducts: 3, watchSeconds: 3_600 },
  live: { demo: false },
  models: { sample: false },
  spec: { sample: false },
  robots: { floor: { robots: 20, rows: 24, columns: 40 } },
}

/** What each system needs before its routes have anything to protect. */
export const prepareSystems: Record<string, Prepare> = {
  async notes(call) {
    await call('POST', '/api/notes/notes', { body: { text: 'mine' } })
    return {}
  },
  async shop(call) {
    const made: Call = async (method, where, options) => {
      const answer = await call(method, where, options)
      if (answer.status >= 300) throw new Error(`${method} ${where}: ${answer.status} ${answer.code}`)
      return answer
    }
    const shopper = await made('POST', '/api/shop/shoppers', { body: {} })
    const { token } = shopper.json as { token: string }
    const headers = { 'x-heavylift-shopper': token }
    const found = await made('GET', '/api/shop/products?limit=1')
    const [product] = (found.json as { products: { id: string; variants: { id: string }[] }[] }).products
    const [variant] = product?.variants ?? []
    // The other tenant has no catalog.
    if (!product || !variant) return headers
    const productId = product.id
    await made('POST', '/api/shop/views', { headers, body: { productId } })
    const cart = `/api/shop/cart/items/${variant.id}`
    await made('PUT', cart, { headers, body: { productId, quantity: 1 } })
    await made('POST', '/api/shop/orders', { headers, body: { idempotencyKey: 'walk-order' } })
    await made('PUT', cart, { headers, body: { productId, quantity: 1 } })
    await made('POST', '/api/shop/chat', { headers, body: { message: 'I am vegan. A gift under $50?' } })
    return headers
  },
  async jobs(call) {
    // One of its jobs, ended: something to look at that makes no work.
    const { json } = await call('POST', '/api/jobs/sample', {})
    const { jobId } = json as { jobId?: string }
    // Another tenant has none.
    if (jobId !== undefined) await call('POST', `/api/jobs/jobs/${jobId}/cancel`)
    return {}
  },
  async live(call) {
    const matchId = `walk-${randomUUID()}`
    await call('POST', '/api/live/feed?name=walk.jsonl', { body: openingEvent(matchId, 'Home against Away') })
    await vi.waitFor(
      async () => {
        const { json } = await call('GET', '/api/live/matches')
        expect(JSON.stringify(json)).toContain(matchId)
      },
      { timeout: 20_000, interval: 100 },
    )
    return {}
  },
}

/** The event of a feed that opens a match. */
export function openingEvent(matchId: string, title: string): object {
  return {
    kind: 'match',
    matchId,
    clocks: { eventTimeMs: 1_700_000_000_000, eventTimeFrom: 'wall', game: null, smpte: null },
    sourceRef: '1',
    match: { id: matchId, sport: 'nfl', title, home: null, away: null, homeSpread: null, race: null },
  }
}

import { createClient } from '@heavylift/ui/client'
import type { ShopRoutes } from '../../src/routes/route-groups.ts'
import { ensureToken, renewToken } from './session.ts'

/** A request that the server refused, in its own words. */
export class StoreError extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.name = 'StoreError'
    this.status = status
  }
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init)
  if (response.ok) return response
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null
  throw new StoreError(body?.error?.message ?? `The store answered ${response.status}.`, response.status)
}

const open = createClient<ShopRoutes>('/api/shop', send)
/** For what belongs to the shopper. */
const own = createClient<ShopRoutes>('/api/shop', async (address, init) => {
  const headers = new Headers(init.headers)
  headers.set('x-heavylift-shopper', await ensureToken())
  return send(address, { ...init, headers }).catch(async (error: unknown) => {
    if (!(error instanceof StoreError) || error.status !== 401) throw error
    // The token's time is over, or the store ended it.
    headers.set('x-heavylift-shopper', await renewToken())
    return send(address, { ...init, headers })
  })
})

type Query = NonNullable<NonNullable<Parameters<typeof open.get<'/products'>>[1]>['query']>
type Answer<Call extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>

export const store = {
  products: (query: Query) => open.get('/products', { query }),
  product: (productId: string) => open.get('/products/:productId', { params: { productId } }),
  related: (productId: string) => open.get('/products/:productId/related', { params: { productId } }),
  pills: (productId: string) => open.get('/products/:productId/pills', { params: { productId } }),
  departments: () => open.get('/categories'),
  info: () => open.get('/store'),
  cart: () => own.get('/cart'),
  setQuantity: (productId: string, variantId: string, quantity: number) =>
    own.put('/cart/items/:variantId', { params: { variantId }, body: { productId, quantity } }),
  order: (idempotencyKey: string) => own.post('/orders', { body: { idempotencyKey } }),
  orders: () => own.get('/orders'),
  viewed: (productId: string, device: string) => own.post('/views', { body: { productId, device } }),
  memory: () => own.get('/memory'),
  editMemory: (memoryId: string, text: string) =>
    own.patch('/memory/:memoryId', { params: { memoryId }, body: { text } }),
  forget: (memoryId: string) => own.delete('/memory/:memoryId', { params: { memoryId } }),
  forgetAll: () => own.delete('/memory'),
}

export type ProductPage = Answer<typeof store.product>
export type Department = Answer<typeof store.departments>['departments'][number]

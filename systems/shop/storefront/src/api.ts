import type { CartView, OrderView } from '../../src/domain/answer.ts'
import type { SortOrder } from '../../src/domain/constraints.ts'
import type { MemoryItem } from '../../src/domain/ports.ts'
import type { PricePoint, Product, Question, Review } from '../../src/domain/product.ts'
import { ensureToken } from './session.ts'

/** A request that the server refused, in its own words. */
export class StoreError extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.name = 'StoreError'
    this.status = status
  }
}

async function call<T>(
  path: string,
  options: { method?: string; body?: unknown; isOwn?: boolean } = {},
): Promise<T> {
  const headers = new Headers()
  if (options.isOwn) headers.set('x-heavylift-shopper', await ensureToken())
  if (options.body !== undefined) headers.set('content-type', 'application/json')
  const response = await fetch(`/api/shop${path}`, {
    method: options.method ?? 'GET',
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null
    throw new StoreError(body?.error?.message ?? `The store answered ${response.status}.`, response.status)
  }
  return (response.status === 204 ? null : await response.json()) as T
}

export interface ProductQuery {
  text?: string | undefined
  category?: string | undefined
  brand?: string | undefined
  /** Major units. */
  min?: string | undefined
  max?: string | undefined
  sort?: SortOrder | undefined
  limit?: number
  offset?: number
}

export interface Department {
  name: string
  count: number
  categories: { name: string; path: string[]; count: number }[]
}

export interface ProductPage {
  product: Product
  reviews: Review[]
  questions: Question[]
  priceHistory: PricePoint[]
}

const path = encodeURIComponent

export const store = {
  products(query: ProductQuery) {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value))
    return call<{ products: Product[]; total: number }>(`/products?${search}`)
  },
  product: (id: string) => call<ProductPage>(`/products/${path(id)}`),
  related: (id: string) => call<{ products: Product[] }>(`/products/${path(id)}/related`),
  pills: (id: string) => call<{ pills: { id: string; question: string }[] }>(`/products/${path(id)}/pills`),
  departments: () => call<{ departments: Department[] }>('/categories'),
  cart: () => call<CartView>('/cart', { isOwn: true }),
  setQuantity: (productId: string, variantId: string, quantity: number) =>
    call<CartView>(`/cart/items/${path(variantId)}`, {
      method: 'PUT',
      body: { productId, quantity },
      isOwn: true,
    }),
  order: (idempotencyKey: string) =>
    call<OrderView>('/orders', { method: 'POST', body: { idempotencyKey }, isOwn: true }),
  orders: () => call<{ orders: OrderView[] }>('/orders', { isOwn: true }),
  viewed: (productId: string, device: string) =>
    call<null>('/views', { method: 'POST', body: { productId, device }, isOwn: true }),
  memory: () => call<{ memories: MemoryItem[] }>('/memory', { isOwn: true }),
  editMemory: (id: string, text: string) =>
    call<MemoryItem>(`/memory/${path(id)}`, { method: 'PATCH', body: { text }, isOwn: true }),
  forget: (id: string | null) =>
    call<unknown>(id === null ? '/memory' : `/memory/${path(id)}`, { method: 'DELETE', isOwn: true }),
}

import type { Product, Variant } from '../../src/domain/product.ts'

/** A product for tests; what is not given is empty. */
export function product(id: string, title: string, more: Partial<Product> = {}): Product {
  return {
    id,
    title,
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: [variant(`${id}-1`)],
    images: [],
    url: null,
    services: [],
    rating: null,
    ...more,
  }
}

export function variant(id: string, more: Partial<Variant> = {}): Variant {
  return {
    id,
    options: {},
    price: { minor: 1000, currency: 'USD' },
    compareAt: null,
    stock: null,
    image: null,
    ...more,
  }
}

// oxlint-disable-next-line typescript/require-await -- an async source of plain values
export async function* from<T>(values: Iterable<T>): AsyncIterable<T> {
  yield* values
}

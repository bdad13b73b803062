import type { Product } from '../domain/product.ts'
import type { StatedProduct } from './shoppingbench.ts'

/** A product of which only the title is known; the title is its id. */
export function titleOnly(title: string): Product {
  return {
    id: title,
    title,
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: [
      {
        id: title,
        options: {},
        price: { minor: 0, currency: 'PHP' },
        compareAt: null,
        stock: null,
        image: null,
      },
    ],
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

/** Products with all that any task states of them, one for each distinct title. Prices are not stated. */
export function withStatedFacts(stated: readonly StatedProduct[]): Product[] {
  const byTitle = new Map<string, Product>()
  for (const { title, facets, services } of stated) {
    const product = byTitle.get(title) ?? titleOnly(title)
    byTitle.set(title, product)
    for (const { name, value } of facets) {
      if (name === 'brand') product.brand = value
      const values = (product.attributes[name] ??= [])
      if (!values.includes(value)) values.push(value)
    }
    for (const service of services) if (!product.services.includes(service)) product.services.push(service)
  }
  return [...byTitle.values()]
}

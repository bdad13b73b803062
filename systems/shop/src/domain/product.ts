/** Money in minor units (cents), so that no sum is ever rounded. */
export interface Money {
  minor: number
  /**
   * ISO 4217, upper case. Minor units a major unit follow from it (2 for USD, 0 for JPY). `XXX`: the store states no
   * price (`noPrice`, `isPriced`), so nothing is said of it and none filters or sorts by it.
   */
  currency: string
}

/** Terms under which a product is sold. */
export type Service = 'free-shipping' | 'flash-sale' | 'cash-on-delivery' | 'official-store'

/** A product as the catalog holds it, after import. Texts are plain: no HTML, no control characters. */
export interface Product {
  /** The store's own id, unique in a tenant. */
  id: string
  title: string
  brand: string | null
  /** In the lines of its page; a heading ends with a colon, an item of a list begins with `• `. */
  description: string
  /** Path from department to leaf, e.g. `['Sports', 'Football', 'Football boots']`. */
  categories: string[]
  /** Lower-case snake_case names to values as the store writes them, e.g. `{ material: ['Full-grain leather'] }`; compared without case. */
  attributes: Record<string, string[]>
  /** At least one. The product's price range and stock follow from them. */
  variants: Variant[]
  /** Absolute URLs or paths below the server. */
  images: string[]
  /** The product's page in the store. */
  url: string | null
  services: Service[]
  /** Null without reviews. Average on 1–5. */
  rating: { average: number; count: number } | null
}

export interface Variant {
  id: string
  /** Option name to value as the store writes it, e.g. `{ color: 'Red', size: 'EU 34' }`; `{}` for a single variant. */
  options: Record<string, string>
  price: Money
  /** The price before a reduction, if the store states one. */
  compareAt: Money | null
  /** Units available; null when the store does not count. */
  stock: number | null
  image: string | null
}

export interface Review {
  id: string
  productId: string
  /** 1–5. */
  rating: number
  title: string
  text: string
  author: string
  atMs: number
  verified: boolean
}

export interface Question {
  id: string
  productId: string
  question: string
  answers: { text: string; author: string; votes: number }[]
}

/** A price that held from a time on. */
export interface PricePoint {
  productId: string
  variantId: string
  price: Money
  atMs: number
}

/** A category with those below it. */
export interface CategoryNode {
  name: string
  /** From the department down, itself included. */
  path: string[]
  /** In it and below it. */
  products: number
  children: CategoryNode[]
}

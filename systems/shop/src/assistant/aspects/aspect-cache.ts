import type { Catalog } from '../../domain/ports.ts'
import type { Product, Review } from '../../domain/product.ts'
import { mineAspects } from './mine.ts'
import type { MinedAspect } from './mine.ts'

/** Reviews of one product with what was mined from them. */
export interface ReviewDigest {
  productId: string
  /** All reviews that the catalog holds. */
  total: number
  /** Over all reviews, on 1–5. */
  average: number
  /** How many were read; less than `total` only above the limit. */
  read: number
  aspects: MinedAspect[]
  reviews: Review[]
}

/** Enough for stable counts; a product with more is digested from its first ones as the catalog orders them. */
const readLimit = 400

/**
 * Digests of the products that shoppers ask about, least recently used dropped first. A digest is used again only while
 * the product's review count and average stand, so a re-import is seen at once.
 */
export class AspectCache {
  readonly #digests = new Map<string, { stamp: string; digest: Promise<ReviewDigest> }>()
  readonly #capacity: number

  constructor(capacity = 400) {
    this.#capacity = capacity
  }

  get(tenantId: string, catalog: Catalog, product: Product): Promise<ReviewDigest> {
    const key = `${tenantId}\n${product.id}`
    const stamp = `${product.rating?.count ?? 0}:${product.rating?.average ?? 0}`
    const cached = this.#digests.get(key)
    if (cached?.stamp === stamp) {
      this.#digests.delete(key)
      this.#digests.set(key, cached)
      return cached.digest
    }
    const digest = digestReviews(catalog, product)
    this.#digests.set(key, { stamp, digest })
    digest.catch(() => this.#digests.delete(key))
    if (this.#digests.size > this.#capacity) {
      const oldest = this.#digests.keys().next()
      if (!oldest.done) this.#digests.delete(oldest.value)
    }
    return digest
  }
}

export async function digestReviews(catalog: Catalog, product: Product): Promise<ReviewDigest> {
  const reviews: Review[] = []
  let total = 0
  do {
    const page = await catalog.reviews(product.id, { limit: 100, offset: reviews.length })
    total = page.total
    reviews.push(...page.reviews)
    if (page.reviews.length === 0) break
  } while (reviews.length < Math.min(total, readLimit))
  const average = reviews.length
    ? reviews.reduce((sum, review) => sum + review.rating, 0) / reviews.length
    : 0
  return {
    productId: product.id,
    total,
    // The row's own average where it has one, so that one answer never shows two.
    average: product.rating?.average ?? average,
    read: reviews.length,
    aspects: mineAspects(reviews),
    reviews,
  }
}

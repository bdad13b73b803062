import type { Product } from '../domain/product.ts'
import { cutRaw } from '@heavylift/core/rows'
import type { FeedEvent, FeedProduct } from './feed-row.ts'

/**
 * Joins rows that state variants of one product. Rows of a product usually follow each other: the open product is held
 * until another begins. One that comes up again later continues (`continues`); a product that is whole and comes again
 * is a duplicate. Remembers each product id with its line, some 100 bytes each.
 */
export interface Grouper {
  addVariant(product: Product, ratingFromFeed: boolean, line: number, raw: string): FeedEvent[]
  addWhole(item: FeedProduct, raw: string): FeedEvent[]
  /** False when the product is not the open one. */
  addImage(productId: string, image: string): boolean
  end(): FeedEvent[]
}

export function createGrouper(): Grouper {
  const lines = new Map<string, number>()
  const variantLines = new Map<string, number>()
  let open: FeedProduct | null = null

  const close = (): FeedEvent[] => {
    const events: FeedEvent[] = open ? [{ kind: 'product', item: open }] : []
    open = null
    return events
  }
  const duplicate = (what: string, id: string, firstLine: number, line: number, raw: string): FeedEvent => ({
    kind: 'reject',
    rows: 1,
    reject: {
      line,
      code: 'duplicate-id',
      reason: `${what} "${id}" was already stated on line ${firstLine}; the first one is kept.`,
      raw: cutRaw(raw),
    },
  })

  return {
    addVariant(product, ratingFromFeed, line, raw) {
      const [variant] = product.variants
      if (!variant) return []
      const firstLine = variantLines.get(variant.id)
      if (firstLine !== undefined) return [duplicate('Variant', variant.id, firstLine, line, raw)]
      variantLines.set(variant.id, line)
      if (open?.product.id === product.id) {
        open.rows++
        open.product.variants.push(variant)
        for (const image of product.images) {
          if (!open.product.images.includes(image) && open.product.images.length < 30)
            open.product.images.push(image)
        }
        return []
      }
      const events = close()
      const continues = lines.has(product.id)
      if (!continues) lines.set(product.id, line)
      open = {
        line,
        rows: 1,
        product,
        ratingFromFeed,
        continues,
        reviews: [],
        questions: [],
        priceHistory: [],
      }
      return events
    },
    addWhole(item, raw) {
      const events = close()
      const { id } = item.product
      const firstLine = lines.get(id)
      if (firstLine !== undefined) return [...events, duplicate('Product', id, firstLine, item.line, raw)]
      const taken = item.product.variants.find((variant) => variantLines.has(variant.id))
      if (taken) {
        return [...events, duplicate('Variant', taken.id, variantLines.get(taken.id) ?? 0, item.line, raw)]
      }
      lines.set(id, item.line)
      for (const variant of item.product.variants) variantLines.set(variant.id, item.line)
      return [...events, { kind: 'product', item }]
    },
    addImage(productId, image) {
      if (open?.product.id !== productId) return false
      open.rows++
      if (!open.product.images.includes(image) && open.product.images.length < 30)
        open.product.images.push(image)
      return true
    },
    end: close,
  }
}

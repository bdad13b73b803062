import type { Product, Variant } from '../domain/product.ts'
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
  /** Pictures of one row; false when the product is not the open one. */
  addImages(productId: string, images: readonly string[]): boolean
  end(): FeedEvent[]
}

export function createGrouper(): Grouper {
  const lines = new Map<string, number>()
  const variantLines = new Map<string, { line: number; key: string }>()
  let open: FeedProduct | null = null

  const close = (): FeedEvent[] => {
    const events: FeedEvent[] = open ? [{ kind: 'product', item: open }] : []
    open = null
    return events
  }
  const duplicate = (
    what: string,
    id: string,
    firstLine: number,
    line: number,
    raw: string,
    rows = 1,
  ): FeedEvent => ({
    kind: 'reject',
    rows,
    reject: {
      line,
      code: 'duplicate-id',
      reason: `${what} "${id}" was already stated on line ${firstLine}; the first one is kept.`,
      raw: cutRaw(raw),
    },
  })

  const keyOf = (productId: string, { options }: Variant) => [productId, ...Object.values(options)].join('\n')
  /** Stores give one SKU to many variants; here each needs an id of its own. */
  const freeId = (productId: string, variant: Variant): string => {
    const base = [productId, ...Object.values(variant.options)].join('-').slice(0, 280)
    let id = base
    for (let n = 2; variantLines.has(id); n++) id = `${base}-${n}`
    return id
  }

  return {
    addVariant(product, ratingFromFeed, line, raw) {
      const [variant] = product.variants
      if (!variant) return []
      const first = variantLines.get(variant.id)
      if (first !== undefined) {
        if (first.key === keyOf(product.id, variant))
          return [duplicate('Variant', variant.id, first.line, line, raw)]
        variant.id = freeId(product.id, variant)
      }
      variantLines.set(variant.id, { line, key: keyOf(product.id, variant) })
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
      if (firstLine !== undefined)
        return [...events, duplicate('Product', id, firstLine, item.line, raw, item.rows)]
      lines.set(id, item.line)
      for (const variant of item.product.variants) {
        if (variantLines.has(variant.id)) variant.id = freeId(id, variant)
        variantLines.set(variant.id, { line: item.line, key: keyOf(id, variant) })
      }
      return [...events, { kind: 'product', item }]
    },
    addImages(productId, images) {
      if (open?.product.id !== productId) return false
      open.rows++
      for (const image of images) {
        if (!open.product.images.includes(image) && open.product.images.length < 30)
          open.product.images.push(image)
      }
      return true
    },
    end: close,
  }
}

import { format } from '@heavylift/ui'
import { isPriced } from '../src/domain/money.ts'
import type { Product } from '../src/domain/product.ts'

/** `$59.90`, or `$49.90 to $79.90` where variants cost different amounts. */
export function priceRange(product: Product): string {
  const prices = product.variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)
  const low = prices[0]
  const high = prices.at(-1)
  if (!low || !high || !isPriced(low)) return '–'
  return low.minor === high.minor
    ? format.formatMoney(low)
    : `${format.formatMoney(low)} to ${format.formatMoney(high)}`
}

/** Units over all variants; null when one of them is not counted. */
export function totalStock(product: Product): number | null {
  let sum = 0
  for (const { stock } of product.variants) {
    if (stock === null) return null
    sum += stock
  }
  return sum
}

import { noPrice } from '../../src/domain/money.ts'
import type { Money, Product, Variant } from '../../src/domain/product.ts'

const formats = new Map<string, { format: Intl.NumberFormat; factor: number }>()

/** Empty where the store states no price. */
export function money({ minor, currency }: Money): string {
  if (currency === noPrice.currency) return ''
  let known = formats.get(currency)
  if (!known) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    known = { format, factor: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) }
    formats.set(currency, known)
  }
  return known.format.format(minor / known.factor)
}

/** The variant whose price a card shows: the cheapest that is in stock, else the cheapest. */
export function shownVariant(product: Product): Variant | null {
  const byPrice = product.variants.toSorted((a, b) => a.price.minor - b.price.minor)
  return byPrice.find((variant) => variant.stock !== 0) ?? byPrice[0] ?? null
}

/** True when variants cost different amounts, so that a card says "from". */
export function hasPriceRange(product: Product): boolean {
  return new Set(product.variants.map((variant) => variant.price.minor)).size > 1
}

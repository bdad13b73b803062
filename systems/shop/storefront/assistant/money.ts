import type { Money } from '../../src/domain/product.ts'

/** Minor units in the currency's own digits and the page's language: `$59.90`. */
export function money(amount: Money, language: string): string {
  // The store states no price (ISO 4217: no currency involved).
  if (amount.currency === 'XXX') return ''
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: amount.currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount.minor / 10 ** digits)
}

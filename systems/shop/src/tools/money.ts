import type { Money } from '../domain/product.ts'

/** `$49.90`, `¥1,200`: as an English reader writes it. */
export function formatMoney({ minor, currency }: Money): string {
  const formatter = formatterOf(currency)
  return formatter.format(minor / 10 ** fractionDigits(currency))
}

/** Digits after the decimal point in a currency (ISO 4217): 2 for USD, 0 for JPY. */
export function fractionDigits(currency: string): number {
  return formatterOf(currency).resolvedOptions().maximumFractionDigits ?? 2
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatterOf(currency: string): Intl.NumberFormat {
  let formatter = formatters.get(currency)
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en', { style: 'currency', currency })
    formatters.set(currency, formatter)
  }
  return formatter
}

import type { Money } from './product.ts'

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string, locale = 'en-US', isShort = false): Intl.NumberFormat {
  const key = `${currency} ${locale} ${isShort}`
  let format = formats.get(key)
  if (!format) {
    const trailingZeroDisplay = isShort ? 'stripIfInteger' : 'auto'
    const options = {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay,
    } as const
    format = new Intl.NumberFormat(locale, options)
    formats.set(key, format)
  }
  return format
}

/** Digits after the point: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217 by way of CLDR). */
export function minorDigits(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** `$49.99`. Never rounds: minor units are exact. Where there is no price it says that, never `0`. */
export function formatMoney(money: Money): string {
  return isPriced(money) ? formatMoneyIn('en-US', money) : 'price on request'
}

/** A price as a locale writes it: `49,99 €`; `isShort` leaves out `,00`. */
export function formatMoneyIn(locale: string, money: Money, isShort = false): string {
  return formatOf(money.currency, locale, isShort).format(money.minor / 10 ** minorDigits(money.currency))
}

/** Major units to money; rounds to the currency's smallest unit. */
export function fromMajor(major: number, currency: string): Money {
  return { minor: Math.round(major * 10 ** minorDigits(currency)), currency }
}

/** Rounded to one decimal, as stores show it: `4.6`. */
export function formatRating(average: number): string {
  // Not `toFixed` alone: 4.35 is 4.3499… in binary and would show as 4.3.
  return (Math.round(average * 10) / 10).toFixed(1)
}

/** `1 review`, `212 reviews`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

/** Stands for a price that the store does not state; ISO 4217 has XXX for "no currency involved". */
export const noPrice: Money = { minor: 0, currency: 'XXX' }

/** Whether there is a price to talk about. */
export function isPriced(money: Money): boolean {
  return money.currency !== noPrice.currency
}

import { toNumber } from './price-text.ts'
import { priceSense } from './price-senses.ts'

/** Rows whose amounts are compared: enough to tell what columns are to each other. */
const maxRows = 3000
const amount = /^[^\d\n]{0,6}(\d[\d.,'’\s]*)[^\d\n]{0,12}$/

/** The amount that a cell states and nothing else; null where it states another thing, or a range. */
export function amountOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null
  if (typeof value !== 'string' || value.length > 40) return null
  const digits = amount.exec(value.trim())?.[1]
  return digits === undefined ? null : toNumber(digits.trim().replace(/[.,]$/, ''), null)
}

/** What a pack holds, in grams or millilitres, pieces apart: `500 g`, `1,5 l`. Null where a text states none, or several. */
export function packSize(text: string): number | null {
  const found = [
    ...text.matchAll(/(?<![\d.,])(\d+(?:[.,]\d+)?)\s?(kg|g|gr|ml|cl|l|lt|liter|litre|litro)(?![\p{L}\d])/giu),
  ]
  const [only] = found
  if (only === undefined || found.length > 1) return null
  const [, count = '', unit = ''] = only
  const scale: Record<string, number> = { kg: 1000, g: 1, gr: 1, ml: 1, cl: 10 }
  return Number(count.replace(',', '.')) * (scale[unit.toLowerCase()] ?? 1000)
}

export interface AmountRow {
  amounts: ReadonlyMap<string, number>
  /** Of the pack that the row states in words. */
  size: number | null
  /** Amounts with a currency's sign that its texts name. */
  told: readonly number[]
}

const signed = /(?:[€$£]|EUR|USD|CHF|GBP)\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:[€$£]|EUR|USD|CHF|GBP)/g

/** The amounts of a feed's first rows by column, side by side. */
export class AmountTable {
  readonly rows: AmountRow[] = []

  add(fields: Readonly<Record<string, unknown>>): void {
    if (this.rows.length >= maxRows) return
    const amounts = new Map<string, number>()
    let size: number | null = null
    const told: number[] = []
    for (const [name, value] of Object.entries(fields)) {
      const pack =
        typeof value === 'string' && value.length < 2000 && priceSense(name) === null ? packSize(value) : null
      const own = pack === null ? amountOf(value) : null
      size ??= pack
      if (own !== null) amounts.set(name, own)
      else if (typeof value === 'string' && value.length < 2000 && priceSense(name) === null) {
        for (const [, before, after] of value.matchAll(signed)) {
          const number = toNumber((before ?? after ?? '').replace(/[.,]$/, ''), null)
          if (number !== null) told.push(number)
        }
      }
    }
    this.rows.push({ amounts, size, told })
  }
}

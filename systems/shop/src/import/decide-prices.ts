import type { AmountRow } from './amount-table.ts'
import type { ColumnProfile } from './column-profile.ts'
import { columnKey } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { isOneOfMarks, namesMinorUnits, priceSense } from './price-senses.ts'
import type { PriceSense } from './price-senses.ts'

export interface PriceDecision {
  /** Amounts are in the currency's smallest unit. */
  isMinor: boolean
  /** What was taken for the price and why, where there was a choice; what looks wrong. */
  notes: string[]
}

export interface PriceEvidence {
  profiles: ReadonlyMap<string, ColumnProfile>
  rows: readonly AmountRow[]
  mapping: Readonly<Record<string, string>>
  /** The store's currency (ISO 4217): of columns in several, its own is taken. */
  currency: string
}

const priceRoles: readonly ProductColumn[] = ['price', 'salePrice', 'compareAt']
/** What may be paid, best first; what a measure or the shop itself pays never is. */
const paid: readonly PriceSense[] = ['price', 'gross', 'offer', 'net', 'total', 'low']
/** Fewer rows say nothing of how two columns stand to each other. */
const leastRows = 3
/** Share of rows that must keep a relation: feeds have slips. */
const mostly = 0.95

interface Candidate {
  name: string
  sense: PriceSense
}

const close = (a: number, b: number) => Math.abs(a - b) <= Math.max(0.011, 0.006 * Math.max(a, b))

/** Rows that state all of the columns, with their amounts. */
function stated(rows: readonly AmountRow[], names: readonly string[]): number[][] {
  return rows.flatMap(({ amounts }) => {
    const own = names.map((name) => amounts.get(name))
    return own.every((amount) => amount !== undefined) ? [own] : []
  })
}

const share = (all: readonly number[][], holds: (amounts: number[]) => boolean): number =>
  all.length === 0 ? 0 : all.filter(holds).length / all.length

/**
 * Which column of amounts is what a shopper pays: by names first (`columns`, changed in place), then by how columns stand to each
 * other row by row. Parts that add up make their sum the price; what a discount column leads to is paid and what it starts from
 * was; what grows with the pack when it is multiplied by it is the price of a kilo; a column that is never below the price and
 * sometimes the same is what it cost before. Where columns stay alike the better name is kept and the other is said.
 */
export function decidePrices(
  columns: Map<ProductColumn, string>,
  { profiles, rows, mapping, currency }: PriceEvidence,
): PriceDecision {
  const notes: string[] = []
  const ignored = new Set((mapping['ignore'] ?? '').split('|'))
  const others = new Set([...columns].flatMap(([role, name]) => (priceRoles.includes(role) ? [] : [name])))
  const candidates = [...profiles].flatMap(([name, profile]): Candidate[] => {
    const sense = name === columns.get('price') ? (priceSense(name) ?? 'price') : priceSense(name)
    const isAmount = profile.number >= 0.5 || profile.money >= 0.3
    const isOther = others.has(name) || ignored.has(name) || isOneOfMarks(name, profiles)
    return sense === null || !isAmount || isOther ? [] : [{ name, sense }]
  })
  const isAsked = mapping['price'] !== undefined
  /** Columns whose part is told by how they stand to the price. */
  const settled = new Set<string>()
  const senseOf = new Map(candidates.map(({ name, sense }) => [name, sense]))
  const set = (role: ProductColumn, name: string, why: string) => {
    const before = columns.get(role)
    if (mapping[role] !== undefined || before === name) return
    for (const [other, taken] of columns) if (taken === name) columns.delete(other)
    columns.set(role, name)
    if (role === 'price')
      notes.push(
        `Prices are read from "${name}"${before === undefined ? '' : `, not from "${before}"`}: ${why}.`,
      )
    else if (role === 'salePrice') notes.push(`What is paid now is read from "${name}": ${why}.`)
  }
  if (!isAsked) {
    takeBestNamed()
    takeOwnCurrency()
    takeTotal()
    takeDiscounted()
    takePack()
    compareOthers()
  }
  const unit = minorUnits()
  return { isMinor: unit, notes }

  function takeBestNamed(): void {
    const chosen = columns.get('price')
    const rank = (name: string) => paid.indexOf(senseOf.get(name) ?? 'cost')
    const [best] = candidates
      .filter(({ name }) => rank(name) !== -1 && filledShare(name) >= 0.5)
      .toSorted((a, b) => rank(a.name) - rank(b.name))
    if (best === undefined) {
      const [measure] = candidates.filter(({ sense }) => sense === 'measure' || sense === 'cost')
      if (chosen === undefined && measure !== undefined)
        notes.push(
          `The only amounts are in "${measure.name}", which by its name is ${measure.sense === 'cost' ? 'what the shop pays' : 'what a measure costs'}: no price is said. If shoppers pay it, map price=${measure.name}.`,
        )
      return
    }
    if (chosen === undefined) set('price', best.name, 'it is the only one that says what is paid')
    else if (rank(chosen) === -1 || (senseOf.get(chosen) === 'net' && best.sense === 'gross'))
      set('price', best.name, best.sense === 'gross' ? 'it holds the tax' : 'it says what is paid')
  }

  function takeOwnCurrency(): void {
    const coded = candidates.filter(({ name, sense }) => sense === 'price' && codeOf(name) !== null)
    const own = coded.find(({ name }) => codeOf(name) === currency)
    const chosen = columns.get('price')
    if (coded.length > 1 && own !== undefined && chosen !== undefined && codeOf(chosen) !== null)
      set('price', own.name, `the store sells in ${currency}`)
  }

  function takeTotal(): void {
    const base = columns.get('price')
    const parts = candidates.filter(
      ({ name, sense }) =>
        sense === 'extra' &&
        !/ship|deliver|versand|env|livr|sped|fret|verz|frakt|tax|vat|iva|steuer/i.test(name),
    )
    if (base === undefined || parts.length === 0) return
    for (const { name } of candidates) {
      if (name === base || parts.some((part) => part.name === name)) continue
      const all = rows.flatMap(({ amounts }) => {
        const [from, to] = [amounts.get(base), amounts.get(name)]
        const added = parts.reduce((sum, part) => sum + (amounts.get(part.name) ?? 0), 0)
        return from === undefined || to === undefined ? [] : [[from, to, added]]
      })
      const adds = all.filter(([, , added = 0]) => added > 0)
      if (adds.length < leastRows) continue
      if (share(all, ([from = 0, to = 0, added = 0]) => close(from + added, to)) < mostly) continue
      for (const part of [base, ...parts.map((each) => each.name)]) settled.add(part)
      set('price', name, `it is "${base}" with ${parts.map((part) => `"${part.name}"`).join(', ')} added`)
      return
    }
  }

  function takeDiscounted(): void {
    const offs = candidates.filter(({ sense }) => sense === 'off')
    const prices = candidates.filter(({ sense }) => sense === 'former' || paid.includes(sense))
    for (const off of offs)
      for (const from of prices)
        for (const to of prices) {
          if (from === to) continue
          const all = stated(rows, [from.name, to.name, off.name]).filter(([, , by = 0]) => by > 0)
          if (all.length < leastRows) continue
          const keeps = ([a = 0, b = 0, by = 0]: number[]) =>
            a > b && (close(a - by, b) || Math.abs(a * (1 - by / 100) - b) <= Math.max(1, a * 0.006))
          if (share(all, keeps) < 0.9) continue
          set('price', to.name, `it is "${from.name}" less "${off.name}"`)
          columns.delete('salePrice')
          set('compareAt', from.name, '')
          return
        }
  }

  /** A price of a kilo, told by packs: multiplied by what they hold it is the other column. */
  function takePack(): void {
    const chosen = columns.get('price')
    if (chosen === undefined) return
    const isOfMeasure = (measure: string, pack: string) => {
      const sized = rows.flatMap(({ amounts, size }) => {
        const [of, whole] = [amounts.get(measure), amounts.get(pack)]
        return of === undefined || whole === undefined || size === null || size === 1000
          ? []
          : [[of, whole, size]]
      })
      return (
        sized.length >= leastRows &&
        share(sized, ([of = 0, whole = 0, size = 0]) => Math.abs((of * size) / 1000 / whole - 1) < 0.03) >=
          0.7
      )
    }
    for (const { name } of candidates) {
      if (name === chosen || senseOf.get(name) === 'cost') continue
      if (isOfMeasure(chosen, name)) {
        set('price', name, `"${chosen}" is what a kilo or a litre of it costs`)
        return
      }
      if (isOfMeasure(name, chosen)) senseOf.set(name, 'measure')
    }
  }

  function compareOthers(): void {
    const chosen = columns.get('price')
    if (chosen === undefined) return
    for (const { name } of candidates) {
      const sense = senseOf.get(name)
      if (name === chosen || settled.has(name)) continue
      if (name === columns.get('salePrice') || name === columns.get('compareAt')) continue
      if (sense === undefined || (sense !== 'former' && !paid.includes(sense))) continue
      const both = stated(rows, [chosen, name]).filter((amounts) => amounts.every((amount) => amount > 0))
      if (both.length < leastRows) continue
      const below = share(both, ([own = 0, other = 0]) => other < own)
      const same = share(both, ([own, other]) => own === other)
      const isNow = below > 0 && below + same >= mostly
      const isBefore = below === 0 && same < 1
      if (same === 1 || bothInCurrencies(chosen, name) || isHundredfold(both)) continue
      // What is sometimes the same is another time of it; what never is may be another thing.
      const isOfTime = same >= 0.05 || both.length < rows.length * 0.9
      if (sense === 'former' && isBefore) set('compareAt', name, '')
      else if (sense === 'offer' && isNow) set('salePrice', name, `never above "${chosen}"`)
      else if (sense === 'price' && isNow && isOfTime && !columns.has('salePrice'))
        set('salePrice', name, `never above "${chosen}", and at times the same`)
      else if (sense === 'price' && isBefore && isOfTime && !columns.has('compareAt'))
        set('compareAt', name, '')
      else if (sense !== 'former' && sense !== 'low')
        notes.push(
          `Two columns may be the price: "${chosen}" (${example(chosen)}) was taken, "${name}" (${example(name)}) was not. If shoppers pay that, map price=${name}.`,
        )
    }
  }

  function minorUnits(): boolean {
    const chosen = columns.get('price')
    if (chosen === undefined || mapping['priceUnit'] !== undefined) return mapping['priceUnit'] === 'minor'
    if (namesMinorUnits(chosen)) return true
    const own = rows.flatMap(({ amounts, told }) => {
      const amount = amounts.get(chosen)
      return amount === undefined || amount === 0 ? [] : [{ amount, told, amounts }]
    })
    if (own.length === 0 || own.some(({ amount }) => !Number.isInteger(amount) || amount < 50)) return false
    const speaking = own.filter(({ told }) => told.length > 0)
    const isHundredth = speaking.filter(({ amount, told }) => told.includes(amount / 100))
    const other = candidates.find(
      ({ name }) =>
        name !== chosen && isHundredfold(stated(rows, [name, chosen])) && filledShare(name) >= 0.5,
    )
    if (
      other !== undefined ||
      (isHundredth.length >= leastRows && isHundredth.length >= speaking.length * 0.6)
    ) {
      notes.push(
        `Prices in "${chosen}" are read as cents: ${other === undefined ? 'the texts beside them name them in units' : `"${other.name}" states them in units`}.`,
      )
      return true
    }
    // 1299, 899, 2500: cents of a cheap thing, or units of a dear one.
    const isSmallUnit = /^(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SGD)$/.test(currency)
    const ends = own.filter(({ amount }) => /(?:00|50|90|95|99)$/.test(String(amount))).length
    const isDear = (profiles.get(chosen)?.integer ?? 0) > 0.99 && own.every(({ amount }) => amount >= 100)
    if (isSmallUnit && isDear && own.length >= 5 && ends >= own.length * 0.8)
      notes.push(
        `All prices in "${chosen}" are whole numbers such as ${example(chosen)}: they are read as ${currency}. If they are cents, map priceUnit=minor.`,
      )
    return false
  }

  function filledShare(name: string): number {
    const profile = profiles.get(name)
    return profile === undefined ? 0 : profile.filled / Math.max(1, profile.rows)
  }

  function example(name: string): string {
    return profiles.get(name)?.examples[0] ?? ''
  }
}

const isHundredfold = (both: readonly number[][]): boolean =>
  both.length > 0 && share(both, ([of = 0, other = 0]) => Math.abs(of * 100 - other) < 0.5) >= 0.9

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** The currency that a column's name says: `price_usd`, `Price (AUD)`. */
function codeOf(name: string): string | null {
  const code = columnKey(name).split('_').at(-1)?.toUpperCase() ?? ''
  return currencies.has(code) && code.length === 3 ? code : null
}

const bothInCurrencies = (a: string, b: string): boolean => codeOf(a) !== null && codeOf(b) !== null

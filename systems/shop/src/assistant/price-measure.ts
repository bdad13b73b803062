import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { unitsOf } from '../language/units.ts'
import type { Dimension, Unit } from '../language/units.ts'
import { tokenize } from '../understand/text.ts'

/** An amount of something, as it was written. */
export interface Measure {
  amount: number
  unit: Unit
  text: string
}

/** What goods are sold by the amount of. */
const soldBy: ReadonlySet<Dimension> = new Set(['mass', 'volume', 'length'])
/** What a column is called that says of how much the price is, in the eight languages. */
const unitNames =
  /(?:^|[ _.-])(?:units?|uom|einheit|mengeneinheit|unit[aà]|unidad|unidade|unit[eé]|eenheid|enhet|per)(?:$|[ _.-])/iu
const measure = /^(?:(\d+(?:[.,]\d+)?)\s*)?([\p{L}]+[²³]?)\.?$/u

/** Of how much a price is, where a column says so (`unit: kg`) or the import read it in the price: "Ham (100g)". Null where nothing says so. */
export function priceMeasure({ title, attributes }: Product, { language }: Lexicon): Measure | null {
  const units = unitsOf(language.code)
  const read = (text: string): Measure | null => {
    const [, amount, word = ''] = measure.exec(text.trim()) ?? []
    const unit = units.get(fold(word))
    return unit && soldBy.has(unit.dimension)
      ? { amount: amount === undefined ? 1 : Number(amount.replace(',', '.')), unit, text: text.trim() }
      : null
  }
  for (const [name, values] of Object.entries(attributes)) {
    const [value] = values
    const found = unitNames.test(name) && values.length === 1 && value !== undefined ? read(value) : null
    if (found !== null) return found
  }
  const [, inTitle] = /\(([^()]+)\)$/.exec(title) ?? []
  return inTitle === undefined ? null : read(inTitle)
}

/**
 * The measure that a message names of those that goods are sold in, where none of them is it: "the 15 oz", of a mug that comes in 11 oz. Null
 * where it names none, or one that there is.
 */
export function measureNotSold(message: string, product: Product, lexicon: Lexicon): string | null {
  const { title, description, attributes, variants } = product
  const sold = [...new Set(variants.flatMap(({ options }) => Object.values(options)))].flatMap((value) =>
    measuresIn(value, lexicon),
  )
  const size = ({ amount, unit }: Measure) => amount * unit.times
  const isLike = (one: Measure, other: Measure) => one.unit.dimension === other.unit.dimension
  const isSame = (one: Measure, other: Measure) => Math.abs(size(one) / size(other) - 1) < sameMeasure
  const isSold = (one: Measure) => sold.some((each) => isLike(one, each) && isSame(one, each))
  // What has no such choice at all may still be so much, by what its listing says.
  const told = measuresIn([title, description, ...Object.values(attributes).flat()].join('. '), lexicon)
  const isTold = (one: Measure) => told.some((each) => isLike(one, each) && isSame(one, each))
  const other = measuresIn(message, lexicon).find(
    (one) => !isSold(one) && (sold.some((each) => isLike(one, each)) || !isTold(one)),
  )
  return other?.text ?? null
}

/** Shares apart that are the same measure in other units: 0.33 l and 330 ml, 12 in and 30 cm. */
const sameMeasure = 0.02

/** Amounts that a text names: "3 etti", "half a kilo", "250 g". */
export function measuresIn(text: string, lexicon: Lexicon): Measure[] {
  const tokens = tokenize(text, lexicon)
  return tokens.flatMap((token, at) => {
    const { unit } = token
    const before = tokens[at - 1]
    if (!unit || !soldBy.has(unit.dimension) || !before) return []
    const amount = before.kind === 'number' ? Number(before.word.replace(',', '.')) : before.count
    return amount === null || !Number.isFinite(amount) || amount <= 0
      ? []
      : [{ amount, unit, text: text.slice(before.start, token.end) }]
  })
}

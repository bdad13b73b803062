import type { Product } from '../domain/product.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { sidesOf } from '../language/sides.ts'
import type { Dimension } from '../language/units.ts'
import { typedForms } from '../understand/forms.ts'
import { keepsLimit, measureLimits } from '../understand/measure-limits.ts'
import type { MeasureLimit } from '../understand/measure-limits.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { namingText } from './naming-text.ts'
import { statedAmounts, statesAlone } from './stated-measures.ts'
import { isForMeasure } from './whose-measure.ts'

/** A number with its unit ("50 inches"), or with the side that it is of and no unit ("78 wide": no `form`). */
interface Measured {
  form: string | null
  number: string
  /** "At least 30 kW". */
  limit: MeasureLimit | null
  from: number
  to: number
}

/** The measures of a message that nothing else covers: a limit that no value of the catalog knows is a wish, and not dropped. */
export function measuresIn(
  tokens: readonly Token[],
  covered: readonly string[],
  lexicon: Lexicon,
): Measured[] {
  const known = new Set(
    covered.flatMap((text) => typedForms(tokenize(text, lexicon), lexicon).map(({ form }) => form)),
  )
  const sides = new Set(sidesOf(lexicon.language).flatMap(({ words }) => [...words]))
  const numbers = new Set(covered.flatMap((text) => tokenize(text, lexicon).map(({ word }) => word)))
  const stated = typedForms(tokens, lexicon).filter(
    ({ from, to, dimension }) => dimension !== null && dimension !== 'time' && to === from + 2,
  )
  const limits = measureLimits(tokens, lexicon).map((limit): Measured => {
    const { side, dimension, value, from, to } = limit
    return { form: `${side}:${dimension}:${value}`, number: '', limit, from, to }
  })
  const beside = limits.filter(({ form }) => !known.has(form ?? ''))
  return tokens.flatMap((token, at): Measured[] => {
    const bounded = limits.find(({ from, to }) => from <= at && at < to)
    if (bounded !== undefined) return bounded.from === at && beside.includes(bounded) ? [bounded] : []
    if (token.kind !== 'number') return []
    const one = stated.find(({ from }) => from === at)
    if (one)
      return known.has(one.form)
        ? []
        : [{ form: one.form, number: token.word, limit: null, from: at, to: at + 2 }]
    const next = tokens[at + 1]
    const isSided = next?.kind === 'word' && !next.breakBefore && next.unit === null && sides.has(next.word)
    return isSided && !numbers.has(token.word)
      ? [{ form: null, number: token.word, limit: null, from: at, to: at + 2 }]
      : []
  })
}

/** Numbers of a text that measure nothing: those of "78×140", not that of "1 year". */
function bareNumbers(text: string, lexicon: Lexicon): ReadonlySet<string> {
  const tokens = tokenize(text, lexicon)
  const measured = new Set(
    typedForms(tokens, lexicon).flatMap(({ dimension, from }) => (dimension === null ? [] : from)),
  )
  return new Set(tokens.flatMap(({ kind, word }, at) => (kind === 'number' && !measured.has(at) ? word : [])))
}

const formsOf = new WeakMap<
  Product,
  { lexicon: Lexicon; forms: ReadonlySet<string>; numbers: ReadonlySet<string> }
>()

/** Whether a listing states a measure, its title or values a bare number that may be one ("78×140"), or is for what measures so much ("for boats from 22 to 32 ft"). */
export function statesMeasure(
  product: Product,
  form: string | null,
  number: string,
  lexicon: Lexicon,
): boolean {
  let known = formsOf.get(product)
  if (known?.lexicon !== lexicon) {
    const naming = namingText(product)
    const tokens = tokenize(`${naming}. ${product.description}`, lexicon)
    known = {
      lexicon,
      forms: new Set(typedForms(tokens, lexicon).map((one) => one.form)),
      numbers: bareNumbers(naming, lexicon),
    }
    formsOf.set(product, known)
  }
  if (form === null) return known.numbers.has(number)
  const [dimension = '', amount = ''] = form.split(':')
  const measure = { dimension: dimension as Dimension, amount: Number(amount) }
  if (isForMeasure(product, measure, lexicon)) return true
  return known.forms.has(form)
    ? statesAlone(product, measure.dimension, measure.amount, lexicon)
    : known.numbers.has(number)
}

/** Whether an amount that a listing states keeps a bound. */
export const keepsMeasure = (product: Product, limit: MeasureLimit, lexicon: Lexicon): boolean =>
  statedAmounts(product, limit.dimension, lexicon).some((amount) => keepsLimit(amount, limit))

/** "At least 500 chips", "no more than 6 people": a bare number that bounds what a listing counts of it, or a number in its title where it counts none. */
export function boundAt(
  message: string,
  tokens: readonly Token[],
  at: number,
  lexicon: Lexicon,
): { said: string; start: number; isHeldBy: (product: Product) => boolean } | null {
  const [token, noun] = [tokens[at], tokens[at + 1]]
  if (token?.kind !== 'number' || noun?.kind !== 'word' || noun.unit !== null || !noun.isContent) return null
  const limit = countLimit(message.slice(0, token.start), lexicon)
  const value = Number(token.word)
  if (limit === null || !Number.isFinite(value)) return null
  const keeps = (each: Token): boolean =>
    each.kind === 'number' && keepsLimit(Number(each.word), { side: limit.side, value })
  return {
    said: message.slice(limit.start, noun.end).trim(),
    start: limit.start,
    isHeldBy: (product) => {
      const stated = tokenize(`${namingText(product)}. ${product.description}`, lexicon)
      const counts = stated.filter(
        (each, place) => each.kind === 'number' && stated[place + 1]?.stem === noun.stem,
      )
      // What bounds from above is kept by what says how many, and by no other number.
      const isUpper = limit.side === 'most' || limit.side === 'below'
      return (counts.length > 0 || isUpper ? counts : tokenize(product.title, lexicon)).some(keeps)
    },
  }
}

/** The bound that a text ends with, right before a number. */
function countLimit(
  before: string,
  { language }: Lexicon,
): { side: MeasureLimit['side']; start: number } | null {
  const grammar = grammarOf(language.code)
  const endsWith = (phrases: readonly string[]) => new RegExp(`${anyOf(phrases)}\\s*$`, 'iu').exec(before)
  for (const [role, side] of boundRoles) {
    const found = endsWith(grammar[role])
    if (found === null) continue
    const isTurned = side === 'above' || side === 'below'
    const not = isTurned
      ? new RegExp(`${anyOf(grammar.not)}\\s*$`, 'iu').exec(before.slice(0, found.index))
      : null
    if (not === null) return { side, start: found.index }
    return { side: side === 'above' ? 'most' : 'least', start: not.index }
  }
  return null
}

const boundRoles = [
  ['at-least', 'least'],
  ['at-most', 'most'],
  ['above', 'above'],
  ['below', 'below'],
] as const

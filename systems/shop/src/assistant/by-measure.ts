import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isSuperlative } from '../understand/superlative.ts'
import { tokenize } from '../understand/text.ts'
import type { Dimension } from '../language/units.ts'
import { typedForms } from '../understand/forms.ts'
import { dimensionsNamed } from './dimensions.ts'
import { piecesOf } from './listing-lines.ts'
import { ownAmounts } from './stated-measures.ts'

const compared = ['length', 'mass', 'sound'] as const

/** "A bigger one": more or less of a measure, in the shopper's word for it. */
export interface Comparative {
  said: string
  /** The same without an ending: `leiser` of "leiseres". Absent in what was said to an earlier release. */
  plain?: string
  measure: (typeof compared)[number]
  isMore: boolean
}

/** What a message wants more or less of than what is in sight; null where it says no such thing. */
export function comparativeIn(message: string, { language }: Lexicon): Comparative | null {
  for (const line of language.comparativeLines) {
    const [name = '', rest = ''] = line.split(' = ')
    const forms = rest.split(', ')
    const said = new RegExp(anyOf(forms), 'iu').exec(message)?.[0].toLowerCase()
    const [how, kind] = name.split(' ')
    const measure = compared.find((one) => one === kind)
    if (said !== undefined && measure !== undefined)
      return {
        said,
        plain:
          forms.filter((form) => said.startsWith(form)).toSorted((a, b) => a.length - b.length)[0] ?? said,
        measure,
        isMore: how === 'more',
      }
  }
  return null
}

/** Whether the least of something is asked for ("the lightest", "la plus petite"), and not the most. */
export function asksForLeast(message: string, { language }: Lexicon): boolean {
  const words = language.leastLines.flatMap((line) => line.split(', '))
  return new RegExp(anyOf(words), 'iu').test(message)
}

/** Sizes in letters, the smallest first; what a title says none of is of a middle size. */
const letters = ['3xs', '2xs', 'xs', 's', 'm', 'l', 'xl', '2xl', '3xl', '4xl']

/**
 * Products that have more (or less) of a measure than one of them, the next to it first: by the largest number that the title or a field states, else
 * the first piece of the listing that gives one, else by sizes in letters in the titles ("Large Zip Pouch"). Those whose listings say
 * nothing of it are left out.
 */
export function beyondMeasure(
  products: readonly Product[],
  than: Product,
  { measure, isMore }: Comparative,
  lexicon: Lexicon,
): Product[] {
  const own = measureOf(than, measure, lexicon)
  const ownLetter = letterOf(than, lexicon)
  return products
    .flatMap((product) => {
      if (product.id === than.id) return []
      const other = measureOf(product, measure, lexicon)
      const by =
        own !== null && other !== null
          ? other / own - 1
          : measure === 'length'
            ? letterOf(product, lexicon) - ownLetter
            : 0
      return by !== 0 && by > 0 === isMore ? [{ product, by: Math.abs(by) }] : []
    })
    .toSorted((a, b) => a.by - b.by)
    .map(({ product }) => product)
}

/** What may measure it, the likeliest first: the smaller of two flasks holds less. */
const measuredBy: Readonly<Record<Comparative['measure'], readonly Dimension[]>> = {
  length: ['length', 'volume', 'mass'],
  mass: ['mass'],
  sound: ['sound'],
}

/** "The lighter one", "das kleine", "il più leggero dei due": that one of some is meant which has more or less of a measure than the others. */
interface MeasuredOne {
  measure: Comparative['measure']
  isMore: boolean
  /** As it is said, with its article. */
  said: string
}

/** How a message says by a measure which of several it means; null where it does not. */
export function measuredOneIn(message: string, lexicon: Lexicon): MeasuredOne | null {
  const { code } = lexicon.language
  const { the, this: these } = grammarOf(code)
  const led = (words: string) =>
    new RegExp(
      `${anyOf([...the, ...these])}\\s+${anyOf([words])}(?:\\s+ones?(?![\\p{L}\\p{N}]))?`,
      'iu',
    ).exec(message)?.[0]
  const comparative = comparativeIn(message, lexicon)
  const compared = comparative === null ? undefined : led(comparative.said)
  if (comparative !== null && compared !== undefined) return { ...comparative, said: compared }
  const lexemes = lexemesOf(message, code)
  const articles = new Set([...the, ...these].map((word) => fold(word)))
  for (const [at, { word, start }] of lexemes.entries()) {
    const [adjective, next] = [lexemes[at + 1], lexemes[at + 2]]
    if (!articles.has(word) || adjective === undefined) continue
    const isOne = code === 'en' && /^ones?$/.test(next?.word ?? '')
    // "Das kleine", and no kleine Lampe; English says "one".
    if (!isOne && (code === 'en' || !(next === undefined || next.breakBefore))) continue
    // The most of all there is orders a search.
    if (isSuperlative(`${word} ${adjective.word}`, code)) continue
    const measure = (['size', 'weight'] as const).find((name) =>
      dimensionsNamed(adjective.word, lexicon).some((each) => each.name === name),
    )
    if (measure !== undefined)
      return {
        measure: measure === 'weight' ? 'mass' : 'length',
        isMore: !asksForLeast(adjective.word, lexicon),
        said: message.slice(start, (isOne ? next : adjective)?.end),
      }
  }
  return null
}

/** The one of some products that has the most, or the least, of a measure, where all of them state it, else by sizes in letters. Null where none does. */
export function mostOrLeast(
  products: readonly Product[],
  { measure, isMore }: Pick<MeasuredOne, 'measure' | 'isMore'>,
  lexicon: Lexicon,
): Product | null {
  const first = (amountOf: (product: Product) => number | null): Product | null => {
    const amounts = products.map((product) => ({ product, amount: amountOf(product) }))
    const [one, next] = amounts.toSorted((a, b) =>
      isMore ? (b.amount ?? 0) - (a.amount ?? 0) : (a.amount ?? 0) - (b.amount ?? 0),
    )
    const isTold = amounts.every(({ amount }) => amount !== null) && one?.amount !== next?.amount
    return isTold ? (one?.product ?? null) : null
  }
  for (const dimension of measuredBy[measure]) {
    const found = first((product) => measureOf(product, dimension, lexicon))
    if (found !== null) return found
  }
  return measure === 'length' ? first((product) => letterOf(product, lexicon)) : null
}

/** The largest number with a unit of the measure, in the dimension's own unit: of its title, choices and fields, else of its prose; null where the listing gives none. */
export function measureOf(product: Product, measure: Dimension, lexicon: Lexicon): number | null {
  const own = ownAmounts(product, measure, lexicon)
  if (own.length > 0) return Math.max(...own)
  for (const { text } of piecesOf(product.description)) {
    const tokens = tokenize(text, lexicon)
    const stated = tokens.flatMap(({ kind, word }, at) => {
      const unit = tokens[at + 1]?.unit
      return kind === 'number' && unit?.dimension === measure ? [Number(word) * unit.times] : []
    })
    const most = Math.max(...stated.filter(Number.isFinite))
    if (most > 0) return most
  }
  return null
}

/** The place of a title's size in letters among all of them; the middle one where it says none. */
export function letterOf({ title }: Product, lexicon: Lexicon): number {
  const forms = typedForms(tokenize(title, lexicon), lexicon).map(({ form }) => form.replace('size:int:', ''))
  const found = forms.map((form) => letters.indexOf(form)).find((place) => place !== -1)
  return found ?? letters.indexOf('m')
}

import type { Product, Variant } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { typedForms } from '../understand/forms.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { shownVariant } from './cards.ts'
import { comparedIn } from './plan/compared.ts'
import { contentStems } from './words.ts'

/** The variants of a product that a message names by their choices. */
export interface NamedVariants {
  /** None where the choices that are named do not come together. */
  variants: Variant[]
  /** The choices as the store writes them: `30 Piece`, `Black & Gold`. */
  values: string[]
}

/** What a choice is called by: its words, its numbers and what both mean together (`size:xl`, `200 g`). */
interface Parts {
  words: ReadonlySet<string>
  numbers: ReadonlySet<string>
  typed: ReadonlySet<string>
}

/** What a word or a number says of a choice; a form with its unit says more. */
const typedWorth = 2
/** What it says that a choice is named as a whole. */
const wholeWorth = 0.5
/** What a word that the message does not say speaks against a choice: "black" is `Black` before it is `Black & White`. */
const unsaidCost = 0.1

/**
 * The variants that a message names by the values of their options: "the 30 piece in black and gold", "la talla m", "casein 4 lb". What
 * all values of an option share, and what stands in the title, names none of them. Null where it names no choice.
 */
export function namedVariants(message: string, product: Product, lexicon: Lexicon): NamedVariants | null {
  const said = partsOf(message, lexicon)
  const counted = countedNumbers(message, lexicon)
  const title = new Set(contentStems(product.title, lexicon))
  const named = new Map<string, string[]>()
  const options = new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))
  for (const option of options) {
    const values = [...new Set(product.variants.flatMap((variant) => variant.options[option] ?? []))]
    if (values.length < 2) continue
    const parts = values.map((value) => choiceParts(value, lexicon))
    const isTelling = (of: keyof Parts, part: string): boolean => !parts.every((each) => each[of].has(part))
    const scores = parts.map(({ words, numbers, typed }) => {
      const telling = [...words].filter((word) => isTelling('words', word) && !title.has(word))
      const hits =
        telling.filter((word) => said.words.has(word)).length +
        [...numbers].filter(
          (number) => isTelling('numbers', number) && said.numbers.has(number) && !counted.has(number),
        ).length +
        typedWorth * [...typed].filter((form) => isTelling('typed', form) && said.typed.has(form)).length
      // "Black" of `Black` and `Black & White`: all values have the word, and one of them no other.
      const isWhole = isAllSaid({ words, numbers }, said) && [...words].some((word) => !title.has(word))
      const unsaid = telling.filter((word) => !said.words.has(word)).length
      return hits === 0 && !isWhole ? 0 : hits + (isWhole ? wholeWorth : 0) - unsaidCost * unsaid
    })
    const most = Math.max(...scores)
    if (most <= 0) continue
    named.set(
      option,
      values.filter((_, at) => scores[at] === most),
    )
  }
  if (named.size === 0) return null
  return {
    variants: product.variants.filter((variant) =>
      [...named].every(([option, values]) => values.includes(variant.options[option] ?? '')),
    ),
    values: [...named.values()].flat(),
  }
}

/**
 * Of goods that a message compares, the variants that it names beside each ("the fern in large or the moss in small"): those in the part of
 * it that calls the product, or in all of it where no part does. Null of what is named in no size.
 */
export function variantsCompared(
  message: string,
  products: readonly Product[],
  lexicon: Lexicon,
): (NamedVariants | null)[] {
  const { names } = comparedIn(message, lexicon)
  const stems = products.map(({ title }) => new Set(contentStems(title, lexicon)))
  const parts = names.map((name) => contentStems(name, lexicon))
  return products.map((product, at) => {
    const isOwn = (stem: string) =>
      stems[at]?.has(stem) === true && stems.every((other, place) => place === at || !other.has(stem))
    const own = parts.findIndex((part) => part.some(isOwn))
    const named = namedVariants(own === -1 ? message : (names[own] ?? message), product, lexicon)
    return named !== null && named.variants.length > 0 && named.variants.length < product.variants.length
      ? named
      : null
  })
}

/** Those of some goods that come in the choice that a message names, where some do: "the cheapest of those in the 8 inch"; else all. */
export function inNamedChoice(
  message: string,
  products: readonly Product[],
  lexicon: Lexicon,
): readonly Product[] {
  const named = products.map((product) => namedVariants(message, product, lexicon))
  const values = new Set(named.flatMap((one) => (one?.variants.length ? one.values : [])))
  // What comes in that size alone has nothing to choose.
  const having = products.filter(
    ({ variants }, at) =>
      named[at]?.variants.length ||
      variants.some(({ options }) => Object.values(options).some((value) => values.has(value))),
  )
  return having.length > 0 ? having : products
}

/** Which variant of each of some goods is compared: the cheapest that can be had of those that the message names, else as it is in sight. */
export function comparedVariants(
  message: string,
  products: readonly Product[],
  inSight: ReadonlyMap<string, string>,
  lexicon: Lexicon,
): Map<string, string | null> {
  const named = variantsCompared(message, products, lexicon)
  return new Map(
    products.map((product, at) => {
      const variants = named[at]?.variants
      const id = variants ? shownVariant({ ...product, variants }).id : inSight.get(product.id)
      return [product.id, id ?? null]
    }),
  )
}

/** The variants that a message is about: those that it names, else all. */
export function meantVariants(message: string, product: Product, lexicon: Lexicon): readonly Variant[] {
  const named = namedVariants(message, product, lexicon)
  return named && named.variants.length > 0 ? named.variants : product.variants
}

const isAllSaid = ({ words, numbers }: Omit<Parts, 'typed'>, said: Parts): boolean =>
  [...words].every((word) => said.words.has(word)) && [...numbers].every((number) => said.numbers.has(number))

/** Of a value also what each of its pieces means: `45L - 45L`, `200g / 500 pcs`, `120 Capsules (60 Day Supply)`. */
function choiceParts(value: string, lexicon: Lexicon): Parts {
  const whole = partsOf(value, lexicon)
  const pieces = value.split(/\s+[-–|]\s+|\s*[/|,()]\s*/).filter((piece) => piece !== '')
  const typed = [value, ...pieces].flatMap((piece) =>
    typedForms(tokenize(piece, lexicon), lexicon, true).map(({ form }) => form),
  )
  return { ...whole, typed: new Set([...typed, ...countedWords(tokenize(value, lexicon))]) }
}

/** A number with the word that it counts: `60 day` of `120 Capsules (60 Day Supply)`. */
const countedWords = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, at) => {
    const next = tokens[at + 1]
    return token.kind === 'number' && next?.kind === 'word' ? [`${plain(token.word)} ${next.stem}`] : []
  })

function partsOf(text: string, lexicon: Lexicon): Parts {
  const tokens = tokenize(text, lexicon)
  return {
    words: new Set(
      tokens
        .filter(({ kind, unit, word }) => kind === 'word' && unit === null && !lexicon.isFunctionWord(word))
        .map(({ stem }) => stem),
    ),
    // Also those of `60x80`.
    numbers: new Set(Array.from(text.matchAll(/\d+(?:[.,]\d+)?/g), ([number]) => plain(number))),
    typed: new Set([
      ...[tokens, ...measuresInWords(tokens, lexicon)].flatMap((each) =>
        typedForms(each, lexicon).map(({ form }) => form),
      ),
      ...countedWords(tokens),
    ]),
  }
}

/** "Ein Kilo", "two litres": a unit behind a number in words or an article, as if it were written in digits. */
function measuresInWords(tokens: readonly Token[], lexicon: Lexicon): Token[][] {
  const articles = new Set(grammarOf(lexicon.language.code).some.map((phrase) => fold(phrase)))
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1]
    if (token.unit === null || before?.kind !== 'word' || token.breakBefore) return []
    const count = before.count ?? (articles.has(before.word) ? 1 : null)
    return count === null ? [] : [tokenize(`${count} ${token.word}`, lexicon)]
  })
}

const plain = (number: string): string => fold(number).replace(',', '.')

/** Numbers of a message that count goods rather than name a choice: "4 of them", "3 mediums". */
function countedNumbers(message: string, lexicon: Lexicon): ReadonlySet<string> {
  return new Set(quantities(tokenize(message, lexicon)).map(({ token }) => plain(token.word)))
}

/** Numbers and number words of a text that measure nothing and name no size: how many of something. */
export function quantities(tokens: readonly Token[]): { token: Token; count: number }[] {
  return tokens.flatMap((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]]
    const count = token.kind === 'number' ? Number(token.word) : token.count
    if (count === null || !Number.isInteger(count) || count < 1 || count > mostAtOnce) return []
    if (next?.unit != null || before?.kind === 'sign' || before?.lead === 'in' || before?.isSizeWord)
      return []
    return [{ token, count }]
  })
}

/** More of one thing than these nobody orders by asking for its price. */
const mostAtOnce = 999

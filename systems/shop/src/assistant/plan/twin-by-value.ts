import type { Product } from '../../domain/product.ts'
import { addressesStore, asksOfIt, saysIt } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { plainNumber, typedForms } from '../../understand/forms.ts'
import { tokenize } from '../../understand/text.ts'
import type { Token } from '../../understand/text.ts'
import { besidePhrase } from './beside-phrase.ts'
import { isOfOne } from './of-one.ts'
import type { PlanContext } from './plan.ts'
import type { TwinMeant, TwinsInSight } from '../twins.ts'

/** What a product is told from its twins by: the words, the numbers and the measures of its title, and the words of its short fields. */
interface Tells {
  words: ReadonlySet<string>
  numbers: ReadonlySet<string>
  typed: ReadonlySet<string>
  fields: ReadonlySet<string>
}

/** A field of more words tells of the thing, and no value of it. */
const longestValue = 4

/**
 * The near twin that a message names by a value that what is in sight has not: "the mini one", "in king", "das 7er", "the one with the 4.8 litre bowl". The value stands
 * behind an article or a preposition, and before no noun that it could be of. Null where it names none.
 */
export function twinByValue(
  message: string,
  { of, twins }: TwinsInSight,
  context: PlanContext,
): TwinMeant | null {
  const { lexicon } = context
  const own = tellsOf(of, lexicon)
  const tokens = tokenize(message, lexicon)
  const forms = typedForms(tokens, lexicon)
  const known = new Set([
    ...own.words,
    ...twins.flatMap(({ product }) => [...tellsOf(product, lexicon).words]),
  ])
  const toldBy = (product: Product): { score: number; said: Set<number> } => {
    const tells = tellsOf(product, lexicon)
    const said = new Set<number>()
    let score = 0
    for (const [at, token] of tokens.entries()) {
      const number = numberOf(token)
      const isWord = token.kind === 'word' && !lexicon.isFunctionWord(token.word)
      const inTitle =
        (isWord &&
          tells.words.has(token.stem) &&
          !own.words.has(token.stem) &&
          !own.fields.has(token.stem)) ||
        (number !== null &&
          tokens[at + 1]?.unit == null &&
          tells.numbers.has(number) &&
          !own.numbers.has(number))
      const inField =
        isWord && tells.fields.has(token.stem) && !own.fields.has(token.stem) && !own.words.has(token.stem)
      if (!inTitle && !inField) continue
      score += inTitle ? inTitleWorth : 1
      said.add(at)
    }
    for (const { form, from, to } of forms)
      if (tells.typed.has(form) && !own.typed.has(form)) {
        score += inTitleWorth
        for (let at = from; at < to; at++) said.add(at)
      }
    return { score, said }
  }
  const [best] = twins
    .map(({ product, apart }) => ({ product, apart, ...toldBy(product) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.apart - b.apart)
  if (best === undefined) return null
  const isFamily = (token: Token | undefined) => token !== undefined && known.has(token.stem)
  const phrase = phraseOf(tokens, best.said, isFamily, context)
  if (phrase === null) return null
  const [start, end] = [tokens[phrase.from]?.start ?? 0, tokens[phrase.to]?.end ?? 0]
  if (!phrase.isPointing && (asksWhetherSo(message, phrase.lead, lexicon) || !isOfOne(message, of, context)))
    return null
  return {
    product: best.product,
    rest: besidePhrase(message, start, end, lexicon),
    isWish: !phrase.isPointing,
  }
}

const inTitleWorth = 2

/** "Is it in king?" asks for another; "is it made of steel?", "does it come with a lid?", "is it a mini?" asks of the thing. */
const asksWhetherSo = (message: string, lead: Lead, { language }: Lexicon): boolean =>
  lead !== 'in' &&
  asksOfIt(message, language.code) &&
  saysIt(message, language.code) &&
  !addressesStore(message, language.code)

type Lead = 'the' | 'some' | 'in' | 'with'

interface Phrase {
  /** Its first and its last token. */
  from: number
  to: number
  lead: Lead
  /** It points at the one that is so ("the mini one", "der mit der Thermokanne"), and does not only ask for one. */
  isPointing: boolean
}

/** How many words that all of a family are called by may stand between an article and what tells one. */
const mostBetween = 3

/** The phrase that tells one of some twins: what leads to one of the tokens that tell it, up to the last of them. Null where none is led so, or it is of another noun. */
function phraseOf(
  tokens: readonly Token[],
  said: ReadonlySet<number>,
  isFamily: (token: Token | undefined) => boolean,
  { lexicon, isNoun }: PlanContext,
): Phrase | null {
  const { code } = lexicon.language
  const grammar = grammarOf(code)
  const setOf = (phrases: readonly string[]) => new Set(phrases.map((phrase) => fold(phrase)))
  const [the, some] = [setOf([...grammar.the, ...grammar.this]), setOf(grammar.some)]
  const [within, of] = [setOf(grammar.in), setOf([...grammar.with, ...grammar['made-of']])]
  const isOne = (at: number) => code === 'en' && /^ones?$/.test(tokens[at]?.word ?? '')
  for (const at of said) {
    let to = at
    while (
      said.has(to + 1) ||
      (tokens[to + 1]?.breakBefore === false && (isFamily(tokens[to + 1]) || tokens[to + 1]?.unit != null))
    )
      to++
    const next = tokens[to + 1]
    const isOfOther =
      next !== undefined &&
      !next.breakBefore &&
      !isOne(to + 1) &&
      next.kind === 'word' &&
      next.isContent &&
      isNoun(next.stem)
    if (isOfOther) continue
    let from = at - 1
    while (
      at - from <= mostBetween &&
      (said.has(from) || isFamily(tokens[from])) &&
      tokens[from + 1]?.breakBefore === false
    )
      from--
    if (tokens[from + 1]?.breakBefore === true) continue
    const word = tokens[from]?.word ?? ''
    const before = tokens[from - 1]?.word ?? ''
    const behind = isOne(to + 1) ? to + 1 : to
    // "Der mit der Thermokanne", "the one in king".
    const lead = (place: number): Lead | null => {
      const each = tokens[place]?.word ?? ''
      return within.has(each) ? 'in' : of.has(each) ? 'with' : null
    }
    const led = lead(from) ?? (the.has(word) || some.has(word) ? lead(from - 1) : null)
    const first = lead(from) === null ? from - 1 : from
    const head = tokens[first - 1]?.word ?? ''
    if (led !== null) {
      const isPointing = the.has(head) || (isOne(first - 1) && the.has(tokens[first - 2]?.word ?? ''))
      return {
        from: isPointing ? first - (isOne(first - 1) ? 2 : 1) : first,
        to: behind,
        lead: led,
        isPointing,
      }
    }
    if (the.has(word)) return { from, to: behind, lead: 'the', isPointing: true }
    if (some.has(word))
      return {
        from,
        to: behind,
        lead: isOne(to + 1) && within.has(before) ? 'in' : isOne(to + 1) ? 'in' : 'some',
        isPointing: false,
      }
  }
  return null
}

/** The number that a token names: 28 of "28", and of the German "28er". */
const numberOf = ({ kind, word }: Token): string | null =>
  kind === 'number' ? plainNumber(word) : (/^(\d+)(?:er|ers)$/.exec(word)?.[1] ?? null)

const read = new WeakMap<Product, { lexicon: Lexicon; tells: Tells }>()

function tellsOf(product: Product, lexicon: Lexicon): Tells {
  const known = read.get(product)
  if (known?.lexicon === lexicon) return known.tells
  const tokens = tokenize(product.title, lexicon)
  const stemsOf = (each: readonly Token[]) =>
    each.flatMap(({ kind, word, stem }) => (kind === 'word' && !lexicon.isFunctionWord(word) ? stem : []))
  const values = [
    ...Object.values(product.attributes).flat(),
    ...product.variants.flatMap(({ options }) => Object.values(options)),
  ]
    .map((value) => tokenize(value, lexicon))
    .filter((each) => each.length <= longestValue)
  const tells = {
    words: new Set(stemsOf(tokens)),
    numbers: new Set(tokens.flatMap(({ kind, word }) => (kind === 'number' ? plainNumber(word) : []))),
    typed: new Set([tokens, ...values].flatMap((each) => typedForms(each, lexicon).map(({ form }) => form))),
    fields: new Set(values.flatMap(stemsOf)),
  }
  read.set(product, { lexicon, tells })
  return tells
}

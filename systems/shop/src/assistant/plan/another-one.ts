import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import {
  addressesStore,
  asksOfIt,
  asksWhich,
  isAskingWord,
  opensWith,
  saysIt,
} from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexeme } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { comparativeIn } from '../by-measure.ts'
import { contentStems } from '../words.ts'
import { kindOf } from './effective-search.ts'
import type { PlanContext } from './plan.ts'

/** What a wish for another of what was looked for may sound like. */
const mayWish: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'review-question',
  'not-ours',
  'chat',
  'advice',
  'assortment',
  'compare',
])

/**
 * "What about a wooden one?", "habt ihr einen aus Holz?", "gibt es den auch kleiner?": a wish for another of what was looked for last, as
 * the message says it should be, however it is put. Null where it wishes for none, or asks what is in sight.
 */
export function anotherOne(
  message: string,
  understanding: Understanding,
  given: PlanContext,
): { wish: Understanding; context: PlanContext } | null {
  const { intent, reference } = understanding
  // "Do you have the Wren lamp smaller?" wishes for another than that one.
  const context = given.named === null ? given : besideNamed(given.named, given)
  const { previous, lexicon } = context
  if (previous === null || context.isRead === true || context.isSettled === true) return null
  if (!mayWish.has(intent) || (reference !== null && reference.kind !== 'this' && reference.kind !== 'those'))
    return null
  const { code } = lexicon.language
  if (asksWhich(message, code) || isSuperlative(message, code)) return null
  const wished: Understanding = {
    ...understanding,
    intent: 'narrow',
    topic: null,
    reference: null,
    productType: null,
  }
  const said = lexemesOf(message, code)
  const from = oneFrom(said, code)
  if (
    from !== null &&
    said.slice(0, from).every(({ word, kind }) => kind === 'sign' || isLittle(word, lexicon))
  )
    return {
      wish: { ...wished, searchText: message.slice(said[from]?.start).replace(/[\s?!.]+$/u, '') },
      context: { ...given, named: null },
    }
  const more = moreOf(message, said, context)
  return more === null ? null : { wish: { ...wished, searchText: more, constraints: [] }, context }
}

/** The same conversation with one that a message calls by its name in sight, and others of its kind looked for. */
function besideNamed(named: Product, context: PlanContext): PlanContext {
  const isSeen = context.shown.some(({ id }) => id === named.id)
  return isSeen || kindOf(named, context) === null
    ? { ...context, named: null, focusId: isSeen ? named.id : context.focusId }
    : besideTwin(named, context)
}

/** The same conversation with one product alone in sight, and others of its kind looked for. */
export function besideTwin(product: Product, context: PlanContext): PlanContext {
  const kind = kindOf(product, context)
  return {
    ...context,
    named: null,
    page: product,
    shown: [],
    list: [],
    focusId: null,
    previous:
      kind === null
        ? context.previous
        : { text: kind, productType: kind, constraints: [], sort: 'relevance' },
  }
}

/** The place where words for one of what was spoken of begin, with how it should be: "a wooden one", "einen aus Holz", "something with a lid". */
function oneFrom(said: readonly Lexeme[], code: LanguageCode): number | null {
  const words = said.map(({ word }) => word)
  const taken = (at: number, roles: readonly GrammarRole[]): number =>
    opensWith(words.slice(at), [roles], code)
  for (const at of words.keys()) {
    const article = taken(at, ['some', 'something'])
    // English has a word for it, before which adjectives stand.
    const ones = code === 'en' ? words.slice(at).findIndex((word) => /^ones?$/.test(word)) : -1
    const opens = article > 0 || (code === 'en' && words[at] === 'any')
    if (opens && ones > 1 && ones <= mostBeforeOne + 1 && words[at + ones + 1] !== 'of') return at
    const isOne = code === 'en' && /^ones?$/.test(words[at] ?? '')
    const behind = at + (isOne ? 1 : article)
    const isThatOne =
      isOne && opensWith(words.slice(Math.max(0, at - 1)), [['the', 'this', 'which']], code) > 0
    if (
      behind > at &&
      (isLed(words, behind, code) || (!isThatOne && relatives[code].has(words[behind] ?? '')))
    )
      return at
  }
  return null
}

const mostBeforeOne = 3

/** "One that stays outside", "einen, der draußen bleibt". */
const relatives: Readonly<Record<LanguageCode, ReadonlySet<string>>> = {
  en: new Set(['that', 'which']),
  de: new Set(['der', 'die', 'das', 'den']),
  fr: new Set(['qui', 'que']),
  es: new Set(['que']),
  it: new Set(['che']),
  pt: new Set(['que']),
  nl: new Set(['die', 'dat']),
  sv: new Set(['som']),
}

/** Whether a preposition leads in how a thing should be: no "one of these". */
function isLed(words: readonly string[], at: number, code: LanguageCode): boolean {
  const led = opensWith(words.slice(at), [['with', 'without', 'in', 'made-of']], code)
  return led > 0 && opensWith(words.slice(at + led), [['this', 'it', 'the', 'own']], code) === 0
}

/** Words that name nothing, and point at nothing that is asked about. */
function isLittle(word: string, { language }: Lexicon): boolean {
  const { it, this: these, the } = grammarOf(language.code)
  return (
    ![...it, ...these, ...the].some((phrase) => fold(phrase) === word) &&
    (language.isFunctionWord(word) ||
      language.isRequestWord(word) ||
      isAskingWord(word, language.code) ||
      talkWords(language).has(word))
  )
}

/** The word by which a message wishes for more or less of a measure than what is in sight has, and says nothing else. Null where it does not. */
function moreOf(message: string, said: readonly Lexeme[], context: PlanContext): string | null {
  const { lexicon, previous, shown, page } = context
  const { code } = lexicon.language
  const comparative = comparativeIn(message, lexicon)
  if (comparative === null || new RegExp(anyOf(grammarOf(code).against), 'iu').test(message)) return null
  // "Is it bigger?" asks; "do you have it bigger?" wishes.
  if (asksOfIt(message, code) && saysIt(message, code) && !addressesStore(message, code)) return null
  const words = said.map(({ word }) => word)
  const compared = fold(comparative.said).split(' ')
  const asking = opensWith(words, [['and'], ['asks', 'how-many']], code)
  const wishes = words.some((_, at) => opensWith(words.slice(at), [['something', 'some']], code) > 0)
  // "How much bigger is it?", but "was Größeres".
  if (asking > 0 && !wishes && words[asking] !== compared[0]) return null
  const seen = [previous?.text ?? '', ...[...shown, ...(page ? [page] : [])].map(({ title }) => title)]
  const known = new Set(contentStems(seen.join(' '), lexicon))
  const isSaid = (word: string): boolean =>
    compared.includes(word) ||
    isAskingWord(word, code) ||
    lexicon.isFunctionWord(word) ||
    lexicon.language.isRequestWord(word) ||
    talkWords(lexicon.language).has(word) ||
    // A Gartentisch is called a Tisch.
    holdsKindOf(known, lexicon.meaning(word), code)
  return said.every(({ word, kind }) => kind === 'sign' || isSaid(word)) ? comparative.said : null
}

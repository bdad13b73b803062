import type { Constraint, FacetVocabulary, Topic, Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { languageCodes } from '../../language/languages.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { understand } from '../../understand/understand.ts'
import { asksFreeOf } from '../asks-free-of.ts'
import { contentStems } from '../words.ts'

/** What a message is, as a model is asked to call it; `act` is left to the shop's own rules. */
const meanings = {
  find: ['search', null],
  cheaper: ['narrow', null],
  dearer: ['narrow', null],
  question: ['product-question', null],
  price: ['product-question', 'price'],
  opinions: ['review-question', null],
  compare: ['compare', null],
  advice: ['advice', null],
  'how-to': ['how-to', null],
  safety: ['product-question', null],
  assortment: ['assortment', null],
  deals: ['deals', null],
  'price-history': ['price-history', null],
  shipping: ['service', 'shipping'],
  returns: ['service', 'returns'],
  payment: ['service', 'payment'],
  'price-match': ['service', 'price-match'],
  warranty: ['service', 'warranty'],
  complaint: ['service', 'complaint'],
  contact: ['service', 'contact'],
  store: ['service', 'store'],
  allergy: ['allergy', null],
  'self-harm': ['care', 'self-harm'],
  emergency: ['care', 'emergency'],
  medicine: ['care', 'medicine'],
  violence: ['care', 'violence'],
  greeting: ['chat', 'greeting'],
  thanks: ['chat', 'thanks'],
  identity: ['chat', 'identity'],
  'not-ours': ['not-ours', null],
  act: null,
} as const satisfies Record<string, readonly [Understanding['intent'], Topic | null] | null>

export type ReadKind = keyof typeof meanings
export const readKinds = Object.keys(meanings) as ReadKind[]

/** A message as a model read it. */
export interface Reading {
  kind: ReadKind
  /** Which of the goods it is about, by places from 1. */
  about: number[]
  /** What is wanted or asked, said anew so that it stands alone, in the store's language; empty where the kind says it all. */
  words: string
  /** What somebody has to be kept from, or what is not wanted. */
  without: string[]
  /** Of the message, as a code, where it is not the store's; else empty. */
  language: string
}

/** A message as the planner takes it. */
export interface Heard {
  /** The shopper's own, or the model's `words` in its place. */
  message: string
  understanding: Understanding
  /** Whether a model read it, so that nothing is guessed any more. */
  isRead: boolean
}

/** A message as a model read it, for the record. */
export interface ReadByModel {
  reading: Reading
  model: string
  tookMs: number
}

/** A message that a model read, and what the planner makes of it. */
export interface ReadMessage {
  by: ReadByModel
  heard: Heard
  /** What the rules heard and a model did not: it is said beside the answer. */
  caution: Caution | null
}

/** Somebody may be in danger after all; somebody may have to be kept from something after all; what is asked of goods nobody may promise. */
export type Caution =
  | { kind: 'danger'; isOfMedicine: boolean }
  | { kind: 'allergy'; what: readonly string[] }
  | { kind: 'safety' }

const wishes: ReadonlySet<ReadKind> = new Set(['find', 'allergy'])
/** Kinds that say nothing without words, or without a product that they are about. */
const needsWords: ReadonlySet<ReadKind> = new Set(['find', 'advice'])
const needsSubject: ReadonlySet<ReadKind> = new Set(['question', 'price', 'opinions', 'price-history'])

/**
 * Turns what a model read into what the rules give: its words are understood by the same rules, so that a constraint still holds only what
 * the catalog states; its kind and the products that it points at count instead of those that the rules would guess. Null where it says
 * too little, or holds a number that nobody said.
 */
export function heardBy(
  reading: Reading,
  {
    message,
    said,
    recent,
    goods,
    inSight,
    fits,
    limits,
    vocabulary,
    lexicon,
  }: {
    message: string
    said: Understanding
    recent: readonly string[]
    goods: readonly Product[]
    inSight: readonly string[]
    /** Goods that it chose. */
    fits: readonly Product[]
    /** Limits of prices that hold by the shop's own reading: they stand where the model's words leave them out. */
    limits: readonly Constraint[]
    vocabulary: FacetVocabulary
    lexicon: Lexicon
  },
): Heard | null {
  const meaning = meanings[reading.kind]
  const about = reading.about.flatMap((place) => goods[place - 1] ?? [])
  const ids = about.map(({ id }) => id).filter((id) => inSight.includes(id))
  const words = reading.words.trim()
  if (meaning === null || about.length < reading.about.length) return null
  if (needsWords.has(reading.kind) && words === '') return null
  if (needsSubject.has(reading.kind) && ids.length + fits.length === 0 && words === '') return null
  const seen = goods.filter(({ id }) => inSight.includes(id))
  const titles = [...seen, ...about, ...fits].map(({ title }) => title)
  if (!saysNoOtherNumbers(words, [message, ...recent, ...titles])) return null
  const [intent, topic] = meaning
  const heard = words === '' ? message : words
  const understood = understand(heard, { vocabulary, lexicon, context: { shown: false } })
  const keepsLimits = wishes.has(reading.kind) && !understood.constraints.some(({ kind }) => kind === 'price')
  const constraints = keepsLimits ? [...understood.constraints, ...limits] : understood.constraints
  const spokenLanguage = said.spokenLanguage ?? otherLanguage(reading.language, message, lexicon)
  const isRelative = reading.kind === 'cheaper' || reading.kind === 'dearer'
  return {
    message: heard,
    isRead: true,
    understanding: {
      ...understood,
      constraints: unwantedBy(constraints, intent === 'allergy' ? [] : reading.without, lexicon),
      intent,
      topic,
      reference: isRelative
        ? {
            kind: 'relative',
            direction: reading.kind === 'cheaper' ? 'cheaper' : 'pricier',
            ...(ids[0] === undefined ? {} : { than: ids[0] }),
          }
        : ids.length > 0
          ? { kind: 'shown', ids }
          : null,
      keptFrom: intent === 'allergy' ? reading.without : [],
      unreadLanguage: null,
      ...(spokenLanguage === undefined ? {} : { spokenLanguage }),
    },
  }
}

/**
 * Constraints with what is not wanted: what is said to be free of it ("without teflon"), and what the model names as such. What else denies
 * something rules nothing out: "that does not come in a bottle" is met by a listing that says so.
 */
function unwantedBy(
  constraints: readonly Constraint[],
  without: readonly string[],
  lexicon: Lexicon,
): Constraint[] {
  const stemsOf = (text: string) => contentStems(text, lexicon)
  const named = new Set(without.flatMap(stemsOf))
  const kept = constraints.filter((one) => {
    if (one.kind !== 'unnamed' && !(one.kind === 'facet' && one.negated)) return true
    const words = one.kind === 'unnamed' ? one.words : one.text
    return stemsOf(words).some((stem) => named.has(stem)) || asksFreeOf({ text: one.text, words }, lexicon)
  })
  const known = new Set(kept.flatMap((one) => (one.kind === 'unnamed' ? stemsOf(one.words) : [])))
  const added = without.filter(
    (what) => what.trim() !== '' && !stemsOf(what).every((stem) => known.has(stem)),
  )
  return [...kept, ...added.map((what): Constraint => ({ kind: 'unnamed', words: what, text: what }))]
}

/** Fewer words may be a name, whose language says nothing of who writes it. */
const leastTelling = 3

/** The language that a model says a message is in, where the shop speaks it and it is not the store's. */
function otherLanguage(said: string, message: string, { language }: Lexicon): LanguageCode | undefined {
  const code = languageCodes.find((each) => each === said.trim().toLowerCase())
  const words = lexemesOf(message, language.code).filter(({ kind }) => kind === 'word')
  return code === language.code || words.length < leastTelling ? undefined : code
}

/** Whether each number in some words was said before, however it was written: `50000` for "50 mil". Of such as are spelled out, one may be written in digits. */
function saysNoOtherNumbers(words: string, before: readonly string[]): boolean {
  const digits = (text: string) =>
    Array.from(text.matchAll(/\d[\d.,]*/g), ([number]) => number.replaceAll(/\D/g, '').replace(/0+$/, ''))
  const known = new Set(before.flatMap(digits))
  const other = digits(words).filter((number) => !known.has(number))
  return other.length <= (known.size === 0 ? 1 : 0)
}

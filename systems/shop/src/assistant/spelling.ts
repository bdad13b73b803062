import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Catalog, ProductSearch } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf, grammarRoles } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { numberWords } from '../language/numbers.ts'
import { turnExamples } from '../language/turn-examples.ts'
import type { Language } from '../language/language.ts'
import { unitsOf } from '../language/units.ts'
import { goodsTalkWords } from '../understand/turn-kind.ts'
import { compileVocabulary, isStated } from '../understand/vocabulary.ts'
import { editDistance } from '../search/rank/similar-terms.ts'
import { listingStems } from './wishes.ts'
import { areForms, meaningOf } from './words.ts'

/** A message as it was heard, and the words that were taken for others of the catalog. */
export interface Spelled {
  text: string
  mended: { said: string; meant: string }[]
}

interface Sources {
  catalog: Catalog
  search: ProductSearch
  vocabulary: FacetVocabulary
  lexicon: Lexicon
}

/** Shorter words are too like each other. */
const shortest = 5
/** From this length on one letter may be another one; from the next on two slips are believed. */
const longEnough = 7
const long = 9
/** How many of the best matches say how a word is written here. */
const lookedAt = 24
/** More unknown words than these are another language, or nonsense. */
const mostUnknown = 4

/**
 * A message with its misspelt words written as titles, shelves and values of the catalog write them: `bacon` for "baccon". A word that
 * any listing, or the language's own data, knows is left as it is.
 */
export async function mendSpelling(message: string, sources: Sources): Promise<Spelled> {
  const { lexicon, vocabulary } = sources
  const compiled = compileVocabulary(vocabulary, lexicon)
  const known = knownWords(lexicon.language)
  const unknown = lexemesOf(message).filter(({ kind, word }) => {
    const isLong = word.length >= shortest || swappedLittle(word, lexicon) !== null
    if (kind !== 'word' || !isLong || !/^\p{L}+$/u.test(word)) return false
    const stem = lexicon.meaning(word)
    const isOurs = known.has(word) || lexicon.isFunctionWord(word) || lexicon.language.isRequestWord(word)
    return !isOurs && !isStated(stem, compiled) && compiled.nouns?.has(stem) !== true
  })
  if (unknown.length === 0 || unknown.length > mostUnknown) return { text: message, mended: [] }
  const found = await Promise.all(unknown.map((lexeme) => meantBy(lexeme, sources)))
  const mended: Spelled['mended'] = []
  let text = message
  for (const [at, { start, end }] of [...unknown.entries()].toReversed()) {
    const { meant, isTalk } = found[at] ?? { meant: null, isTalk: false }
    // Several words that nobody knows may be of another language.
    if (meant === null || (isTalk && unknown.length > 1)) continue
    // How a question is put names nothing: nobody needs to be told that it was read so.
    if (!isTalk) mended.unshift({ said: message.slice(start, end), meant })
    text = `${text.slice(0, start)}${meant}${text.slice(end)}`
  }
  return { text, mended }
}

/**
 * The word of titles, shelves and values that a word is most likely a misspelling of, else the one of the language's own that questions are put in
 * ("diffrence"); null where a listing knows it as it is.
 */
async function meantBy(
  { word }: Lexeme,
  { search, catalog, lexicon }: Sources,
): Promise<{ meant: string | null; isTalk: boolean }> {
  const request = { text: word, constraints: [], sort: 'relevance' as const, limit: lookedAt, offset: 0 }
  const { hits } = await search.search(request)
  const products = await catalog.products(hits.map(({ productId }) => productId))
  const stem = meaningOf(word, lexicon)
  if (products.some((product) => listingStems(product, lexicon).has(stem)))
    return { meant: null, isTalk: false }
  const texts = word.length < long ? [] : products.map(({ description }) => description)
  const little = swappedLittle(word, lexicon)
  if (word.length < shortest) return { meant: little, isTalk: true }
  const named = mostWritten(word, products.map(namingText)) ?? mostWritten(word, texts)
  if (named !== null) return { meant: named, isTalk: false }
  // A short word is as likely a thing that the store does not have: "carro" is no slip for "caro", which would be heard by nobody.
  if (word.length <= shortest) return { meant: null, isTalk: false }
  const [talk = null] = [...goodsTalkWords(lexicon.language)]
    // Another ending makes a form of a word, and no slip.
    .filter((each) => isSlip(word, each) && !areForms(lexicon.stem(word), lexicon.stem(each)))
    .toSorted((a, b) => editDistance(fold(word), a, 2) - editDistance(fold(word), b, 2))
  return { meant: talk, isTalk: true }
}

/** Fewer letters are names and units. */
const shortestLittle = 3

/** The little word of which a short one is written with two letters swapped: `the`, of "teh". Null where there is none. */
function swappedLittle(word: string, lexicon: Lexicon): string | null {
  if (word.length < shortestLittle || word.length >= shortest || lexicon.isFunctionWord(word)) return null
  for (let at = 1; at < word.length; at++) {
    const swapped = `${word.slice(0, at - 1)}${word[at] ?? ''}${word[at - 1] ?? ''}${word.slice(at + 1)}`
    if (lexicon.isFunctionWord(swapped)) return swapped
  }
  return null
}

/** The word that most of some texts write, of those that a word may be a slip for. */
function mostWritten(word: string, texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const written of new Set(lexemesOf(text).map((lexeme) => lexeme.word)))
      if (isSlip(word, written)) counts.set(written, (counts.get(written) ?? 0) + 1)
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
  return best?.[0] ?? null
}

const namingText = ({ title, categories, attributes }: Product): string =>
  [title, ...categories, ...Object.values(attributes).flat()].join(' ')

/** Whether a word is another with a letter left out, doubled, swapped or, in long words, mistaken. The first letter is hardly ever wrong. */
export function isSlip(said: string, meant: string): boolean {
  const [a, b] = [fold(said), fold(meant)]
  if (a === b || a[0] !== b[0] || b.length < shortest - 1) return false
  const allowed = a.length >= long ? 2 : 1
  if (editDistance(a, b, allowed) > allowed) return false
  // "Scarf" is no slip for "scars", nor "boots" for "boost": other letters make another word.
  return a.length !== b.length || a.length >= longEnough || (a.length > shortest && isSwap(a, b))
}

const isSwap = (a: string, b: string): boolean =>
  Array.from(a).toSorted().join('') === Array.from(b).toSorted().join('')

const read = new WeakMap<Language, ReadonlySet<string>>()

/** Words that a language's own data holds: they are no misspellings, whether or not the catalog knows them. */
function knownWords(language: Language): ReadonlySet<string> {
  const known = read.get(language)
  if (known) return known
  const { code } = language
  const texts = [
    ...turnExamples(language).map(({ text }) => text),
    ...language.synonymLines,
    ...language.askedLines,
  ]
  const words = new Set(texts.flatMap((text) => lexemesOf(text).map(({ word }) => word)))
  const grammar = grammarOf(code)
  const phrases = [
    ...grammarRoles.flatMap((role) => grammar[role]),
    ...numberWords(code).keys(),
    ...unitsOf(code).keys(),
  ]
  for (const word of phrases.flatMap((phrase) => fold(phrase).split(/[^\p{L}]+/u))) words.add(word)
  read.set(language, words)
  return words
}

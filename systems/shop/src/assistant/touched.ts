import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { isOfChild } from './asks-safety.ts'
import { isCaution, partsOf, wordsOfCautions } from './cautions.ts'
import { listingEvidence } from './evidence.ts'
import { suitsStatedAge } from './for-a-child.ts'
import { isFormOf, isSame, saidIn } from './lines/said.ts'
import type { Said } from './lines/said.ts'

/** From here on a line warns, where a message names what it speaks of. */
const leastCaution = 0.13

/**
 * What a listing warns of, forbids or does not go with that a message names: all words of one of its phrases, or a child, unless it is old enough. `beside`:
 * what else is spoken of.
 */
export function touchedCautions(
  message: string,
  product: Product,
  lexicon: Lexicon,
  beside = '',
): Evidence[] {
  const { language } = lexicon
  const called = saidIn(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`, lexicon)
  const said = saidIn(`${message} ${beside}`, lexicon)
  const children = saidIn(grammarOf(language.code).child.join(' '), lexicon)
  const isAmong = (words: readonly Said[], word: Said): boolean =>
    words.some((one) => isSame(one, word) || isFormOf(one, word))
  const isOfChildren = (phrase: readonly Said[]): boolean =>
    phrase.some((word) => children.some((child) => isSame(child, word)))
  const put = wordsOfCautions(lexicon)
  const ofChild = isOfChild(message, language)
  const isTouched = (part: string): boolean => {
    const phrases = phrasesIn(part, lexicon)
    const isOld = ofChild ? suitsStatedAge(part, message, language.code) : null
    if (isOld === false && phrases.some(isOfChildren)) return true
    return (
      isCaution(part, lexicon, leastCaution) &&
      phrases.some((phrase) =>
        isOfChildren(phrase)
          ? ofChild && isOld !== true
          : phrase.some((word) => !isAmong(called, word) && !put.has(word.stem)) &&
            phrase.every((word) => isAmong(said, word)),
      )
    )
  }
  return listingEvidence(product, lexicon).filter(
    ({ kind, text }) => kind === 'listing' && partsOf(text).some(isTouched),
  )
}

/** What a text speaks of: its words of content that stand side by side, in German the nouns among them. */
function phrasesIn(text: string, lexicon: Lexicon): Said[][] {
  const { code } = lexicon.language
  const little = littleWords(code)
  const saysMore = ({ kind, isContent, unit, count, word }: Token): boolean =>
    kind === 'word' && word.length > 1 && isContent && unit === null && count === null && !little.has(word)
  const found: { said: Said; isNoun: boolean }[][] = [[]]
  tokenize(text, lexicon).forEach((token, at) => {
    if (token.breakBefore || !saysMore(token)) found.push([])
    if (saysMore(token))
      found.at(-1)?.push({
        said: { word: token.word, stem: lexicon.stem(token.word), meaning: token.stem, at },
        isNoun: code === 'de' && /^\p{Lu}/u.test(text.slice(token.start)),
      })
  })
  return found.flatMap((phrase) => {
    const nouns = phrase.filter(({ isNoun }) => isNoun)
    const kept = (nouns.length > 0 ? nouns : phrase).map(({ said }) => said)
    return kept.length === 0 ? [] : [kept]
  })
}

const known = new Map<LanguageCode, ReadonlySet<string>>()

/** Words that deny, limit or compare: no line speaks of them. */
function littleWords(code: LanguageCode): ReadonlySet<string> {
  const grammar = grammarOf(code)
  const words =
    known.get(code) ??
    new Set(
      (
        [
          'not',
          'nor',
          'without',
          'only',
          'must',
          'too',
          'below',
          'above',
          'at-least',
          'at-most',
          'most',
          'least',
          'less',
          'years',
        ] as const
      )
        .flatMap((role) => grammar[role])
        .flatMap((phrase) => fold(phrase).split(' ')),
    )
  known.set(code, words)
  return words
}

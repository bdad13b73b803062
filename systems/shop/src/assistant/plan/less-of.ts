import { asksWhich } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { speaksOf } from '../../understand/turn-kind.ts'
import { findLower } from '../../understand/lower.ts'
import { comparativeIn } from '../by-measure.ts'

/**
 * What a message wants less of than what is in sight, as it says it: "et un moins sucré ?", "something less sweet". Null where it says
 * anything behind that, or wants less of a price or a measure, which are told by numbers.
 */
export function lessOf(message: string, lexicon: Lexicon): string | null {
  const { language } = lexicon
  const { code } = language
  const found = new RegExp(`${anyOf(grammarOf(code).less)}\\s+(?=\\p{L})`, 'iu').exec(message)
  if (found === null || findLower(message, code) !== null || comparativeIn(message, lexicon) !== null)
    return null
  // "Laquelle est la moins large ?" asks which it is.
  if (isSuperlative(message, code) || asksWhich(message, code)) return null
  const saying = (text: string) =>
    lexemesOf(text, code).filter(
      ({ kind, word }) => kind !== 'sign' && !language.isFunctionWord(word) && !language.isRequestWord(word),
    )
  const rest = message.slice(found.index + found[0].length)
  const [word, ...more] = saying(rest)
  if (word?.kind !== 'word' || word.start > 0 || more.length > 0) return null
  // "Not so expensive" is of the price.
  const { dear, cheap } = grammarOf(code)
  if (
    new RegExp(anyOf([...dear, ...cheap]), 'iu').test(rest) ||
    speaksOf(rest, ['price', 'cheaper'], language)
  )
    return null
  return saying(message.slice(0, found.index)).length <= mostBefore ? rest.slice(0, word.end) : null
}

/** "Something", "one": so many words stand before it that name nothing of their own. */
const mostBefore = 1

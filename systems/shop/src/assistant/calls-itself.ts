import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'

/**
 * Whether a description points at its product by a word: notebooks at "this light laptop", slides at "the slip-on sandal" where a clause
 * begins; gloves are only worn with helmets. `isSure`: "our table" and "as a table" may be another thing, and so may "the table" but for the first words.
 */
export function callsItself(
  { description }: Product,
  word: string,
  lexicon: Lexicon,
  { isSure = false }: { isSure?: boolean } = {},
): boolean {
  const grammar = grammarOf(lexicon.language.code)
  const phrasesOf = (role: 'this' | 'the') => grammar[role].map((phrase) => fold(phrase).split(' '))
  const own = new Set(grammar.own.map((phrase) => fold(phrase)))
  const pointing = phrasesOf('this').filter(
    ([first = '', ...more]) => !isSure || (more.length === 0 && !own.has(first)),
  )
  const articles = phrasesOf('the')
  const said = lexemesOf(fold(description))
  const meant = lexicon.meaning(word)
  return said.some((each, at) => {
    if (each.kind !== 'word' || lexicon.meaning(each.word) !== meant) return false
    return [0, 1, 2].some((between) => {
      const stands = (phrase: readonly string[]) =>
        phrase.every((one, index) => said[at - between - phrase.length + index]?.word === one)
      const begins = (phrase: readonly string[]) => {
        const from = at - between - phrase.length
        return from === 0 || (!isSure && said[from]?.breakBefore === true)
      }
      return pointing.some(stands) || articles.some((phrase) => stands(phrase) && begins(phrase))
    })
  })
}

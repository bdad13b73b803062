import type { Product } from '../../domain/product.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import { languageOf } from '../../language/language.ts'
import { languageCodes } from '../../language/languages.ts'

type Named = Pick<Product, 'id' | 'title'> & Partial<Pick<Product, 'brand'>>

const mostWords = 6
const mostCharacters = 48

/**
 * A title as one would say it aloud: up to where it begins to list what the thing has. Words are added until no other of the products
 * would be called the same; of two with one title the brand is said.
 */
export function sayTitle(product: Named, among: Iterable<Named>): string {
  const rest = [...among].filter((other) => other.id !== product.id)
  const { brand } = product
  const isOfBrand =
    typeof brand === 'string' && rest.some((other) => other.title === product.title && other.brand !== brand)
  const said = saidAlone(product.title.replaceAll(/\s+/g, ' ').trim(), rest, product.title)
  return isOfBrand && !fold(said).includes(fold(brand)) ? `${brand} ${said}` : said
}

function saidAlone(title: string, rest: readonly Pick<Product, 'title'>[], own: string): string {
  const others = rest.filter((other) => other.title !== own)
  const words = title.split(' ')
  const shortest = withWhom(cut(title), words)
  for (let count = shortest.split(' ').length; count < words.length; count++) {
    const said = trimmed(withoutLoose(words.slice(0, count)).join(' '))
    if (!endsInBracket(said) && !others.some((other) => other.title.startsWith(said))) return said
  }
  return trimmed(title)
}

/** Before a bracket, a bar, a dash or a list, and no longer than a breath. */
function cut(title: string): string {
  if (title.length <= mostCharacters && title.split(' ').length <= mostWords) return title
  const clause = title.split(/\s*(?:[([|;]|,\s| [-–—] )/)[0] ?? title
  const first = clause.split(' ').length >= 2 ? clause : title
  let words = first.split(' ').slice(0, mostWords)
  while (words.length > 2 && words.join(' ').length > mostCharacters) words = words.slice(0, -1)
  return words.join(' ')
}

/** A title that would be cut before or within "for dogs" is said with it: it tells whom it is not for. */
function withWhom(shortest: string, words: readonly string[]): string {
  const count = shortest.split(' ').length
  const led = words.findIndex((word, at) => at >= count - 1 && at <= count && isFor(word))
  const after = words.slice(led + 1).findIndex((word) => !isLoose(word))
  return led === -1 || after === -1 ? shortest : words.slice(0, led + after + 2).join(' ')
}

const isFor = (word: string): boolean =>
  languageCodes.some((code) => grammarOf(code).for.some((one) => fold(one) === fold(word)))

const endsInBracket = (text: string): boolean => /[([][^)\]]*$/.test(text)

/** Whether a word is an article, a preposition or the like: whichever language titles are in, one that is cut after it reads on. */
const isLoose = (word: string): boolean =>
  languageCodes.some((code) => languageOf(code).isFunctionWord(fold(word)))

/** Words up to the last that says something, two at least. */
function withoutLoose(words: readonly string[]): readonly string[] {
  const last = words.findLastIndex((word) => !isLoose(word))
  return words.slice(0, Math.max(last + 1, Math.min(2, words.length)))
}

/** No loose word or sign at the end. */
const trimmed = (text: string): string =>
  text
    .replace(/(?:\s+(?:with|for|and|or|of|in|the|a|an|to|by|&|\+|[-–—,/(]))+$/i, '')
    .replace(/[\s,;:(/–—-]+$/, '')

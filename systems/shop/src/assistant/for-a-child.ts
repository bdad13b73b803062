import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

/** From this age on nobody is a child to a shop. */
const grown = 13

interface AgeReader {
  /** "8 year old", "3-6 ans", "ab 3 Jahren": a number or two and a word of years. */
  stated: RegExp
  child: RegExp
}

const readers = new Map<LanguageCode, AgeReader>()

function readerOf(code: LanguageCode): AgeReader {
  const known = readers.get(code)
  if (known !== undefined) return known
  const { years, child } = grammarOf(code)
  const reader = {
    stated: new RegExp(
      `(?<![\\p{L}\\p{N}.,])(\\d{1,2})(?:\\s*(?:-|to|a|bis|tot|till)\\s*(\\d{1,2}))?\\s*\\+?[\\s-]*${anyOf(years)}`,
      'gu',
    ),
    child: new RegExp(anyOf(child), 'u'),
  }
  readers.set(code, reader)
  return reader
}

/** The age of the child that a message is for; null where it names none, or somebody grown. */
export function childsAge(message: string, code: LanguageCode): number | null {
  const [match] = fold(message).matchAll(readerOf(code).stated)
  const age = Number(match?.[1] ?? Number.NaN)
  return age < grown ? age : null
}

/**
 * How well a listing suits a child of an age: 1 where it states an age up to theirs, or is for children and states none; -1 where
 * all that it states are above; else 0.
 */
export function suitsAge(product: Product, age: number, code: LanguageCode): number {
  const { stated, child } = readerOf(code)
  const naming = fold(
    [product.title, ...product.categories, ...Object.values(product.attributes).flat()].join(' . '),
  )
  const text = `${naming} . ${fold(product.description)}`
  const ages = [...text.matchAll(stated)].flatMap(([, from, to]) => {
    const [least, most] = [Number(from), to === undefined ? grown : Number(to)]
    return least < grown ? [{ least, most }] : []
  })
  if (ages.length === 0) return child.test(naming) ? 1 : 0
  return ages.some(({ least, most }) => least <= age && age <= most) ? 1 : -1
}

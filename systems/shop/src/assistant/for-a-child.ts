import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import { languageOf } from '../language/language.ts'
import type { Language } from '../language/language.ts'
import type { LanguageCode } from '../language/languages.ts'
import { lexemesOf } from '../language/lexemes.ts'

/** From this age on nobody is a child to a shop. */
const grown = 13

interface AgeReader {
  /** "8 year old", "3-6 ans", "ab 3 Jahren": a number or two and a word of years. */
  stated: RegExp
  child: RegExp
  /** The same words, one by one. */
  words: ReadonlySet<string>
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
    words: new Set(child.map((word) => fold(word))),
  }
  readers.set(code, reader)
  return reader
}

/** The age of the child that a message is for; null where it names none, or somebody grown. */
export function childsAge(message: string, code: LanguageCode): number | null {
  const [match] = fold(message).matchAll(readerOf(code).stated)
  const age = Number(match?.[1] ?? ageToldBare(message, code) ?? Number.NaN)
  return age < grown ? age : null
}

/** "For my daughter, she is 3": a number that ends its clause, right behind a verb that is said of somebody whose it is. Null where none is. */
function ageToldBare(message: string, code: LanguageCode): string | null {
  const language = languageOf(code)
  const { own, who } = grammarOf(code)
  const isOf = (phrases: readonly string[], word: string) => phrases.some((phrase) => fold(phrase) === word)
  const said = lexemesOf(message, code)
  const from = said.findIndex(({ word }) => isOf(own, word))
  const at = said.findIndex(
    ({ kind }, place) =>
      kind === 'number' &&
      place > from + 2 &&
      language.isFunctionWord(said[place - 1]?.word ?? '') &&
      isOf(who, said[place - 2]?.word ?? '') &&
      said[place + 1]?.breakBefore !== false,
  )
  return from === -1 || at === -1 ? null : (said[at]?.word ?? null)
}

/** The word of a message that says that something is for children, as it was written; null where none does, or it is denied. */
export function childrenIn(message: string, language: Language): string | null {
  const words = lexemesOf(message)
  const at = words.findIndex(({ word }) => readerOf(language.code).words.has(word))
  const [found, before, earlier] = [words[at], words[at - 1], words[at - 2]]
  const isDenied = [before, earlier].some((one) => one !== undefined && language.isNegation(one.word))
  return found === undefined || isDenied ? null : message.slice(found.start, found.end)
}

/** Whether a message speaks of a child: by such a word, by an age in years, or by one behind whose it is ("my niece of 2"). */
export const speaksOfChild = (message: string, language: Language): boolean =>
  childsAge(message, language.code) !== null ||
  childrenIn(message, language) !== null ||
  ageBehindOwner(message, language.code) !== null

/** "My niece of 2", "unser Kleiner ist 4"; null where no such number stands right behind whose it is. */
function ageBehindOwner(message: string, code: LanguageCode): number | null {
  const own = new Set(grammarOf(code).own.map((word) => fold(word)))
  const said = lexemesOf(message, code)
  const ages = said.flatMap(({ word }, at) =>
    own.has(word)
      ? said
          .slice(at + 2, at + 4)
          .flatMap((one) => (one.kind === 'number' && Number(one.word) < grown ? Number(one.word) : []))
      : [],
  )
  return ages[0] ?? null
}

/** Whether a listing is for children: by its title, its shelves or what it states. */
export const isForChildren = (product: Product, code: LanguageCode): boolean =>
  readerOf(code).child.test(namingOf(product)) ||
  [...readerOf(code).words].some((word) =>
    fold(product.title)
      .split(/\s+/)
      .some((each) => each.startsWith(word)),
  )

const namingOf = ({ title, categories, attributes }: Product): string =>
  fold([title, ...categories, ...Object.values(attributes).flat()].join(' . '))

/**
 * How well a listing suits a child of an age: 1 where it states an age up to theirs, or is for children and states none; -1 where
 * all that it states are above; else 0.
 */
export function suitsAge(product: Product, age: number, code: LanguageCode): number {
  const { stated, child } = readerOf(code)
  const naming = namingOf(product)
  const text = `${naming} . ${fold(product.description)}`
  const ages = [...text.matchAll(stated)].flatMap(([, from, to]) => {
    const [least, most] = [Number(from), to === undefined ? grown : Number(to)]
    return least < grown ? [{ least, most }] : []
  })
  if (ages.length === 0) return child.test(naming) ? 1 : 0
  return ages.some(({ least, most }) => least <= age && age <= most) ? 1 : -1
}

/** Whether the child that a message is for is as old as a text says at the least; null where either names no age. */
export function suitsStatedAge(text: string, message: string, code: LanguageCode): boolean | null {
  const age = childsAge(message, code) ?? ageBehindOwner(message, code)
  const [match] = fold(text).matchAll(readerOf(code).stated)
  return age === null || match === undefined ? null : age >= Number(match[1])
}

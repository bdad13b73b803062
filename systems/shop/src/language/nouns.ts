import type { Language } from './language.ts'
import { withoutElision } from './elision.ts'
import { fold } from './fold.ts'
import { anyOf, grammarOf } from './grammar.ts'
import { nounFirst } from './languages.ts'
import { lexemesOf } from './lexemes.ts'
import type { Lexeme } from './lexemes.ts'
import { unitsOf } from './units.ts'

/** The noun of a phrase: its last word, in French, Spanish, Italian and Portuguese its first. */
export const headOf = <Word>(phrase: readonly Word[], { code }: Language): Word | undefined =>
  nounFirst.has(code) ? phrase[0] : phrase.at(-1)

const phraseEnds = /[,;:()[\]–—|/&+]|\s-\s|\.\s/u

/** The phrases of a title, in its order. */
export const titleSegments = (title: string): string[] => title.split(phraseEnds)

/** The phrases of a title: whether a slash joins one to the one before it, and whether the one behind its own slash is of several words. */
function titleParts(title: string): { text: string; isJoined: boolean; goesOn: boolean }[] {
  const texts = titleSegments(title)
  let end = 0
  const parts = texts.map((text) => {
    const start = end
    end = start + text.length
    // Every sign that ends a phrase stands where it was cut.
    const isJoined = start > 0 && /\S\/$/u.test(title.slice(0, start)) && /^\S/u.test(text)
    end += cutAt(title, end)
    return { text, isJoined }
  })
  return parts.map((part, at) => {
    const next = parts[at + 1]
    return { ...part, goesOn: next?.isJoined === true && /\S\s+\p{L}/u.test(next.text) }
  })
}

/** How many letters the sign has that ends a phrase there. */
const cutAt = (title: string, at: number): number => (phraseEnds.exec(title.slice(at))?.[0] ?? '').length

/**
 * What a title calls its product, folded: the noun of each of its phrases, `pens` of "VITOLER 8 Pack Ballpoint Pens, 1.0mm" and `case` of
 * "Pencil Case (Light green)". What stands after "for" or "with" it only goes with, and a phrase that is the brand's name alone says nothing.
 * A phrase that ends in a quality is called by what stands before it as well: `cable` of "Patch Cable Black".
 */
export function titleNouns(
  title: string,
  brand: string | null,
  language: Language,
  isQuality: (word: string) => boolean = () => false,
): Set<string> {
  const nouns = new Set<string>()
  const grammar = grammarOf(language.code)
  const goesWith = new Set([...grammar.for, ...grammar.with].map((phrase) => fold(phrase)))
  const maker = contentWords(brand ?? '', language)
  const brandName = maker.join(' ')
  const isMade = (words: readonly string[]): boolean =>
    brandName !== '' && words.length > maker.length && words.slice(0, maker.length).join(' ') === brandName
  let isOfPurpose = false
  for (const { text: segment, isJoined, goesOn } of titleParts(withoutElision(title, language.code))) {
    // "For select IBM/LENOVO laptops": what stands behind a slash is of the same phrase.
    if (isJoined && isOfPurpose) continue
    isOfPurpose = false
    let phrase: string[] = []
    /** How many words there are up to the last that is written as nouns are. */
    let capitals = 0
    let before: Lexeme['kind'] | null = null
    const close = (): void => {
      // "CosRX Serum" is a serum.
      if (isMade(phrase)) {
        phrase = phrase.slice(maker.length)
        capitals -= maker.length
      }
      if (phrase.join(' ') !== brandName)
        for (const head of [
          headOf(phrase, language),
          headOf(phrase.slice(0, phrase.findLastIndex((word) => !isQuality(word)) + 1), language),
          // "Tintenpatronen königsblau": a language that writes its nouns so says itself which is one.
          ...(language.code === 'de' ? [headOf(phrase.slice(0, Math.max(0, capitals)), language)] : []),
        ])
          // A "T-shirt" is called a shirt, too.
          if (head !== undefined) nouns.add(head).add(head.slice(head.lastIndexOf('-') + 1))
      phrase = []
      capitals = 0
    }
    for (const { word, kind, isCapital } of hyphensJoined(segment)) {
      if (kind === 'word' && language.isFunctionWord(word)) {
        if (phrase.length === 0 && !goesWith.has(word)) continue
        isOfPurpose = goesWith.has(word)
        break
      }
      // "Desk 120 x 60", "Sunscreen SPF50": a number measures what stands before it, and its unit names nothing.
      const isUnit = before === 'number' && unitsOf(language.code).has(word)
      before = kind
      if (isUnit) continue
      if (kind === 'word' && !/\d/.test(word)) {
        phrase.push(word)
        if (isCapital) capitals = phrase.length
      } else if (phrase.length > 0) close()
    }
    // A "TV/Monitor Wall Mount" is a mount, and no TV.
    if (goesOn && !isOfPurpose && !nounFirst.has(language.code)) continue
    close()
  }
  return nouns
}

const shelfSigns = new WeakMap<Language, { parts: RegExp; ends: RegExp }>()

/** What parts a shelf's name, and what ends the goods in a part of it. */
function shelfSignsOf(language: Language): { parts: RegExp; ends: RegExp } {
  const known = shelfSigns.get(language)
  if (known) return known
  const grammar = grammarOf(language.code)
  const signs = {
    parts: new RegExp(`[&/,>|]|${anyOf(grammar.and)}`, 'u'),
    ends: new RegExp(anyOf([...grammar.for, ...grammar.with]), 'u'),
  }
  shelfSigns.set(language, signs)
  return signs
}

/** What stands on a shelf, folded: the noun that heads each part of its name, `lamps` of "Table lamps", `pots` and `pans` of "Pots & pans for gas". */
export function shelfNouns(name: string, language: Language): string[] {
  const { parts, ends } = shelfSignsOf(language)
  const accessories = new Set(grammarOf(language.code).accessories.map((word) => fold(word)))
  return withoutElision(name, language.code)
    .toLowerCase()
    .split(parts)
    .flatMap((part) => {
      const [goods = ''] = part.split(ends)
      const words = contentWords(goods, language)
      // "Trapani accessori", in whatever order, holds no drills.
      return words.find((word) => accessories.has(word)) ?? headOf(words, language) ?? []
    })
}

const contentWords = (text: string, language: Language): string[] =>
  hyphensJoined(text).flatMap(({ word, kind }) =>
    kind !== 'sign' && !language.isFunctionWord(word) ? [word] : [],
  )

/** The lexemes of a text, words with a hyphen as one. */
function hyphensJoined(text: string): (Pick<Lexeme, 'word' | 'kind'> & { isCapital: boolean })[] {
  const joined: (Pick<Lexeme, 'word' | 'kind'> & { isCapital: boolean })[] = []
  for (const { word, kind, hyphenated, start } of lexemesOf(text)) {
    const last = joined.at(-1)
    if (hyphenated && kind === 'word' && last?.kind === 'word') last.word += `-${word}`
    else joined.push({ word, kind, isCapital: /^\p{Lu}/u.test(text.slice(start)) })
  }
  return joined
}

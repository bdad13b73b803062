import { withoutElision } from '../language/elision.ts'
import { fold } from '../language/fold.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'

/** A word of a text with its place, lower-cased, apostrophes kept ("don't"). */
export interface Word {
  text: string
  start: number
  end: number
}

/** Words in order. Numbers with a decimal point, hyphenated words and contractions are one word. */
export function words(text: string): Word[] {
  const found: Word[] = []
  const push = (start: number, end: number) =>
    found.push({ text: text.slice(start, end).toLowerCase().replaceAll('’', "'"), start, end })
  let open: { start: number; end: number } | null = null
  for (const lexeme of lexemesOf(text).flatMap((each) => partsOf(text, each))) {
    if (open !== null && /^['’.-]?$/.test(text.slice(open.end, lexeme.start))) open.end = lexeme.end
    else {
      if (open !== null) push(open.start, open.end)
      open = { start: lexeme.start, end: lexeme.end }
    }
  }
  if (open !== null) push(open.start, open.end)
  return found
}

/** No signs; no apostrophe at the end; the two sides of `1,234` and `1/2` apart. */
function partsOf(text: string, { kind, start, end }: Lexeme): { start: number; end: number }[] {
  if (kind === 'sign') return []
  if (kind === 'word') return [{ start, end: /['’]$/.test(text.slice(start, end)) ? end - 1 : end }]
  return Array.from(text.slice(start, end).matchAll(/[^,/]+/g), (part) => ({
    start: start + part.index,
    end: start + part.index + part[0].length,
  }))
}

/** What the forms of a word share, contractions and the parts of hyphenated words included. It need not be a dictionary word. */
export function meaningOf(word: string, lexicon: Lexicon = english): string {
  const bare = fold(withoutElision(word, lexicon.language.code))
    .replace(/'s$/, '')
    .replace(/(?:n't|'\w+)$/, '')
  return bare.includes('-')
    ? bare
        .split('-')
        .map((part) => lexicon.meaning(part))
        .join('-')
    : lexicon.meaning(bare)
}

/** Carries no claim of its own. What denies ("not", "never") does. */
export function isFunctionWord(word: string, lexicon: Lexicon = english): boolean {
  const folded = fold(word)
  return lexicon.isFunctionWord(folded) && !lexicon.language.isNegation(folded)
}

/** The words of a text that can make a claim: no function words, each stemmed, in order. */
export function contentStems(text: string, lexicon: Lexicon = english): string[] {
  return words(text)
    .filter((word) => !isFunctionWord(word.text, lexicon))
    .map((word) => meaningOf(word.text, lexicon))
}

/** At least so many letters at the beginning make two words forms of one: `caffeinated`, `caffeine`. */
const sharedLetters = 5

/** Whether two stems begin alike and differ in no more than an ending. */
export function areForms(one: string, other: string): boolean {
  if (/\d/.test(one) || /\d/.test(other)) return false
  const shortest = Math.min(one.length, other.length)
  const longest = Math.max(one.length, other.length)
  if (shortest < sharedLetters) return false
  let same = 0
  while (same < shortest && one[same] === other[same]) same++
  return same >= sharedLetters && same >= longest * 0.7
}

/** Abbreviations after which a full stop ends no sentence. */
const abbreviations = /(?:^|[\s(])(?:e\.g|i\.e|vs|approx|no|incl|max|min|dr|mr|mrs|st|us|eu|uk)\.$/i

/** The same, unless a capital follows. */
const units = /(?:^|[\s(\d])(?:oz|lb|lbs|in|ft|cm|mm|kg)\.$/i
const shortWord = /(?:^|[\s(:])\p{Ll}{1,4}\.$/u

/**
 * Splits a text into sentences with their trailing space, so that joining gives the text back. A full stop inside a
 * number, after an abbreviation, or before a lower-case letter ends none. A citation marker belongs to the sentence
 * before it.
 */
export function sentences(text: string): string[] {
  const result: string[] = []
  let start = 0
  for (const match of text.matchAll(/(?:[.!?]+["”’')\]]*(?:\s*\[\d+\])*(?=\s|$)|\n+)\s*/g)) {
    const end = match.index + match[0].length
    const upToStop = text.slice(start, match.index + 1)
    const next = text[end]
    const isCutShort = abbreviations.test(upToStop) || (units.test(upToStop) && !/\p{Lu}/u.test(next ?? ''))
    if (match[0].startsWith('.') && isCutShort && next !== undefined) continue
    // "env. 108 kg", "ca. 5 m", "máx. 60 °C": a short word before a number is more often cut short than the end of a sentence.
    if (match[0].startsWith('. ') && shortWord.test(upToStop) && /\d/.test(next ?? '')) continue
    if (match[0].startsWith('.') && next !== undefined && /\p{Ll}/u.test(next)) continue
    if (text.slice(start, end).trim()) result.push(text.slice(start, end))
    start = end
  }
  if (text.slice(start).trim()) result.push(text.slice(start))
  return result
}

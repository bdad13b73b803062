import { linesOf } from './data-files.ts'
import { fold } from './fold.ts'
import type { LanguageCode } from './languages.ts'

const known = new Map<LanguageCode, ReadonlyMap<string, number>>()

/** Words of spelled-out numbers in a language, folded, with their values: `zwei`, `dozen`, `hundert`. */
export function numberWords(code: LanguageCode): ReadonlyMap<string, number> {
  const found = known.get(code) ?? readNumbers(code)
  known.set(code, found)
  return found
}

function readNumbers(code: LanguageCode): ReadonlyMap<string, number> {
  const words = new Map<string, number>()
  for (const line of linesOf(code, 'numbers')) {
    const [value = '', rest = ''] = line.split(/:(.*)/)
    for (const phrase of rest.split(','))
      if (phrase.trim() !== '') words.set(fold(phrase.trim()), Number(value))
  }
  // "one hundred" is also said without the one.
  const ones = [...words].filter(([, value]) => value === 1).map(([word]) => word)
  for (const [phrase, value] of words)
    if (value === 100 || value === 1000)
      for (const one of ones) if (phrase.startsWith(one)) words.set(phrase.slice(one.length).trim(), value)
  return words
}

/** Words of millions and the like, in the languages that the shop speaks; thousands are among the numbers of each. */
const large: Readonly<Record<string, number>> = {
  k: 1000,
  grand: 1000,
  mila: 1000,
  lakh: 100_000,
  lakhs: 100_000,
  million: 1_000_000,
  millions: 1_000_000,
  millionen: 1_000_000,
  millon: 1_000_000,
  millón: 1_000_000,
  millones: 1_000_000,
  milhão: 1_000_000,
  milhao: 1_000_000,
  milhões: 1_000_000,
  milhoes: 1_000_000,
  milione: 1_000_000,
  milioni: 1_000_000,
  miljoen: 1_000_000,
  miljon: 1_000_000,
  miljoner: 1_000_000,
}

const scales = new Map<LanguageCode, ReadonlyMap<string, number>>()

/** Words that multiply the digits before them, longest first: `mil` of "50 mil", `k` of "2k". */
export function scaleWords(code: LanguageCode): ReadonlyMap<string, number> {
  const found = scales.get(code)
  if (found !== undefined) return found
  const thousands = [...numberWords(code)].filter(([word, value]) => value === 1000 && !word.includes(' '))
  const words = [...thousands, ...Object.entries(large)].toSorted((a, b) => b[0].length - a[0].length)
  const made = new Map(words)
  scales.set(code, made)
  return made
}

/**
 * Reads a written number in any locale's separators: `1,234.50`, `1.234,50`, `1 234`, `1'234`.
 * A lone separator before exactly three digits groups thousands, otherwise it marks decimals. NaN when it is no number.
 */
export function parseNumber(text: string): number {
  const compact = text.replace(/[\s'’]/g, '')
  if (!/^\d[\d.,]*$/.test(compact)) return Number.NaN
  const trimmed = compact.replace(/[.,]+$/, '')
  const lastDot = trimmed.lastIndexOf('.')
  const lastComma = trimmed.lastIndexOf(',')
  if (lastDot >= 0 && lastComma >= 0) {
    const decimal = lastDot > lastComma ? '.' : ','
    const group = decimal === '.' ? ',' : '.'
    return Number(trimmed.replaceAll(group, '').replace(decimal, '.'))
  }
  const separator = lastDot >= 0 ? '.' : ','
  const parts = trimmed.split(separator)
  if (parts.length === 1) return Number(trimmed)
  const grouped =
    parts.slice(1).every((part) => part.length === 3) && (parts[0] ?? '').length <= 3 && parts[0] !== '0'
  if (grouped) return Number(parts.join(''))
  return parts.length === 2 ? Number(`${parts[0]}.${parts[1]}`) : Number.NaN
}

/** Reads a spelled-out number such as `fifty`, `a hundred`, `zweihundert`, `deux cents`; NaN when it is none. */
export function parseNumberWords(text: string, code: LanguageCode): number {
  const words = numberWords(code)
  const parts = fold(text)
    .trim()
    .split(/[\s-]+/)
  let total = 0
  let current = 0
  let isSeen = false
  for (let at = 0; at < parts.length;) {
    let taken = Math.min(5, parts.length - at)
    let value: number | undefined
    for (; taken > 0; taken--) {
      const stretch = parts.slice(at, at + taken)
      value = words.get(stretch.join(' ')) ?? words.get(stretch.join('-'))
      if (value !== undefined) break
    }
    if (value === undefined) {
      if (code === 'en' && (parts[at] === 'a' || parts[at] === 'and')) {
        at++
        continue
      }
      return Number.NaN
    }
    isSeen = true
    if (value === 100) current = (current === 0 ? 1 : current) * 100
    else if (value === 1000) {
      total += (current === 0 ? 1 : current) * 1000
      current = 0
    } else current += value
    at += taken
  }
  return isSeen ? total + current : Number.NaN
}

const sources = new Map<LanguageCode, string>()

/** A letter of a folded word, with and without its marks: `fünfzig` is stored as `funfzig`. */
const accented: Readonly<Record<string, string>> = {
  a: '[aàáâãäå]',
  c: '[cç]',
  e: '[eèéêë]',
  i: '[iìíîï]',
  n: '[nñ]',
  o: '[oòóôõöø]',
  u: '[uùúûü]',
}

/** As a regular expression's source: a spelled-out number of a language, in a lower-case text. */
export function numberWordsSource(code: LanguageCode): string {
  const found = sources.get(code)
  if (found !== undefined) return found
  const words = [...numberWords(code).keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((word) =>
      word.replaceAll(/[ -]/g, '[ -]').replaceAll(/[aceinou]/g, (letter) => accented[letter] ?? letter),
    )
  const any = `(?:${words.join('|')})`
  const lead = code === 'en' ? '(?:a[ -])?' : ''
  const joiner = code === 'en' ? '(?:[ -](?:and[ -])?' : '(?:[ -]'
  const source = `${lead}${any}${joiner}${any})*`
  sources.set(code, source)
  return source
}

import { currencyWords } from '../language/currencies.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { numberWordsSource, parseNumber, parseNumberWords, scaleWords } from '../language/numbers.ts'
import { unitsOf } from '../language/units.ts'

/** A number in a query that may be money. */
export interface Amount {
  value: number
  start: number
  end: number
  /** Whether a currency sign or word stands with it. */
  money: boolean
  /** ISO codes that the sign or word may mean; empty without one, or where shoppers use it loosely (`$`, `bucks`). */
  currencies: readonly string[]
  /** Whether the word right after makes the number a measure or count (`60 inches`, `20 pieces`). */
  measured: boolean
  /** What a word of scale behind the digits multiplied them by (`50 mil`, `2k`); 1 without one. */
  scale: number
}

interface AmountReader {
  pattern: RegExp
  measure: RegExp
  /** What a price is of: "each", "l'uno". */
  each: RegExp
}

/** Currency names that are other words before or after a number, so that they count on one side only. */
const neverBefore: ReadonlySet<string> = new Set(
  'won try pound pounds buck bucks dollar dollars all top real rand'.split(' '),
)
const neverAfter: ReadonlySet<string> = new Set('try rs rm rp all top'.split(' '))

/** What is counted, in the words of the eight languages that catalogs print: pieces, packs, people, stars, pixels. */
const counted =
  "\"|″|”|''|'(?!s\\b)|%|°|x(?=\\s?\\d)|by(?=\\s\\d)|d|p(?=\\s|$)|st|nd|rd|th|k?dpi|fps|rpm|psi|db|btu|hp|px|ppm|degrees?|calories|kcal|carats?|kt?|karats?|ply|thread|tier|drawers?|shelves|reviews?|bottles?|bags?|boxes|box|cans?|tablets?|capsules?|customers?|pieces?|pcs?|packs?|pk|ct|counts?|sets?|pairs?|units?|items?|rolls?|sheets?|pages?|people|persons?|players?|seats?|seater|slots?|ports?|blades?|speeds?|doors?|stars?|cups?|pints?|quarts?|qt|fl|yo|y\\/o|teilig|stück|stueck|stk|personen|paare?|seiten|sterne|gänge|blatt|pièces?|pieces?|personnes?|paires?|étoiles?|pages|places?|piezas?|personas?|pares|estrellas?|páginas?|paginas?|plazas?|uds|unidades|pezzi|pezzo|persone|paia|stelle|pagine|posti|peças?|pecas?|pessoas?|estrelas?|stuks?|personen|paar|sterren|delig|delar|stycken|st|par|stjärnor|sidor|personer"

/** "The two", "tous les quatre": so many in words are things in sight. */
const mostOfThose = 4

const readers = new Map<LanguageCode, AmountReader>()

function readerOf(code: LanguageCode): AmountReader {
  const known = readers.get(code)
  if (known !== undefined) return known
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const signs = [...currencyWords(code).keys()].toSorted((a, b) => b.length - a.length)
  const prefix = signs.filter((sign) => !neverBefore.has(sign)).map(escape)
  const suffix = signs.filter((sign) => !neverAfter.has(sign)).map(escape)
  const scales = scaleWords(code)
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}.,/]|[\\p{L}]-)(?:(?<before>${prefix.join('|')})\\.?\\s?)?` +
      `(?:(?<digits>\\d{1,3}(?:[ '’]\\d{3})+(?:[.,]\\d{1,2})?(?![\\d])|\\d+(?:[.,]\\d+)*)(?:,-)?(?:\\s?(?<scale>${[...scales.keys()].map(escape).join('|')}|m|mn)(?![\\p{L}\\p{N}]))?|(?<words>${numberWordsSource(code)})(?![\\p{L}]))` +
      `(?:\\s?[-–]?\\s?(?<after>${suffix.join('|')})(?![\\p{L}\\p{N}]))?`,
    'gu',
  )
  const units = [...unitsOf(code).keys()]
    .filter((word) => word !== 'in' && word !== 'to' && word !== '"')
    .toSorted((a, b) => b.length - a.length)
    .map(escape)
  const inches = 'in(?=$|[\\s,.]+(?:wide|long|tall|deep|high|thick|diameter|screen|monitor|tv))'
  const measure = new RegExp(
    `^(?:\\s?[-–]?\\s?)(?:${inches}|${units.join('|')}|${counted})(?![\\p{L}\\p{N}])`,
    'u',
  )
  const each = new RegExp(`^\\s*${anyOf(grammarOf(code).each)}`, 'u')
  const reader = { pattern, measure, each }
  readers.set(code, reader)
  return reader
}

/** Every number in a lower-case text that might be money, in order. */
export function findAmounts(text: string, code: LanguageCode = 'en'): Amount[] {
  const { pattern, measure, each } = readerOf(code)
  const currencyNames = currencyWords(code)
  const amounts: Amount[] = []
  for (const match of text.matchAll(pattern)) {
    const { before, digits, scale, words, after } = match.groups ?? {}
    const base = digits === undefined ? parseNumberWords(words ?? '', code) : parseNumber(digits)
    if (!Number.isFinite(base)) continue
    const sign = (before ?? after)?.toLowerCase()
    // Weight, not sterling: `pounds` after a number means money only in a store that sells in pounds; the caller knows.
    const currencies = sign === undefined ? [] : (currencyNames.get(sign) ?? [])
    // "The expensive one", "ein günstiger": in all of these languages the word for 1 is an article or a pronoun first.
    if (digits === undefined && base === 1 && sign === undefined) continue
    const isShort = scale === 'm' || scale === 'mn'
    const times = isShort ? 1_000_000 : scale === undefined ? 1 : (scaleWords(code).get(fold(scale)) ?? 1)
    const end = match.index + match[0].length
    // `5m` is five metres unless a currency stands with it.
    if (isShort && sign === undefined) {
      amounts.push({
        value: base,
        start: match.index,
        end,
        money: false,
        currencies,
        measured: true,
        scale: 1,
      })
      continue
    }
    const rest = text.slice(end)
    const joinedWord = /^[\p{L}\p{N}]/u.test(rest)
    amounts.push({
      value: base * times,
      start: match.index,
      end,
      money: sign !== undefined,
      currencies,
      // "30 l'uno" counts no litres, and "the cheaper of the two" no money.
      measured:
        sign === undefined &&
        (joinedWord ||
          (digits === undefined && base * times <= mostOfThose) ||
          ((measure.test(rest) || measure.test(fold(rest))) && !each.test(rest))),
      scale: times,
    })
  }
  return amounts
}

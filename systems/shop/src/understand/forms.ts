import { fold } from '../language/fold.ts'
import { grammarOf, type GrammarRole } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { parseNumber } from '../language/numbers.ts'
import type { Dimension } from '../language/units.ts'
import type { Token } from './text.ts'

/**
 * A typed reading of some tokens, written so that two ways to say the same thing are the same string:
 * `500ml` and `0.5 l` are both `volume:500`, `extra small` and `int:xs` both `size:int:xs`.
 */
export interface TypedForm {
  form: string
  /** Token indexes, `to` exclusive. */
  from: number
  to: number
  /** What a bare number would have to be about to mean this, e.g. `volume`; null where the form says all. */
  dimension: Dimension | null
  /** The bare number, for values that a catalog states without their unit. */
  number: string | null
}

const stemmed = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.map((word) => english.meaning(word)))

const countUnits = stemmed(['piece', 'pack', 'pk', 'ct', 'count', 'set', 'pair', 'roll', 'sheet'])
const packWords = stemmed(['pack', 'set', 'box', 'bundle', 'bag', 'case', 'lot', 'packet', 'pk'])
/** Whether a word only counts or holds what "of" names after it: "a pair of sandals". */
export const holdsOthers = (stem: string): boolean => countUnits.has(stem) || packWords.has(stem)

const regions: ReadonlySet<string> = new Set([
  'eu',
  'us',
  'uk',
  'jp',
  'cn',
  'fr',
  'it',
  'de',
  'au',
  'asia',
  'asian',
  'kr',
  'eur',
  'usa',
  'ph',
])
const regionNames: Record<string, string> = { eur: 'eu', usa: 'us', asian: 'asia' }
const letterSizes: Record<string, string> = {
  xxxs: '3xs',
  xxs: '2xs',
  xs: 'xs',
  s: 's',
  small: 's',
  m: 'm',
  medium: 'm',
  med: 'm',
  l: 'l',
  large: 'l',
  xl: 'xl',
  xxl: '2xl',
  xxxl: '3xl',
  xxxxl: '4xl',
  xlarge: 'xl',
  xsmall: 'xs',
}
const round = (value: number): string => String(Number(value.toPrecision(6)))

/** A number token's value without trailing zeros: `42.50` → `42.5`; fractions stay. */
export function plainNumber(word: string): string {
  if (word.includes('/')) return word
  const value = parseNumber(word)
  return Number.isFinite(value) ? String(value) : word
}

/** Every typed reading in a token list. With `whole`, only those that cover all of it (for a catalog's value). */
export function typedForms(tokens: readonly Token[], lexicon: Lexicon = english, whole = false): TypedForm[] {
  const forms: TypedForm[] = []
  const add = (
    form: string,
    from: number,
    to: number,
    dimension: Dimension | null = null,
    number: string | null = null,
  ): void => {
    if (!whole || (from === 0 && to === tokens.length)) forms.push({ form, from, to, dimension, number })
  }
  const last = whole ? 1 : tokens.length
  for (let at = 0; at < last; at++) {
    readSize(tokens, at, add)
    readAge(tokens, at, add)
    readCount(tokens, at, add)
    readMeasure(tokens, at, add)
    readLimit(tokens, at, lexicon.language.code, add)
    readAbsence(tokens, at, lexicon.language.code, add)
    readEveryone(tokens, at, add)
    readResistance(tokens, at, add)
  }
  return forms
}

type Add = (
  form: string,
  from: number,
  to: number,
  dimension?: Dimension | null,
  number?: string | null,
) => void

const isInch = (token: Token | undefined): boolean => token?.unit?.id === 'inch'
const isBreak = (token: Token | undefined): boolean => token?.breakBefore ?? true

function readSize(tokens: readonly Token[], at: number, add: Add): void {
  const token = tokens[at]
  if (token === undefined) return
  let next = at
  // `int:xs`, `size xs`, `extra small`, `2xl`
  if (token.word === 'int' || token.word === 'size') next++
  if (tokens[next]?.word === 'int') next++
  const head = tokens[next]
  if (head !== undefined) {
    const following = tokens[next + 1]
    const extra =
      /^(?:extra|x|double|triple)$/.test(head.word) && following !== undefined && !isBreak(following)
    const doubled = head.word === 'extra' && following?.word === 'extra'
    const base = doubled ? tokens[next + 2] : following
    const letter = extra && base !== undefined ? letterSizes[base.word] : undefined
    if (extra && letter !== undefined && /^[sl]$|^xl$/.test(letter)) {
      const times = doubled || head.word === 'double' ? 2 : head.word === 'triple' ? 3 : 1
      const name = letter === 'xl' ? `${times}xl` : times === 1 ? `x${letter}` : `${times}x${letter}`
      add(`size:int:${name.replace('1xl', 'xl')}`, at, next + (doubled ? 3 : 2))
    } else if (
      head.kind === 'number' &&
      following !== undefined &&
      /^x[sl]$|^x$/.test(following.word) &&
      following.joined
    ) {
      const name = following.word === 'x' ? `${head.word}xl` : `${head.word}${following.word}`
      add(`size:int:${name.replace(/^1x/, 'x')}`, at, next + 2)
    } else if (letterSizes[head.word] !== undefined) {
      const trailing = tokens[next + 1]?.word === 'size' && next === at && !isBreak(tokens[next + 1]) ? 1 : 0
      add(`size:int:${letterSizes[head.word]}`, at, next + 1 + trailing)
    }
  }
  // `EU 43`, `eu:43`, `EU size 43`, `size EU 43`, `size 43 EU`
  let cursor = at
  const sized = token.word === 'size' || token.word === 'sized'
  if (sized) cursor++
  const region = tokens[cursor]
  if (region !== undefined && regions.has(region.word)) {
    const name = regionNames[region.word] ?? region.word
    let number = cursor + 1
    if (tokens[number]?.word === 'size') number++
    const value = tokens[number]
    if (value?.kind === 'number') {
      add(`size:${name}:${plainNumber(value.word)}`, at, number + 1, null, plainNumber(value.word))
      return
    }
  }
  if (region?.kind === 'number') {
    const after = tokens[cursor + 1]
    if (after !== undefined && regions.has(after.word) && !isBreak(after) && (sized || after.word !== 'it')) {
      add(
        `size:${regionNames[after.word] ?? after.word}:${plainNumber(region.word)}`,
        at,
        cursor + 2,
        null,
        plainNumber(region.word),
      )
    }
    // `29-inch waist`, `29 waist`
    const inch = isInch(after) ? 1 : 0
    const waist = tokens[cursor + 1 + inch]
    if (waist?.word === 'waist' && !isBreak(waist))
      add(`size:waist:${plainNumber(region.word)}`, at, cursor + 2 + inch, null, plainNumber(region.word))
  }
  if (token.word === 'waist') {
    const skip = tokens[at + 1]?.word === 'size' ? 2 : 1
    const value = tokens[at + skip]
    if (value?.kind === 'number') {
      const inch = isInch(tokens[at + skip + 1]) ? 1 : 0
      add(`size:waist:${plainNumber(value.word)}`, at, at + skip + 1 + inch, null, plainNumber(value.word))
    }
  }
}

function readAge(tokens: readonly Token[], at: number, add: Add): void {
  const first = tokens[at]
  if (first === undefined) return
  let cursor = at
  const led = /^(?:ages?|aged)$/.test(first.word)
  if (led) cursor++
  const low = tokens[cursor]
  if (low?.kind !== 'number') return
  const unitOf = (token: Token | undefined): string | null =>
    token === undefined
      ? null
      : /^(?:years?|yrs?|yo|y)$/.test(token.word)
        ? 'y'
        : /^(?:months?|mos?|m)$/.test(token.word)
          ? 'm'
          : null
  cursor++
  let to: string | null = null
  if (/^(?:to|and|until)$/.test(tokens[cursor]?.word ?? '') && tokens[cursor + 1]?.kind === 'number') cursor++
  const high = tokens[cursor]
  if (high?.kind === 'number' && !isBreak(high) && !high.word.includes('/')) {
    to = plainNumber(high.word)
    cursor++
  }
  const unit = unitOf(tokens[cursor])
  if (unit !== null) cursor++
  if (unit === null && !led) {
    // `8+` alone is an age only where something else says so; the caller checks the facet.
    if (to === null && tokens[cursor]?.word === '+') add(`age:${plainNumber(low.word)}y+`, at, cursor + 1)
    return
  }
  if (/^(?:old|olds)$/.test(tokens[cursor]?.word ?? '') || tokens[cursor]?.word === 'of')
    cursor += tokens[cursor]?.word === 'of' ? 2 : 1
  const name = `${plainNumber(low.word)}`
  const scale = unit ?? 'y'
  if (to !== null) {
    add(`age:${name}-${to}${scale}`, at, Math.min(cursor, tokens.length))
    return
  }
  const open = openEnd(tokens, cursor)
  if (open > cursor) add(`age:${name}${scale}+`, at, open)
  else add(`age:${name}${scale}`, at, Math.min(cursor, tokens.length))
}

/** Index after `+`, `and up`, `and above`, `or older`, or the same index where none follows. */
function openEnd(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.word === '+' || tokens[at]?.word === 'plus') return at + 1
  if (
    /^(?:and|or|&)$/.test(tokens[at]?.word ?? '') &&
    /^(?:up|above|over|older|upwards?|more|higher)$/.test(tokens[at + 1]?.word ?? '')
  )
    return at + 2
  return at
}

function readCount(tokens: readonly Token[], at: number, add: Add): void {
  const first = tokens[at]
  if (first === undefined) return
  const numberAt = (token: Token | undefined): string | null =>
    token === undefined
      ? null
      : token.kind === 'number' && /^\d+$/.test(token.word)
        ? token.word
        : token.count === null
          ? token.word === 'dozen'
            ? '12'
            : token.word === 'single'
              ? '1'
              : null
          : String(token.count)
  const second = tokens[at + 1]
  const count = numberAt(first)
  // "three items" counts what the shopper asks for, "single item" how it is packed.
  const asksFor = second !== undefined && /^(?:items?|units?)$/.test(second.word) && count !== '1'
  if (count !== null && second !== undefined && countUnits.has(second.stem) && !isBreak(second) && !asksFor) {
    let to = at + 2
    if (
      packWords.has(tokens[to]?.stem ?? '') &&
      !isBreak(tokens[to]) &&
      second.stem === english.meaning('piece')
    )
      to++
    if (tokens[to]?.word === 'per') to += 2
    add(`count:${count}`, at, Math.min(to, tokens.length), null, count)
  }
  if (packWords.has(first.stem) && second?.word === 'of') {
    const inside = numberAt(tokens[at + 2])
    if (inside !== null) {
      const trailing = countUnits.has(tokens[at + 3]?.stem ?? '') && !isBreak(tokens[at + 3]) ? 1 : 0
      add(`count:${inside}`, at, at + 3 + trailing, null, inside)
    }
  }
}

function readMeasure(tokens: readonly Token[], at: number, add: Add): void {
  const first = tokens[at]
  if (first?.kind !== 'number') return
  const unitAt = (index: number): readonly [Dimension, number] | undefined => {
    const token = tokens[index]
    if (!token?.unit || isBreak(token)) return undefined
    // `in` and `a` are words unless they touch the number.
    if (/^(?:in|a|to|go)$/.test(token.word) && !token.joined) return undefined
    return [token.unit.dimension, token.unit.times]
  }
  const low = number(first.word)
  if (low === null) return
  const second = tokens[at + 1]
  const early = unitAt(at + 1)
  const connector = early === undefined ? at + 1 : at + 2
  const linked = /^(?:to|and|~)$/.test(tokens[connector]?.word ?? '') ? connector + 1 : connector
  const high = tokens[linked]
  if (high?.kind === 'number' && !isBreak(high) && (linked > connector || !high.joined)) {
    const top = number(high.word)
    const unit = unitAt(linked + 1) ?? early
    if (top !== null && top > low) {
      const bare = `${round(low)}-${round(top)}`
      if (unit !== undefined)
        add(
          `${unit[0]}:${round(low * unit[1])}-${round(top * unit[1])}`,
          at,
          linked + (unitAt(linked + 1) === undefined ? 1 : 2),
          unit[0],
          bare,
        )
      add(`range:${bare}`, at, linked + 1, unit?.[0] ?? null, bare)
    }
  }
  if (second !== undefined && early !== undefined)
    add(`${early[0]}:${round(low * early[1])}`, at, at + 2, early[0], plainNumber(first.word))
}

/** Phrases of limits by their first word, each with the side that it closes and whether it stands before the number. */
interface LimitPhrase {
  words: string[]
  side: LimitSide
}

/** `least` and `most` hold the limit itself, `above` and `below` do not. */
type LimitSide = 'least' | 'most' | 'above' | 'below'

const limitPhrases = new Map<LanguageCode, { before: LimitPhrase[]; after: LimitPhrase[] }>()

function limitsOf(code: LanguageCode): { before: LimitPhrase[]; after: LimitPhrase[] } {
  const known = limitPhrases.get(code)
  if (known !== undefined) return known
  const grammar = grammarOf(code)
  const read = (role: GrammarRole, side: LimitSide): LimitPhrase[] =>
    grammar[role].map((phrase) => ({ words: fold(phrase).split(' '), side }))
  const phrases = {
    before: [
      ...read('at-least', 'least'),
      ...read('above', 'above'),
      ...read('at-most', 'most'),
      ...read('below', 'below'),
    ],
    after: [...read('or-more', 'least'), ...read('or-less', 'most')],
  }
  limitPhrases.set(code, phrases)
  return phrases
}

const standsAt = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  at >= 0 && words.every((word, index) => tokens[at + index]?.word === word)

/** "at least 16 GB", "5000 and up", "up to 15 meters": `least:storage:16384`, `least:5000`, `most:length:15000`. */
function readLimit(tokens: readonly Token[], at: number, code: LanguageCode, add: Add): void {
  const { before, after } = limitsOf(code)
  let cursor = at
  let side: LimitSide | null = null
  const lead = before.find(({ words }) => standsAt(tokens, at, words))
  if (lead !== undefined) {
    cursor += lead.words.length
    side = lead.side
  }
  const amount = tokens[cursor]
  const value = amount?.kind === 'number' ? number(amount.word) : (amount?.count ?? null)
  if (amount === undefined || value === null) return
  cursor++
  const unit = tokens[cursor]?.unit ?? null
  const isUnit =
    unit !== null && !isBreak(tokens[cursor]) && !/^(?:in|a|to|go)$/.test(tokens[cursor]?.word ?? '')
  if (isUnit) cursor++
  if (side === null) {
    const trail = after.find(({ words }) => standsAt(tokens, cursor, words) && !isBreak(tokens[cursor]))
    if (trail === undefined) return
    side = trail.side
    cursor += trail.words.length
  }
  const bare = round(value)
  if (isUnit && unit !== null)
    add(`${side}:${unit.dimension}:${round(value * unit.times)}`, at, cursor, unit.dimension, null)
  add(`${side}:${bare}`, at, cursor, isUnit && unit !== null ? unit.dimension : null, null)
}

function number(word: string): number | null {
  if (word.includes('/')) {
    const [top, bottom] = word.split('/').map(Number)
    return top !== undefined && bottom !== undefined && bottom > 0 ? top / bottom : null
  }
  const value = parseNumber(word)
  return Number.isFinite(value) ? value : null
}

/** "no X", "free of X", "X-free": `free:x`, by what a language says them with. */
function readAbsence(tokens: readonly Token[], at: number, code: LanguageCode, add: Add): void {
  const word = tokens[at]?.word
  if (word === undefined) return
  const { without, free } = absenceOf(code)
  const opener = without.find((words) => standsAt(tokens, at, words))
  if (opener !== undefined) {
    let subject = at + opener.length
    while (tokens[subject] !== undefined && tokens[subject]?.isContent === false && subject < at + 5)
      subject++
    const what = tokens[subject]
    if (what?.kind === 'word' && !isBreak(what)) add(`free:${what.stem}`, at, subject + 1)
    return
  }
  const next = tokens[at + 1]
  if (tokens[at]?.kind === 'word' && next !== undefined && free.has(next.word) && !isBreak(next))
    add(`free:${tokens[at]?.stem ?? ''}`, at, at + 2)
}

interface Absence {
  without: string[][]
  free: ReadonlySet<string>
}

const absences = new Map<LanguageCode, Absence>()

function absenceOf(code: LanguageCode): Absence {
  const known = absences.get(code)
  if (known !== undefined) return known
  const grammar = grammarOf(code)
  const absence = {
    without: grammar.without
      .map((phrase) => fold(phrase).split(' '))
      // What is taken out of a choice, and what a product does not hold, differ.
      .filter(
        (words) =>
          !/^(?:except|excluding|exclude|avoid|not|never|nor|neither|minus|nicht|pas|ne|inte|niet)$/.test(
            words[0] ?? '',
          ),
      ),
    free: new Set(grammar.free.map((word) => fold(word))),
  }
  if (code === 'en') absence.without.push(['zero'])
  absences.set(code, absence)
  return absence
}

const everyone = new Set(
  [
    ['men', 'women'],
    ['women', 'men'],
    ['boy', 'girl'],
    ['girl', 'boy'],
  ].map((pair) => pair.map((word) => english.meaning(word)).join(' ')),
)
const sizeWords = stemmed(['size', 'yard'])

/** "for both men and women" is `unisex`; "one size", "free size" and "all sizes" are one size for all. */
function readEveryone(tokens: readonly Token[], at: number, add: Add): void {
  const first = tokens[at]
  if (first === undefined) return
  if (first.word === 'unisex') add('audience:all', at, at + 1)
  const from = first.word === 'both' ? at + 1 : at
  const pair = `${tokens[from]?.stem ?? ''} ${tokens[from + 2]?.stem ?? ''}`
  if (/^(?:and|&|or)$/.test(tokens[from + 1]?.word ?? '') && everyone.has(pair))
    add('audience:all', at, from + 3)
  let size = at
  if (first.word === 'int') size++
  const second = tokens[size + 1]
  if (
    /^(?:one|free|all|single|universal)$/.test(tokens[size]?.word ?? '') &&
    second !== undefined &&
    sizeWords.has(second.stem) &&
    !isBreak(second)
  ) {
    const fitsAll =
      tokens[size + 2]?.stem === english.meaning('fit')
        ? tokens[size + 3]?.word === 'all' || tokens[size + 3]?.word === 'most'
          ? 2
          : 1
        : 0
    add('size:one', at, size + 2 + fitsAll)
  }
}

function readResistance(tokens: readonly Token[], at: number, add: Add): void {
  const first = tokens[at]
  if (first?.kind !== 'word') return
  // Waterproof and water resistant are different promises.
  const compound = /^(.{3,})proof$/.exec(first.word)
  if (compound !== null && compound[1] !== 'water')
    add(`proof:${english.meaning(compound[1] ?? '')}`, at, at + 1)
  const second = tokens[at + 1]
  if (second === undefined || isBreak(second)) return
  if (
    /^(?:proof|resistant|resistance|resist|absorbing|absorbent|absorption)$/.test(second.word) &&
    first.word !== 'water'
  )
    add(`proof:${first.stem}`, at, at + 2)
  if (first.word === 'anti' && second.kind === 'word') add(`proof:${second.stem}`, at, at + 2)
}

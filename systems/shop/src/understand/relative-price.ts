import type { Constraint } from '../domain/constraints.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

/** A share of a price that was shown: "half of that", "at most twice as much". */
export interface PriceShare {
  factor: number
  /** On which side of it the price should lie; null around it. */
  limit: 'max' | 'min' | null
  start: number
  end: number
}

const shares = [
  ['half', 0.5],
  ['double', 2],
] as const

/** What "about half" leaves open: 20 % either way, as in "around 50". */
const around = 0.2

/** Reads a price that is said as a share of another; null without one. */
export function findPriceShare(text: string, language: LanguageCode): PriceShare | null {
  const lower = text.toLowerCase()
  const grammar = grammarOf(language)
  for (const [role, factor] of shares) {
    const match = new RegExp(anyOf(grammar[role]), 'u').exec(lower)
    if (match === null) continue
    const before = lower.slice(0, match.index)
    const lead = (...roles: (keyof typeof grammar)[]): RegExpExecArray | null =>
      new RegExp(
        `${anyOf(roles.flatMap((each) => grammar[each]))}(?:\\s+${anyOf(grammar.filler)})*\\s+$`,
        'u',
      ).exec(before)
    const most = lead('at-most', 'below')
    const least = most === null ? lead('at-least', 'above') : null
    // "Not more than twice that".
    const turned = least === null ? null : /(\S+)\s+$/u.exec(before.slice(0, least.index))
    const isTurned = turned !== null && grammar.not.includes(turned[1] ?? '')
    return {
      factor,
      limit: most || isTurned ? 'max' : least ? 'min' : null,
      start: (isTurned ? turned : (most ?? least))?.index ?? match.index,
      end: match.index + match[0].length,
    }
  }
  return null
}

/** The price that a share of another comes to. `shown` and the bounds are in major units. */
export function priceOfShare({ factor, limit }: PriceShare, shown: number, text: string): Constraint {
  const cents = (value: number): number => Math.round(value * 100) / 100
  const value = shown * factor
  return {
    kind: 'price',
    min: limit === 'max' ? null : cents(limit === null ? value * (1 - around) : value),
    max: limit === 'min' ? null : cents(limit === null ? value * (1 + around) : value),
    minInclusive: limit !== 'max',
    maxInclusive: limit !== 'min',
    text,
  }
}

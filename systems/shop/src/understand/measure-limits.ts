import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { parseNumber } from '../language/numbers.ts'
import type { Dimension } from '../language/units.ts'
import { typedForms } from './forms.ts'
import type { Token } from './text.ts'

/** A bound of a measure, as it is said: "at least 30 kW", "less than 1 kg", "2 l or more". */
export interface MeasureLimit {
  side: LimitSide
  dimension: Dimension
  /** In the dimension's own unit. */
  value: number
  /** Token indexes, `to` exclusive. */
  from: number
  to: number
}

type LimitSide = 'least' | 'most' | 'above' | 'below'

const limitForm = /^(least|most|above|below):([a-z]+):([\d.]+)$/
const turned: Readonly<Record<LimitSide, LimitSide>> = {
  above: 'most',
  below: 'least',
  least: 'below',
  most: 'above',
}

/** Bounds with a unit, in order; "no more than 5 kg" is at most that. */
export function measureLimits(tokens: readonly Token[], lexicon: Lexicon): MeasureLimit[] {
  const nots = new Set(grammarOf(lexicon.language.code).not.map((word) => fold(word)))
  const found: MeasureLimit[] = []
  for (const { form, from, to, dimension } of typedForms(tokens, lexicon)) {
    const [, said = '', , value = ''] = limitForm.exec(form) ?? []
    // The age of somebody and how long something takes are told in other ways.
    if (said === '' || dimension === null || dimension === 'time') continue
    if (found.some((one) => from < one.to && to > one.from)) continue
    const side = said as LimitSide
    const isTurned =
      (side === 'above' || side === 'below') &&
      from > 0 &&
      tokens[from]?.breakBefore !== true &&
      nots.has(tokens[from - 1]?.word ?? '')
    found.push({
      side: isTurned ? turned[side] : side,
      dimension,
      value: Number(value),
      from: isTurned ? from - 1 : from,
      to,
    })
  }
  return found
}

/** Whether an amount keeps a bound. What is measured in other units is taken for the same within a hundredth. */
export function keepsLimit(amount: number, { side, value }: Pick<MeasureLimit, 'side' | 'value'>): boolean {
  const slack = value / 100
  switch (side) {
    case 'least':
      return amount >= value - slack
    case 'most':
      return amount <= value + slack
    case 'above':
      return amount > value
    case 'below':
      return amount < value
  }
}

/** The amounts of a dimension that a text states with a unit, each in the dimension's own unit. */
export function amountsIn(tokens: readonly Token[], dimension: Dimension): number[] {
  return tokens.flatMap(({ kind, unit }, at) => {
    if (kind !== 'word' || unit?.dimension !== dimension || tokens[at - 1]?.kind !== 'number') return []
    return placesOfRun(tokens, at - 1, dimension).flatMap((place) => {
      const amount = parseNumber(tokens[place]?.word ?? '') * unit.times
      return Number.isFinite(amount) ? [amount] : []
    })
  })
}

/** The numbers that a unit behind the last of them measures: all of "160 x 90 x 75 cm". */
function placesOfRun(tokens: readonly Token[], last: number, dimension: Dimension): number[] {
  const places = [last]
  if (dimension !== 'length') return places
  for (let at = last - 2; at >= 0; at -= 2) {
    if (tokens[at + 1]?.word !== 'x' || tokens[at]?.kind !== 'number') break
    places.unshift(at)
  }
  return places
}

/** A range of numbers; an open end leaves out the bound. */
export interface Interval {
  low: number
  high: number
  isLowOpen: boolean
  isHighOpen: boolean
}

export const everything: Interval = { low: -Infinity, high: Infinity, isLowOpen: true, isHighOpen: true }

export function intersects(a: Interval, b: Interval): boolean {
  const low = Math.max(a.low, b.low)
  const high = Math.min(a.high, b.high)
  if (low !== high) return low < high
  const isIn = ({ low: l, high: h, isLowOpen, isHighOpen }: Interval) =>
    !(low === l && isLowOpen) && !(low === h && isHighOpen)
  return isIn(a) && isIn(b)
}

/** What lies between intervals and in none of them, in order. Where all bounds are whole, so are the numbers between. */
export function holesBetween(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.toSorted((a, b) => a.low - b.low || Number(a.isLowOpen) - Number(b.isLowOpen))
  const isWhole = sorted.every(({ low, high }) =>
    [low, high].every((one) => !Number.isFinite(one) || Number.isInteger(one)),
  )
  const holes: Interval[] = []
  let reach: Interval | null = null
  for (const next of sorted) {
    if (reach) {
      const hole = {
        low: reach.high,
        high: next.low,
        isLowOpen: !reach.isHighOpen,
        isHighOpen: !next.isLowOpen,
      }
      const isEmpty =
        hole.low > hole.high ||
        (hole.low === hole.high && (hole.isLowOpen || hole.isHighOpen)) ||
        (isWhole && wholeNumbers(hole) === 0)
      if (!isEmpty) holes.push(hole)
    }
    if (
      !reach ||
      next.high > reach.high ||
      (next.high === reach.high && reach.isHighOpen && !next.isHighOpen)
    )
      reach = next
  }
  return holes
}

function wholeNumbers({ low, high, isLowOpen, isHighOpen }: Interval): number {
  const first = isLowOpen ? Math.floor(low) + 1 : Math.ceil(low)
  const last = isHighOpen ? Math.ceil(high) - 1 : Math.floor(high)
  return Math.max(0, last - first + 1)
}

/** `10`, `between 10 and 20`: as a sentence has it. */
export function sayInterval({ low, high, isLowOpen, isHighOpen }: Interval): string {
  if (low === high) return String(low)
  return `${isLowOpen ? 'above' : 'from'} ${low} ${isHighOpen ? 'to below' : 'to'} ${high}`
}

const number = String.raw`(?:[$€£])?(-?\d+(?:[.,]\d+)*)(?:%|\b)`
/** Phrases that compare, with what they mean; the longer ones first. */
const forms: [RegExp, (a: number, b: number) => Interval][] = [
  [new RegExp(String.raw`\bbetween\s+${number}\s+and\s+${number}`, 'i'), (a, b) => closed(a, b)],
  [new RegExp(String.raw`\bfrom\s+${number}\s+(?:to|through)\s+${number}`, 'i'), (a, b) => closed(a, b)],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?(?:>=|≥|\bgreater than or equal to\b|\bat least\b|\bno (?:less|fewer) than\b|\bnot (?:less|fewer) than\b|\ba minimum of\b)\s*${number}`,
      'i',
    ),
    (a) => ({ ...everything, low: a, isLowOpen: false }),
  ],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?(?:<=|≤|\bless than or equal to\b|\bat most\b|\bup to\b|\bno more than\b|\bnot more than\b|\bdoes not exceed\b|\bnot exceeding\b|\ba maximum of\b)\s*${number}`,
      'i',
    ),
    (a) => ({ ...everything, high: a, isHighOpen: false }),
  ],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?${number}\s*(?:or more|or above|or higher|or greater|or older|and above|and older)\b`,
      'i',
    ),
    (a) => ({ ...everything, low: a, isLowOpen: false }),
  ],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?${number}\s*(?:or less|or fewer|or below|or lower|or younger|and below)\b`,
      'i',
    ),
    (a) => ({ ...everything, high: a, isHighOpen: false }),
  ],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?(?:>|\b(?:greater|more|larger|higher|longer|older|later) than\b|\bexceeds?\b|\bexceeding\b|\babove\b|\bover\b)\s*${number}`,
      'i',
    ),
    (a) => ({ ...everything, low: a }),
  ],
  [
    new RegExp(
      String.raw`(?:\bis\s+|\bare\s+)?(?:<|\b(?:less|fewer|smaller|lower|shorter|younger|earlier) than\b|\bbelow\b|\bunder\b)\s*${number}`,
      'i',
    ),
    (a) => ({ ...everything, high: a }),
  ],
  [
    new RegExp(
      String.raw`(?:=|==|\bequals?(?: to)?\b|\bis exactly\b|\bexactly\b|\bis\b|\bare\b)\s*${number}`,
      'i',
    ),
    (a) => closed(a, a),
  ],
]

const closed = (low: number, high: number): Interval => ({ low, high, isLowOpen: false, isHighOpen: false })

/** The comparison in a clause: the range, and the clause with `#` for it. Null where there is none, or more than one. */
export function readComparison(clause: string): { interval: Interval; around: string } | null {
  for (const [form, make] of forms) {
    const match = form.exec(clause)
    if (!match) continue
    const [a = NaN, b = NaN] = match.slice(1).map((one) => Number((one ?? '').replaceAll(',', '')))
    const around = `${clause.slice(0, match.index)} # ${clause.slice(match.index + match[0].length)}`
    return /\d/.test(around) ? null : { interval: make(a, b), around }
  }
  return null
}

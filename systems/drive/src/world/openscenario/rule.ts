export const rules = [
  'equalTo',
  'notEqualTo',
  'greaterThan',
  'greaterOrEqual',
  'lessThan',
  'lessOrEqual',
] as const
export type Rule = (typeof rules)[number]

/** Times and places are sums of many steps: what differs by less than this is equal. */
const tolerance = 1e-6

/** `left rule right`. Where equality counts it has a tolerance of 1e-6; strict orders have none. */
export function compare(left: number, rule: Rule, right: number): boolean {
  switch (rule) {
    case 'equalTo':
      return Math.abs(left - right) < tolerance
    case 'notEqualTo':
      return Math.abs(left - right) >= tolerance
    case 'greaterThan':
      return left > right
    case 'greaterOrEqual':
      return left >= right - tolerance
    case 'lessThan':
      return left < right
    case 'lessOrEqual':
      return left <= right + tolerance
  }
}

/** What an xs:dateTime or a number is compared by; NaN for another text. */
function amountOf(text: string, type: string): number {
  if (type === 'dateTime') return Date.parse(text) / 1000
  return text.trim() === '' ? NaN : Number(text)
}

const truths: Record<string, number> = { '1': 1, true: 1, '0': 0, false: 0 }

/**
 * `left rule right` of values as texts: of dates where `type` is `dateTime`, of truths, of numbers where both are, else of texts by their letters.
 */
export function compareValues(left: string, rule: Rule, right: string, type = ''): boolean {
  if (type === 'boolean') {
    // False is before true.
    const [a = NaN, b = NaN] = [left, right].map((text) => truths[text.trim().toLowerCase()])
    return compare(a, rule, b)
  }
  const [a, b] = [amountOf(left, type), amountOf(right, type)]
  if (type !== 'string' && !Number.isNaN(a) && !Number.isNaN(b)) return compare(a, rule, b)
  return compare(left === right ? 0 : left < right ? -1 : 1, rule, 0)
}

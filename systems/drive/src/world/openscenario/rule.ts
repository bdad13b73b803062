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

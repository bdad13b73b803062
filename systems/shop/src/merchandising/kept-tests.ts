import type { Rule } from './rules.ts'

export interface TestResult {
  query: string
  productId: string
  top: number
  /** From 1; null when it is not among the first fifty. */
  position: number | null
  passed: boolean
}

/** Holds every kept test against the lists as shoppers see them now. @param list ids for a query, best first */
export async function runTests(
  rules: readonly Rule[],
  list: (query: string) => Promise<readonly string[]>,
): Promise<TestResult[]> {
  const results: TestResult[] = []
  for (const rule of rules) {
    if (rule.kind !== 'test') continue
    const at = (await list(rule.query)).indexOf(rule.productId)
    const position = at === -1 ? null : at + 1
    const { query, productId, top } = rule
    results.push({ query, productId, top, position, passed: position !== null && position <= top })
  }
  return results
}

import type { Fact } from '../../facts/fact.ts'

/** Of what tests expect, by operation and status: how many there are, and how many of them facts tell or only ask. The others come of no code that was followed. */
export interface ExpectedCount {
  expected: number
  told: number
  asked: number
}

/** Counts the answers that the repository's own tests expect of operations that were found: errors (400 and above) and the others. */
export function countExpected(facts: readonly Fact[]): { errors: ExpectedCount; others: ExpectedCount } {
  const known = new Map<string, boolean>()
  for (const fact of facts) {
    if (fact.kind !== 'response' && fact.kind !== 'error' && fact.kind !== 'guard') continue
    const key = `${fact.operation} ${fact.status}`
    known.set(key, known.get(key) === true || fact.grade !== 'open')
  }
  const errors = { expected: 0, told: 0, asked: 0 }
  const others = { expected: 0, told: 0, asked: 0 }
  for (const fact of facts) {
    if (fact.kind !== 'assertion') continue
    const count = fact.status >= 400 ? errors : others
    const isTold = known.get(`${fact.operation} ${fact.status}`)
    count.expected++
    if (isTold === true) count.told++
    else if (isTold === false) count.asked++
  }
  return { errors, others }
}

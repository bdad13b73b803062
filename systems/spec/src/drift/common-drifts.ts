import { isOperationTitle, ofAny } from '../requirements/common.ts'
import { isNote } from './compare-facts.ts'
import type { Drift } from './compare-facts.ts'

/** Drifts of several operations that are one change of the code. */
export interface CommonDrift {
  /** As one: of the common requirement that says it, else of so many operations. */
  drift: Drift
  /** The operations; empty where it is one drift of its own. */
  operations: string[]
}

/**
 * Drifts with those put together that say the same of several operations from one place (middleware, a guard, a handler of errors), or that one part of the
 * code changed in one way: another bound or message of a function that several operations come to.
 */
export function putTogether(drifts: readonly Drift[]): CommonDrift[] {
  const groups = Map.groupBy(drifts, (drift) => {
    const { kind, requirement, factKind, before, after, evidence, common, cause } = drift
    const of = [isOperationTitle(requirement) ? '' : requirement, kind, common]
    if (cause !== '' && before !== null && after !== null)
      return JSON.stringify([...of, cause, ...change(before, after)])
    return JSON.stringify([
      ...of,
      factKind,
      before === null ? null : ofAny(before, requirement),
      after === null ? null : ofAny(after, requirement),
      // What is gone stands nowhere, and other code of which nobody knows where it is neither: their place is that of each operation.
      kind === 'gone' || evidence === null || (isNote(drift) && cause === '')
        ? null
        : [evidence.path, evidence.line],
    ])
  })
  return [...groups.values()].flatMap((own): CommonDrift[] => {
    // What asks least says most plainly what changed; the others of an operation come of it.
    const [first] = own.toSorted((a, b) => lengthOf(a) - lengthOf(b))
    const operations = [...new Set(own.map(({ requirement }) => requirement))]
    if (!first) return []
    if (operations.length === 1)
      return (first.cause === '' ? own : [first]).map((drift) => ({ drift, operations: [] }))
    const { requirement, before, after, common } = first
    const isAlike = (text: 'before' | 'after') =>
      own.every((one) => ofAny(one[text] ?? '', one.requirement) === ofAny(first[text] ?? '', requirement))
    const said = (text: string | null) =>
      text === null || !isAlike('before') || !isAlike('after') ? text : ofAny(text, requirement)
    return [
      {
        drift: {
          ...first,
          requirement: common === '' ? `${operations.length} operations` : common,
          before: said(before),
          after: said(after),
        },
        operations,
      },
    ]
  })
}

const lengthOf = ({ before, after }: Drift) => (before ?? after ?? '').length

/** What became what in a sentence: its words without those that it begins and ends with on both sides. */
function change(before: string, after: string): [string, string] {
  const [was, is] = [before, after].map((text) => text.split(/(?=[^\w])|(?<=[^\w])/)) as [string[], string[]]
  let from = 0
  while (from < Math.min(was.length, is.length) && was[from] === is[from]) from++
  let end = 0
  while (end < Math.min(was.length, is.length) - from && was.at(-1 - end) === is.at(-1 - end)) end++
  return [was.slice(from, was.length - end).join(''), is.slice(from, is.length - end).join('')]
}

import { isOperationTitle, ofAny } from '../requirements/common.ts'
import type { Drift } from './compare-facts.ts'

/** Drifts of several operations that are one change of the code. */
export interface CommonDrift {
  /** As one: of the common requirement that says it, else of so many operations. */
  drift: Drift
  /** The operations; empty where it is one drift of its own. */
  operations: string[]
}

/** Drifts with those put together that say the same of several operations from one place: middleware, a guard, a handler of errors. */
export function putTogether(drifts: readonly Drift[]): CommonDrift[] {
  const groups = Map.groupBy(drifts, ({ kind, requirement, factKind, before, after, evidence, common }) =>
    JSON.stringify([
      isOperationTitle(requirement) ? '' : requirement,
      kind,
      factKind,
      common,
      before === null ? null : ofAny(before, requirement),
      after === null ? null : ofAny(after, requirement),
      // What is gone stands nowhere: its place is that of each operation.
      kind === 'gone' || evidence === null ? null : [evidence.path, evidence.line],
    ]),
  )
  return [...groups.values()].flatMap((own): CommonDrift[] => {
    const [first] = own
    const operations = [...new Set(own.map(({ requirement }) => requirement))]
    if (!first || operations.length === 1) return own.map((drift) => ({ drift, operations: [] }))
    const { requirement, before, after, common } = first
    return [
      {
        drift: {
          ...first,
          requirement: common === '' ? `${operations.length} operations` : common,
          before: before === null ? null : ofAny(before, requirement),
          after: after === null ? null : ofAny(after, requirement),
        },
        operations,
      },
    ]
  })
}

/**
 * How values become one. `add` may change the accumulator that it is given and returns it (or a new one); `merge` returns
 * a new one and leaves both as they are. Accumulators are plain JSON, since they are part of snapshots.
 */
export interface Aggregate<In, Acc, Result> {
  init(): Acc
  add(acc: Acc, value: In, eventTimeMs: number): Acc
  merge(a: Acc, b: Acc): Acc
  result(acc: Acc): Result
}

export function count(): Aggregate<unknown, number, number> {
  return { init: () => 0, add: (acc) => acc + 1, merge: (a, b) => a + b, result: (acc) => acc }
}

/** Sums in order of arrival within a pane of the window: the same events give the same bits. */
export function sum<In>(of: (value: In) => number): Aggregate<In, number, number> {
  return {
    init: () => 0,
    add: (acc, value) => acc + of(value),
    merge: (a, b) => a + b,
    result: (acc) => acc,
  }
}

import { isLive, type ArrayTask } from './array-tasks.ts'
import type { Submission } from './submission.ts'

/**
 * The chunks that are not done and that no live task has or will take, in order. Nothing while a task of an unknown array lives: what it has
 * cannot be said.
 */
export function findUncovered(state: {
  /** How many there are. */
  chunks: number
  done: ReadonlySet<number>
  tasks: readonly ArrayTask[]
  arrays: ReadonlyMap<number, Submission>
  /** By array, which batch each task has. */
  claims: ReadonlyMap<number, ReadonlyMap<number, number>>
}): number[] {
  const covered = new Set<number>()
  for (const { arrayJobId, index } of state.tasks.filter(isLive)) {
    const submission = state.arrays.get(arrayJobId)
    if (submission === undefined) return []
    const claims = state.claims.get(arrayJobId) ?? new Map<number, number>()
    const own = index === null ? undefined : claims.get(index)
    const taken = new Set(claims.values())
    // A task without a batch will take one of those that are left.
    const batches =
      own === undefined ? submission.batches.filter((_, i) => !taken.has(i)) : [submission.batches[own] ?? []]
    for (const chunk of batches.flat()) covered.add(chunk)
  }
  return Array.from({ length: state.chunks }, (_, chunk) => chunk).filter(
    (chunk) => !state.done.has(chunk) && !covered.has(chunk),
  )
}

import { wholeGpu } from './node-state.ts'
import type { NodeState, PodKind } from './node-state.ts'

/** A workload as the share of each kind among its pods. */
export interface TypicalPod {
  kind: PodKind
  share: number
}

/** Share of pods that the typical ones cover; rarer kinds are left out. */
const coverage = 0.95

/** The most frequent kinds that make up 95 % of pods, their shares scaled to one. Kinds that differ in memory alone count as one. */
export function typicalPods(kinds: readonly PodKind[], kindOf: ArrayLike<number>): TypicalPod[] {
  const counts = new Map<string, { kind: PodKind; count: number }>()
  for (let i = 0; i < kindOf.length; i++) {
    const kind = kinds[kindOf[i]!]!
    const key = [kind.cpuMilli, kind.gpus, kind.gpuMilli, ...kind.gpuTypes].join()
    const entry = counts.get(key)
    if (entry === undefined) counts.set(key, { kind, count: 1 })
    else entry.count++
  }
  const byCount = [...counts.values()].sort((a, b) => b.count - a.count || a.kind.index - b.kind.index)
  const typical: { kind: PodKind; count: number }[] = []
  let covered = 0
  for (const entry of byCount) {
    if (covered >= coverage * kindOf.length) break
    typical.push(entry)
    covered += entry.count
  }
  return typical.map(({ kind, count }) => ({ kind, share: count / covered }))
}

/**
 * GPU that the workload's typical pods could not use on a machine, in thousandths, weighed by their shares: Weng et al., "Beware of
 * Fragmentation" (USENIX ATC '23), 3.2. A pod that does not fit, or needs no GPU, makes all that is idle a fragment; for one that fits,
 * the GPUs with too little left are.
 */
export function fragmentMilli(
  cpuMilli: number,
  gpuMilli: ArrayLike<number>,
  gpuType: string,
  typical: readonly TypicalPod[],
): number {
  let total = 0
  for (let gpu = 0; gpu < gpuMilli.length; gpu++) total += gpuMilli[gpu]!
  if (total === 0) return 0
  let sum = 0
  for (const { kind, share } of typical) {
    let fragment = total
    if (
      kind.gpus > 0 &&
      cpuMilli >= kind.cpuMilli &&
      (kind.gpuTypes.length === 0 || kind.gpuTypes.includes(gpuType))
    ) {
      let fitting = 0
      let small = 0
      for (let gpu = 0; gpu < gpuMilli.length; gpu++) {
        if (gpuMilli[gpu]! >= kind.gpuMilli) fitting++
        else small += gpuMilli[gpu]!
      }
      if (fitting >= kind.gpus) fragment = small
    }
    sum += share * fragment
  }
  return sum
}

/** How many fragments a pod makes at least on a machine, and what its GPU has left for that; positive when fragments grow. */
export function leastFragments(
  state: NodeState,
  kind: PodKind,
  typical: readonly TypicalPod[],
): { onMilli: number; grown: number } {
  const { gpuType } = state.node
  const before = fragmentMilli(state.cpuMilli, state.gpuMilli, gpuType, typical)
  const after = state.gpuMilli.slice()
  const cpuMilli = state.cpuMilli - kind.cpuMilli
  if (!kind.isShare) {
    for (let gpu = 0, left = kind.gpus; left > 0 && gpu < after.length; gpu++) {
      if (after[gpu] !== wholeGpu) continue
      after[gpu] = 0
      left--
    }
    return { onMilli: 0, grown: fragmentMilli(cpuMilli, after, gpuType, typical) - before }
  }
  let best = { onMilli: 0, grown: Infinity }
  for (let gpu = 0; gpu < after.length; gpu++) {
    const onMilli = after[gpu]!
    // GPUs with the same left are the same.
    if (onMilli < kind.gpuMilli || state.gpuMilli.indexOf(onMilli) < gpu) continue
    after[gpu] = onMilli - kind.gpuMilli
    const grown = fragmentMilli(cpuMilli, after, gpuType, typical) - before
    after[gpu] = onMilli
    if (grown < best.grown) best = { onMilli, grown }
  }
  return best
}

import type { Constraint } from '../../domain/constraints.ts'

/**
 * How bad it is to leave a constraint out. What a shopper must avoid ("without nuts") goes last; terms of sale and
 * ratings go before what the thing is.
 */
export function costOfRelaxing(constraint: Constraint): number {
  if (constraint.kind === 'facet') return constraint.negated ? 20 : constraint.name === 'category' ? 4 : 2
  if (constraint.kind === 'price') return 2.5
  if (constraint.kind === 'service') return constraint.negated ? 3 : 1.5
  // What must not be there is never put back by relaxing.
  return constraint.kind === 'unnamed' ? 20 : 1
}

/**
 * The mask to ask for when no variant has all bits: the one that leaves out least, among the masks that occur. Fewer
 * constraints left out always beats more; between as many, the lower cost; then the mask that more variants have.
 */
export function leastRelaxed(masks: ReadonlyMap<number, number>, constraints: readonly Constraint[]): number {
  let best = 0
  let bestCount = Infinity
  let bestCost = Infinity
  let bestHolders = 0
  for (const [mask, holders] of masks) {
    let count = 0
    let cost = 0
    constraints.forEach((constraint, bit) => {
      if ((mask & (1 << bit)) !== 0) return
      count += 1
      cost += costOfRelaxing(constraint)
    })
    const better =
      count < bestCount ||
      (count === bestCount && (cost < bestCost || (cost === bestCost && holders > bestHolders)))
    if (!better) continue
    best = mask
    bestCount = count
    bestCost = cost
    bestHolders = holders
  }
  return best
}

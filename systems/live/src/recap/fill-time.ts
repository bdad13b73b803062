import type { Piece } from './piece.ts'

/** Sums that differ by less are the same to the search; the sums themselves stay exact. */
const finestStepMs = 20
/** More sums than this are thinned out, so that a long recap of few moments takes no longer to fill. */
const mostSums = 2_000

interface Sum {
  ms: number
  /** How many pieces before and after each run, in order of the runs. */
  extents: { before: number; after: number }[]
}

/** First and last index of each run of taken pieces. */
export function runsOf(isTaken: readonly boolean[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = []
  for (const [at, taken] of isTaken.entries()) {
    if (!taken) continue
    const run = runs.at(-1)
    if (run && run.last === at - 1) run.last = at
    else runs.push({ first: at, last: at })
  }
  return runs
}

/**
 * Makes the taken runs longer at their ends so that all together last as near to `budgetMs` as pieces allow, and at most
 * `toleranceMs` over it. A multiple-choice knapsack: each run chooses how far it grows, at first by a little, by more only
 * where that does not come near enough.
 */
export function fillTime(
  pieces: readonly Piece[],
  isTaken: readonly boolean[],
  budgetMs: number,
  toleranceMs: number,
): boolean[] {
  const runs = runsOf(isTaken)
  const takenMs = pieces.reduce((sum, { durationMs }, at) => sum + (isTaken[at] ? durationMs : 0), 0)
  const restMs = budgetMs - takenMs
  if (runs.length === 0 || restMs <= 0) return [...isTaken]
  let best: Sum = { ms: 0, extents: [] }
  for (let most = 2; ; most *= 2) {
    best = nearest(pieces, runs, restMs, toleranceMs, most)
    if (Math.abs(restMs - best.ms) <= toleranceMs || most >= pieces.length) break
  }
  const filled = [...isTaken]
  for (const [at, { before, after }] of best.extents.entries()) {
    const { first, last } = runs[at]!
    filled.fill(true, first - before, last + after + 1)
  }
  return filled
}

function nearest(
  pieces: readonly Piece[],
  runs: readonly { first: number; last: number }[],
  restMs: number,
  toleranceMs: number,
  most: number,
): Sum {
  const stepMs = Math.max(finestStepMs, restMs / mostSums)
  let sums = new Map<number, Sum>([[0, { ms: 0, extents: [] }]])
  for (const [at, { first, last }] of runs.entries()) {
    // Pieces between two runs are shared out, half to each, so that no piece is taken twice.
    const left = first - (at === 0 ? 0 : runs[at - 1]!.last + 1)
    const right = (runs[at + 1]?.first ?? pieces.length) - last - 1
    const befores = lengths(pieces, first - 1, -1, Math.min(most, at === 0 ? left : Math.ceil(left / 2)))
    const afters = lengths(
      pieces,
      last + 1,
      1,
      Math.min(most, at === runs.length - 1 ? right : Math.floor(right / 2)),
    )
    const growths = new Map<number, { ms: number; before: number; after: number }>()
    for (const [before, beforeMs] of befores.entries()) {
      for (const [after, afterMs] of afters.entries()) {
        const ms = beforeMs + afterMs
        if (ms > restMs + toleranceMs) break
        const step = Math.round(ms / stepMs)
        if (!growths.has(step)) growths.set(step, { ms, before, after })
      }
    }
    const next = new Map<number, Sum>()
    for (const { ms, extents } of sums.values()) {
      for (const { ms: growthMs, before, after } of growths.values()) {
        const sum = ms + growthMs
        if (sum > restMs + toleranceMs) continue
        const step = Math.round(sum / stepMs)
        // The first way to a sum stays: it grows the earlier runs least, so what is nearer to now gets more time.
        if (!next.has(step)) next.set(step, { ms: sum, extents: [...extents, { before, after }] })
      }
    }
    sums = next
  }
  let best: Sum | null = null
  for (const sum of sums.values())
    if (best === null || Math.abs(restMs - sum.ms) < Math.abs(restMs - best.ms)) best = sum
  return best ?? { ms: 0, extents: [] }
}

/** Time of the first 0, 1, 2, … pieces from an index on in one direction. */
function lengths(pieces: readonly Piece[], from: number, direction: 1 | -1, most: number): number[] {
  const sums = [0]
  for (let count = 0; count < most; count++)
    sums.push(sums[count]! + (pieces[from + count * direction]?.durationMs ?? 0))
  return sums
}

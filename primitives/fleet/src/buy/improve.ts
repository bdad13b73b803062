import type { Overflow } from './overflow.ts'

/** A unit that can be bought, as the search sees it. */
export interface SearchUnit {
  gpus: number
  cost: number
  most: number
  /** Stretches that it covers, from the first on. */
  stretches: readonly number[]
}

type Move = readonly (readonly [unit: number, step: number])[]

/** Whole units of each kind, with what they come to; a change is looked at only in the stretches that it covers. */
class Holding {
  readonly counts: number[]
  cost = 0
  waiting = 0
  readonly #firm: Float64Array
  readonly #at: { cost: number; waiting: number }[]
  readonly #units: readonly SearchUnit[]
  readonly #overflows: readonly Overflow[]

  constructor(counts: readonly number[], units: readonly SearchUnit[], overflows: readonly Overflow[]) {
    this.counts = [...counts]
    this.#units = units
    this.#overflows = overflows
    this.#firm = new Float64Array(overflows.length)
    units.forEach(({ gpus, cost, stretches }, k) => {
      this.cost += counts[k]! * cost
      for (const i of stretches) this.#firm[i]! += counts[k]! * gpus
    })
    this.#at = overflows.map((overflow, i) => overflow.at(this.#firm[i]!))
    for (const { cost, waiting } of this.#at) {
      this.cost += cost
      this.waiting += waiting
    }
  }

  isPossible(move: Move): boolean {
    return move.every(([k, step]) => {
      const then = this.counts[k]! + step
      return then >= 0 && then <= this.#units[k]!.most
    })
  }

  /** What a move adds. */
  look(move: Move): { cost: number; waiting: number } {
    let cost = 0
    let waiting = 0
    for (const [k, step] of move) cost += step * this.#units[k]!.cost
    for (const [i, gpus] of this.#changes(move)) {
      const then = this.#overflows[i]!.at(this.#firm[i]! + gpus)
      cost += then.cost - this.#at[i]!.cost
      waiting += then.waiting - this.#at[i]!.waiting
    }
    return { cost, waiting }
  }

  make(move: Move): void {
    const { cost, waiting } = this.look(move)
    this.cost += cost
    this.waiting += waiting
    for (const [k, step] of move) this.counts[k]! += step
    for (const [i, gpus] of this.#changes(move)) {
      this.#firm[i]! += gpus
      this.#at[i] = this.#overflows[i]!.at(this.#firm[i]!)
    }
  }

  #changes(move: Move): Map<number, number> {
    const changes = new Map<number, number>()
    for (const [k, step] of move) {
      const { gpus, stretches } = this.#units[k]!
      for (const i of stretches) changes.set(i, (changes.get(i) ?? 0) + step * gpus)
    }
    for (const [i, gpus] of changes) if (gpus === 0) changes.delete(i)
    return changes
  }
}

const mostPasses = 40

/**
 * Whole units near a fractional optimum: one unit more or less, and one in exchange for another that covers the same hours or those next
 * to them, as long as that is cheaper. First with waiting at its price, the dual of the share that may wait, which leads over plans that wait
 * a little too much; then within the share.
 */
export function improve(
  start: readonly number[],
  units: readonly SearchUnit[],
  overflows: readonly Overflow[],
  mayWait: number,
  waitingPrice: number,
): { counts: number[]; cost: number; waiting: number } {
  const holding = new Holding(start, units, overflows)
  const moves = movesOf(units)
  const pass = (isBetter: (added: { cost: number; waiting: number }) => boolean): boolean => {
    let hasChanged = false
    for (const move of moves) {
      // A move that helps once may help again.
      while (holding.isPossible(move) && isBetter(holding.look(move))) {
        holding.make(move)
        hasChanged = true
      }
    }
    return hasChanged
  }
  const climb = (isBetter: (added: { cost: number; waiting: number }) => boolean) => {
    for (let passes = 0; passes < mostPasses && pass(isBetter); passes++);
  }
  const small = 1e-6
  climb(({ cost, waiting }) => cost + waitingPrice * waiting < -small)
  if (holding.waiting > mayWait + small) {
    // What saves most waiting for its money, until the rest may wait.
    for (let steps = 0; steps < 1000 && holding.waiting > mayWait + small; steps++) {
      let best: { move: Move; worth: number } | null = null
      for (const move of moves) {
        if (!holding.isPossible(move)) continue
        const { cost, waiting } = holding.look(move)
        if (waiting >= -small) continue
        const worth = Math.min(-waiting, holding.waiting - mayWait) / Math.max(small, cost)
        if (best === null || worth > best.worth) best = { move, worth }
      }
      if (best === null) break
      holding.make(best.move)
    }
  }
  climb(({ cost, waiting }) => cost < -small && holding.waiting + waiting <= mayWait + small)
  return { counts: holding.counts, cost: holding.cost, waiting: holding.waiting }
}

function movesOf(units: readonly SearchUnit[]): Move[] {
  const moves: Move[] = []
  const last = Math.max(0, ...units.flatMap(({ stretches }) => stretches))
  const isWhole = units.map(({ stretches }) => stretches.length > last)
  units.forEach((_, k) => {
    // Of what is there all the time a unit is small: several at once.
    for (const step of isWhole[k] ? [1, 2, 4, 8] : [1]) moves.push([[k, step]], [[k, -step]])
  })
  units.forEach((one, k) => {
    const from = one.stretches[0]! - 1
    const to = one.stretches.at(-1)! + 1
    units.forEach((other, l) => {
      if (k === l || other.stretches.length === 0) return
      if (isWhole[k] !== isWhole[l]) return
      if (other.stretches[0]! > to || other.stretches.at(-1)! < from) return
      moves.push([
        [k, 1],
        [l, -1],
      ])
    })
  })
  return moves
}

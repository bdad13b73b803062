import type { Floor } from '../floor/floor.ts'
import type { TickStates } from '../simulate/tick-motion.ts'
import { CellOrder } from './cell-order.ts'

const forward = 0
const wait = 3

/**
 * Actions that robots have before them, and the order in which the plan says that they pass each cell (an action dependency graph). A robot enters a cell when all
 * before it have left it, or straight behind the one that is leaving. What has not begun when the next plan comes, and would not soon, is taken back.
 */
export class Staged {
  readonly #floor: Floor
  readonly #ticks: number
  /** Actions of each robot yet to be done; the first may be under way. */
  readonly queues: number[][]
  #order = new CellOrder()

  constructor(floor: Floor, states: Int32Array, ticks: number) {
    this.#floor = floor
    this.#ticks = ticks
    this.queues = Array.from(states, () => [])
    for (const [robot, state] of states.entries()) this.#order.append(state >> 2, robot)
  }

  /** Puts a plan's step behind what is staged. @param ends states at the end of what is staged @param actions one of each robot, 3 for none */
  stage(ends: Int32Array, actions: Uint8Array): void {
    const { ahead } = this.#floor
    for (const [robot, action] of actions.entries()) {
      if (action === wait) continue
      this.queues[robot]!.push(action)
      if (action === forward) this.#order.append(ahead[ends[robot]!]!, robot)
    }
  }

  /** What each robot is to do in a tick: 3 where it has nothing or it is not its turn. */
  next(now: TickStates, delayed: Uint8Array): Uint8Array {
    const asked = new Uint8Array(this.queues.length)
    const known = new Uint8Array(this.queues.length)
    for (let robot = 0; robot < asked.length; robot++)
      asked[robot] = this.#mayGo(now, delayed, robot, known, asked) ? this.queues[robot]![0]! : wait
    return asked
  }

  /** 0 not known, 1 under question, 2 goes, 3 does not. */
  #mayGo(now: TickStates, delayed: Uint8Array, robot: number, known: Uint8Array, asked: Uint8Array): boolean {
    if (known[robot] !== 0) return known[robot] === 2
    known[robot] = 1
    const goes = this.#mayBegin(now, delayed, robot, known, asked)
    known[robot] = goes ? 2 : 3
    return goes
  }

  #mayBegin(
    now: TickStates,
    delayed: Uint8Array,
    robot: number,
    known: Uint8Array,
    asked: Uint8Array,
  ): boolean {
    const action = this.queues[robot]![0]
    if (action === undefined || delayed[robot] === 1) return false
    if (action !== forward) return true
    const state = now.states[robot]!
    const to = this.#floor.ahead[state]!
    const before = this.#order.at(to, 0)!
    if (before === robot) return true
    // Straight behind one that leaves: in step with it, and never ahead of it.
    return (
      this.#order.at(to, 1) === robot &&
      now.states[before]! >> 2 === to &&
      this.queues[before]![0] === forward &&
      (now.states[before]! & 3) === (state & 3) &&
      now.counts[before]! >= now.counts[robot]! &&
      this.#mayGo(now, delayed, before, known, asked)
    )
  }

  /** Takes note of what has ended. @param before states before the tick */
  done(before: Int32Array, now: TickStates): void {
    for (let robot = 0; robot < before.length; robot++) {
      if (before[robot] === now.states[robot]) continue
      this.queues[robot]!.shift()
      if (before[robot]! >> 2 !== now.states[robot]! >> 2) this.#order.leave(before[robot]! >> 2, robot)
    }
  }

  /**
   * Keeps what robots will have begun within so many ticks if nobody is delayed anew, and takes the rest back. Returns the states at the end of what is kept.
   * @param away ticks for which robots that are delayed are reckoned to stay so
   */
  cut(now: TickStates, delayed: Uint8Array, ticks: number, away: number): Int32Array {
    const robots = this.queues.length
    const states = Int32Array.from(now.states)
    const counts = Uint8Array.from(now.counts)
    const run: TickStates = { states, counts, under: now.under }
    const kept = new Int32Array(robots)
    const taken = new Int32Array(robots)
    const queues = this.queues.map((queue) => [...queue])
    const orderBefore = new Map(this.#order.entries())
    const stillDelayed = Uint8Array.from(delayed)
    // What has begun by then ends, so it goes on for one action more without new beginnings.
    for (let tick = 0; tick < ticks + this.#ticks + away; tick++) {
      if (tick === Math.min(away, ticks)) stillDelayed.fill(0)
      const asked = this.next(run, stillDelayed)
      const before = Int32Array.from(states)
      let isMoving = false
      for (let robot = 0; robot < robots; robot++) {
        const action = asked[robot]!
        if (action === wait || (tick >= ticks && counts[robot] === 0)) continue
        isMoving = true
        if (counts[robot] === 0) kept[robot]!++
        counts[robot] = (counts[robot]! + 1) % this.#ticks
        if (counts[robot]! > 0) continue
        const state = states[robot]!
        states[robot] =
          action === forward
            ? this.#floor.ahead[state]! * 4 + (state & 3)
            : (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
        taken[robot]!++
      }
      this.done(before, run)
      if (tick >= ticks && !isMoving) break
    }
    for (let robot = 0; robot < robots; robot++) {
      // One that is under way now counts among what is kept.
      const under = now.counts[robot]! > 0 ? 1 : 0
      queues[robot]!.length = Math.max(taken[robot]!, Math.min(queues[robot]!.length, kept[robot]! + under))
      this.queues[robot]!.splice(0, Infinity, ...queues[robot]!)
    }
    this.#order = this.#kept(orderBefore, now.states)
    return this.ends(now.states)
  }

  /** The orders that what is kept leaves: each robot passes the cells of its queue, as before. */
  #kept(before: ReadonlyMap<number, readonly number[]>, states: Int32Array): CellOrder {
    const visits = new Map<number, Map<number, number>>()
    const visit = (cell: number, robot: number): void => {
      const at = visits.get(cell) ?? new Map<number, number>()
      at.set(robot, (at.get(robot) ?? 0) + 1)
      visits.set(cell, at)
    }
    for (const [robot, start] of states.entries()) {
      let state = start
      visit(state >> 2, robot)
      for (const action of this.queues[robot]!) {
        state = this.#after(state, action)
        if (action === forward) visit(state >> 2, robot)
      }
    }
    return new CellOrder(
      Array.from(visits, ([cell, robots]) => [
        cell,
        (before.get(cell) ?? []).filter((robot) => {
          const left = robots.get(robot) ?? 0
          robots.set(robot, left - 1)
          return left > 0
        }),
      ]),
    )
  }

  /** States at the end of what is staged. */
  ends(states: Int32Array): Int32Array {
    return states.map((state, robot) =>
      this.queues[robot]!.reduce((at, action) => this.#after(at, action), state),
    )
  }

  #after(state: number, action: number): number {
    return action === forward
      ? this.#floor.ahead[state]! * 4 + (state & 3)
      : (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
  }

  /** Robots that wait for each other in a ring: where there is one, the order itself is at fault. */
  ring(states: Int32Array): number[] {
    const waitsFor = (robot: number): number => {
      if (this.queues[robot]![0] !== forward) return -1
      const before = this.#order.at(this.#floor.ahead[states[robot]!]!, 0)!
      return before === robot ? -1 : before
    }
    const seen = new Uint8Array(states.length)
    for (let first = 0; first < states.length; first++) {
      const chain: number[] = []
      for (let robot = first; robot >= 0 && seen[robot] === 0; robot = waitsFor(robot)) {
        seen[robot] = 1
        chain.push(robot)
        const at = chain.indexOf(waitsFor(robot))
        if (at >= 0) return chain.slice(at)
      }
    }
    return []
  }
}

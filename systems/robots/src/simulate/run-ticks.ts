import { createRandom } from '@heavylift/core'
import { Staged } from '../execute/staged.ts'
import type { ErrandEvent } from '../problem/plan-file.ts'
import type { Problem, TickRules } from '../problem/problem.ts'
import { Delays } from './delays.ts'
import type { StepPlanner } from './run-steps.ts'
import { ShadowBook } from './shadow-book.ts'
import { actions } from './step.ts'
import { TaskPool } from './tasks.ts'
import { TickMotion } from './tick-motion.ts'
import type { TickStates } from './tick-motion.ts'

/** A problem by the rules of 2026. */
export type TickProblem = Omit<Problem, 'rules'> & { rules: TickRules }

export interface TickOptions {
  ticks: number
  /** Ticks between two plans: what the planner has time for while robots go on with the plan before. */
  ticksAPlan: number
  /** Units of work of a step of the plan. */
  units: number
  /** Draws the delays: another seed, other delays. */
  seed?: string
  onTick?: (tick: number) => void
}

export interface TicksRun {
  finished: number
  /** A letter a tick of each robot. */
  paths: string[]
  events: ErrandEvent[]
  tasks: { id: number; errands: Int32Array }[]
  delayed: number[][]
  delays: number
  /** Motions that the executor asked for and the rules refused. */
  refused: number
  /** Rings of robots that wait for each other in the order of the plan. */
  deadlocks: number
  /** How long the plans of one interval took. */
  planMs: number[]
}

/** Runs a problem by the rules of 2026: a plan every few ticks, made while robots do what the one before says, and an executor that keeps its order whatever is late. */
export function runTicks(
  problem: TickProblem,
  planner: StepPlanner,
  { ticks, ticksAPlan, units, seed = '', onTick }: TickOptions,
): TicksRun {
  const { floor, starts, rules } = problem
  const robots = starts.length
  const now: TickStates = {
    states: Int32Array.from(starts),
    counts: new Uint8Array(robots),
    under: new Uint8Array(robots).fill(3),
  }
  const staged = new Staged(floor, starts, rules.ticks)
  const motion = new TickMotion(floor, rules.ticks, rules.size, robots)
  const delays =
    rules.delays && new Delays(rules.delays, robots, createRandom(`delays ${rules.delays.seed} ${seed}`))
  const isDelayed = new Uint8Array(robots)
  const pool = new TaskPool(problem.tasks, robots, problem.revealed)
  const letters = new Uint8Array(robots * ticks)
  const run: TicksRun = {
    finished: 0,
    paths: [],
    events: [],
    tasks: [...pool.open.values()],
    delayed: [],
    delays: 0,
    refused: 0,
    deadlocks: 0,
    planMs: [],
  }
  /** What robots can do in the time of a plan, and one action more, so that none waits for the next plan. */
  const stepsAPlan = Math.ceil(ticksAPlan / rules.ticks) + 1
  const patience = new Patience(robots)
  let planned: { steps: Uint8Array[]; ends: Int32Array; book: ShadowBook } | null = null
  const plan = (ends: Int32Array): void => {
    const startedMs = performance.now()
    const book = new ShadowBook(pool)
    book.expect(now.states, ends, (robot) => staged.queues[robot]!, floor)
    const states = Int32Array.from(ends)
    const steps: Uint8Array[] = []
    for (let step = 0; step < stepsAPlan; step++) {
      const chosen = Uint8Array.from(planner.step(book, states, { units }))
      steps.push(chosen)
      for (const [robot, action] of chosen.entries()) {
        const state = states[robot]!
        if (action === 0) states[robot] = floor.ahead[state]! * 4 + (state & 3)
        else if (action !== 3) states[robot] = (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
      }
      book.arrive(states)
    }
    planned = { steps, ends, book }
    run.planMs.push(performance.now() - startedMs)
  }
  plan(Int32Array.from(starts))
  for (let tick = 1; tick <= ticks; tick++) {
    onTick?.(tick)
    if ((tick - 1) % ticksAPlan === 0 && planned !== null) {
      const { steps, ends, book }: { steps: Uint8Array[]; ends: Int32Array; book: ShadowBook } = planned
      book.giveOut(pool)
      for (const actionsOfStep of steps) {
        staged.stage(ends, actionsOfStep)
        for (const [robot, action] of actionsOfStep.entries()) {
          const state = ends[robot]!
          if (action === 0) ends[robot] = floor.ahead[state]! * 4 + (state & 3)
          else if (action !== 3) ends[robot] = (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
        }
      }
      if (staged.ring(now.states).length > 0) run.deadlocks++
      plan(staged.cut(now, isDelayed, ticksAPlan, patience.meanLeft))
    }
    const before = Int32Array.from(now.states)
    const asked = staged.next(now, isDelayed)
    delays?.next()
    for (let robot = 0; robot < robots; robot++) {
      isDelayed[robot] = delays !== null && delays.left[robot]! > 0 ? 1 : 0
      if (isDelayed[robot] === 1) asked[robot] = 3
    }
    patience.see(isDelayed)
    run.delayed.push(Array.from(isDelayed.keys()).filter((robot) => isDelayed[robot] === 1))
    const did = motion.tick(now, asked)
    staged.done(before, now)
    for (let robot = 0; robot < robots; robot++) letters[robot * ticks + tick - 1] = did[robot]!
    for (const { robot, task, errand } of pool.arrive(now.states))
      run.events.push([tick, robot, task, errand])
    run.tasks.push(...pool.reveal())
  }
  run.finished = pool.finished
  run.delays = delays?.begun ?? 0
  run.refused = motion.refused
  run.paths = Array.from({ length: robots }, (_, robot) =>
    Array.from(letters.subarray(robot * ticks, (robot + 1) * ticks), (action) => actions[action]).join(''),
  )
  return run
}

/** How long delays have been, by those that ended: all that may be known of them. */
class Patience {
  readonly #since: Int32Array
  #ended = 0
  #ticks = 0

  constructor(robots: number) {
    this.#since = new Int32Array(robots)
  }

  /** Ticks that a delay lasts yet on average: half of its length. */
  get meanLeft(): number {
    return this.#ended === 0 ? 2 : Math.round(this.#ticks / this.#ended / 2)
  }

  see(isDelayed: Uint8Array): void {
    for (let robot = 0; robot < isDelayed.length; robot++) {
      if (isDelayed[robot] === 1) this.#since[robot]!++
      else if (this.#since[robot]! > 0) {
        this.#ended++
        this.#ticks += this.#since[robot]!
        this.#since[robot] = 0
      }
    }
  }
}

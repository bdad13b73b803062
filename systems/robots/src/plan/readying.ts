import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { FoundDistances } from './distances.ts'
import type { Operations } from './operations.ts'
import { sharedInts } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'
import type { OperationRanks } from './rank-operations.ts'
import type { SharedPlan } from './shared-plan.ts'

/** Robots from which a second thread pays. */
const leastRobots = 3000

/** Robots that a thread takes at once. */
const chunk = 64

/** Places in what both threads write: the helper waits for another round; chunks that are taken and done; whether costs have changed; how often ways have; 1 where the helper listens. */
const place = { round: 0, taken: 1, done: 2, haveCostsChanged: 3, ways: 4, isUp: 5 }

/** What a helper works on, all of it shared. */
export interface HelperData {
  graph: PlanGraph
  operations: Operations
  distances: FoundDistances
  plan: SharedPlan
  control: Int32Array
}

/** Helpers whose floor nobody has any more. */
const left = new FinalizationRegistry<Worker>((helper) => void helper.terminate())

/**
 * Readies the robots of a step. Where they are many, a second thread takes its share: what is done for a robot hangs on no other, so who does it
 * changes nothing in the plan. Until that thread has begun, and where there is one processor, all is done here.
 */
export class Readying {
  readonly #ranks: OperationRanks
  readonly #robots: number
  readonly #control = sharedInts(Object.keys(place).length)

  constructor(
    ranks: OperationRanks,
    graph: PlanGraph,
    operations: Operations,
    distances: FoundDistances,
    plan: SharedPlan,
  ) {
    this.#ranks = ranks
    this.#robots = plan.robots
    if (plan.robots < leastRobots || availableParallelism() < 2) return
    const { fields, near } = distances
    const workerData: HelperData = {
      graph,
      operations,
      distances: { fields, near },
      plan,
      control: this.#control,
    }
    const helper = new Worker(new URL('./readying-worker.ts', import.meta.url), { workerData, execArgv: [] })
    helper.unref()
    // Without it all is done here, as before it had begun.
    helper.on('error', () => undefined)
    left.register(this, helper)
  }

  get isHelped(): boolean {
    return Atomics.load(this.#control, place.isUp) === 1
  }

  /** Which ways there are has changed. */
  forgetWays(): void {
    this.#ranks.forgetWays()
    Atomics.add(this.#control, place.ways, 1)
  }

  /** @param haveCostsChanged what ways cost has changed, or which there are */
  readyAll(haveCostsChanged: boolean): void {
    const control = this.#control
    if (!this.isHelped) {
      this.#ranks.ready(0, this.#robots, haveCostsChanged)
      return
    }
    Atomics.store(control, place.haveCostsChanged, haveCostsChanged ? 1 : 0)
    Atomics.store(control, place.done, 0)
    // From here on the helper may begin.
    Atomics.store(control, place.taken, 0)
    Atomics.add(control, place.round, 1)
    Atomics.notify(control, place.round)
    takeChunks(control, this.#robots, this.#ranks)
    while (Atomics.load(control, place.done) < Math.ceil(this.#robots / chunk));
  }
}

/** Takes chunks until none is left. */
function takeChunks(control: Int32Array, robots: number, ranks: OperationRanks, before?: () => void): void {
  for (;;) {
    const from = Atomics.add(control, place.taken, 1) * chunk
    if (from >= robots) return
    before?.()
    ranks.ready(from, Math.min(robots, from + chunk), Atomics.load(control, place.haveCostsChanged) === 1)
    Atomics.add(control, place.done, 1)
  }
}

/** The helper: takes chunks whenever a round begins, for as long as its thread lives. */
export function help({ plan, control }: HelperData, ranks: OperationRanks): never {
  let ways = Atomics.load(control, place.ways)
  // No round has begun that it could take part in.
  Atomics.store(control, place.taken, plan.robots)
  Atomics.store(control, place.isUp, 1)
  for (let round = Atomics.load(control, place.round); ; round = Atomics.load(control, place.round)) {
    takeChunks(control, plan.robots, ranks, () => {
      const now = Atomics.load(control, place.ways)
      if (now !== ways) ranks.forgetWays()
      ways = now
    })
    Atomics.wait(control, place.round, round)
  }
}

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

/** So long without a chunk done, the other thread is taken for dead. */
const longestWaitMs = 5000

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
  readonly #weighed: Int32Array
  readonly #longestMs: number
  readonly #control = sharedInts(Object.keys(place).length)
  #helper: Worker | null = null

  constructor(
    ranks: OperationRanks,
    graph: PlanGraph,
    operations: Operations,
    distances: FoundDistances,
    plan: SharedPlan,
    { start = startHelper, longestMs = longestWaitMs } = {},
  ) {
    this.#ranks = ranks
    this.#robots = plan.robots
    this.#weighed = plan.weighed
    this.#longestMs = longestMs
    if (plan.robots < leastRobots || availableParallelism() < 2) return
    const { fields, near } = distances
    const workerData: HelperData = {
      graph,
      operations,
      distances: { fields, near },
      plan,
      control: this.#control,
    }
    const helper = start(workerData)
    helper.unref()
    // Without it all is done here, as before it had begun.
    helper.on('error', () => undefined)
    // Not by `this`: a helper that nobody needs any more must not keep it.
    const control = this.#control
    helper.on('exit', () => Atomics.store(control, place.isUp, 0))
    left.register(this, helper)
    this.#helper = helper
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
    if (!this.#isDone()) this.#readyAlone(haveCostsChanged)
  }

  /** Waits until all chunks are done; false where the other thread has died with one of them. */
  #isDone(): boolean {
    const chunks = Math.ceil(this.#robots / chunk)
    let seen = 0
    let sinceMs = performance.now()
    for (let done = 0; done < chunks;) {
      done = Atomics.load(this.#control, place.done)
      if (done === seen) {
        if (performance.now() - sinceMs > this.#longestMs) return false
      } else {
        seen = done
        sinceMs = performance.now()
      }
    }
    return true
  }

  /** From now on without the other thread; what it may have left half done is done anew. */
  #readyAlone(haveCostsChanged: boolean): void {
    Atomics.store(this.#control, place.isUp, 0)
    void this.#helper?.terminate()
    this.#weighed.fill(0)
    this.#ranks.ready(0, this.#robots, haveCostsChanged)
  }
}

function startHelper(workerData: HelperData): Worker {
  return new Worker(new URL('./readying-worker.ts', import.meta.url), { workerData, execArgv: [] })
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

import type { OpenTask, TaskBook } from '../simulate/tasks.ts'
import { costIn } from './distances.ts'
import type { Distances } from './distances.ts'
import type { PlanGraph } from './plan-graph.ts'

/** Costs that are told apart in sorting; what is dearer comes last in any order. */
const mostCost = 1 << 14

/** Pairs of robot and task that are weighed in one step. */
const mostPairs = 200_000

/**
 * Gives tasks to robots that have not reached a first errand, anew each step and greedily: the pair first that costs least, where the way to the first
 * errand counts `approach` times as much as the way along the others. Long tasks stay in the pool, where they cost nothing until nothing shorter is
 * left. Where robots and tasks are too many for one step, those without a task come first, and of the others some each step.
 */
export class Assigner {
  readonly #graph: PlanGraph
  readonly #distances: Distances
  readonly #approach: number
  /** Cost along the errands of each open task, by id. */
  readonly #lengths = new Map<number, number>()
  readonly #counts = new Int32Array(mostCost + 1)
  #costs = new Int32Array(0)
  #order = new Int32Array(0)
  #turn = 0
  /** Vertices that no way leads to for now: 1. Tasks there wait. */
  #isShut: Uint8Array | null = null

  constructor(graph: PlanGraph, distances: Distances, approach = 5) {
    this.#graph = graph
    this.#distances = distances
    this.#approach = approach
  }

  /** Gives out no task with an errand at such a vertex from now on, and reckons tasks anew. */
  shut(isShut: Uint8Array | null): void {
    this.#isShut = isShut
    this.#lengths.clear()
  }

  #canBeDone({ errands }: OpenTask): boolean {
    return this.#isShut === null || errands.every((cell) => this.#isShut![this.#graph.vertexOf[cell]!] === 0)
  }

  /** @param states of the robots, by vertex */
  assign(pool: TaskBook, states: Int32Array): void {
    const { robots, tasks } = this.#choose(pool, states.length)
    const pairs = tasks.length * robots.length
    if (pairs === 0) return
    if (this.#costs.length < pairs) {
      this.#costs = new Int32Array(pairs)
      this.#order = new Int32Array(pairs)
    }
    const [costs, order, counts, fields] = [this.#costs, this.#order, this.#counts, this.#distances.fields]
    counts.fill(0)
    let pair = 0
    for (const task of tasks) {
      const goal = this.#graph.vertexOf[task.errands[0]!]!
      const length = this.lengthOf(task) + this.#distances.extraOf(goal) * this.#approach
      const field = this.#distances.to(goal)
      for (const robot of robots) {
        const state = states[robot]!
        const cost = costIn(fields[field + (state >> 2)]!, state & 3) * this.#approach + length
        const key = Math.min(cost >> 2, mostCost - 1)
        costs[pair++] = key
        counts[key + 1]!++
      }
    }
    for (let key = 1; key <= mostCost; key++) counts[key]! += counts[key - 1]!
    for (let at = 0; at < pairs; at++) order[counts[costs[at]!]!++] = at
    for (const robot of robots) pool.assign(robot, null)
    let left = Math.min(robots.length, tasks.length)
    for (let place = 0; place < pairs && left > 0; place++) {
      const at = order[place]!
      const task = tasks[Math.floor(at / robots.length)]!
      if (task.robot !== -1) continue
      const robot = robots[at % robots.length]!
      if (pool.ofRobot[robot] !== null) continue
      pool.assign(robot, task)
      left--
    }
  }

  /** Robots and tasks that are weighed against each other in this step. */
  #choose(pool: TaskBook, count: number): { robots: number[]; tasks: OpenTask[] } {
    const robots: number[] = []
    const waiting: number[] = []
    for (let robot = 0; robot < count; robot++) {
      const task = pool.ofRobot[robot]!
      if (task === null) robots.push(robot)
      else if (task.next === 0) waiting.push(robot)
    }
    let tasks: OpenTask[] = []
    for (const task of pool.open.values()) if (task.robot === -1 && this.#canBeDone(task)) tasks.push(task)
    if (robots.length * tasks.length > mostPairs) {
      tasks = this.#shortestOfEachPlace(tasks)
      robots.length = Math.min(robots.length, Math.max(1, Math.floor(mostPairs / tasks.length)))
    }
    const room = Math.floor(mostPairs / Math.max(1, tasks.length + waiting.length)) - robots.length
    for (let at = 0; at < Math.min(room, waiting.length); at++) {
      const robot = waiting[this.#turn++ % waiting.length]!
      robots.push(robot)
      tasks.push(pool.ofRobot[robot]!)
    }
    return { robots: robots.toSorted((a, b) => a - b), tasks: tasks.toSorted((a, b) => a.id - b.id) }
  }

  /** Of tasks that begin in one place the one that is done soonest. */
  #shortestOfEachPlace(tasks: readonly OpenTask[]): OpenTask[] {
    const best = new Map<number, OpenTask>()
    for (const task of tasks) {
      const place = task.errands[0]!
      const other = best.get(place)
      if (other === undefined || this.lengthOf(task) < this.lengthOf(other)) best.set(place, task)
    }
    return [...best.values()]
  }

  /** Cost along the errands of a task. */
  lengthOf({ id, errands }: OpenTask): number {
    let length = this.#lengths.get(id)
    if (length === undefined) {
      length = 0
      for (let errand = 1; errand < errands.length; errand++)
        length += this.#between(errands[errand - 1]!, errands[errand]!)
      this.#lengths.set(id, length)
    }
    return length
  }

  /** Cost of what is left of a robot's task. */
  leftOf(state: number, { errands, next }: OpenTask): number {
    let left = this.#distances.from(state, this.#graph.vertexOf[errands[next]!]!)
    for (let errand = next + 1; errand < errands.length; errand++)
      left += this.#between(errands[errand - 1]!, errands[errand]!)
    return left
  }

  #between(from: number, to: number): number {
    const { vertexOf } = this.#graph
    return this.#distances.between(vertexOf[from]!, vertexOf[to]!)
  }

  forget(pool: TaskBook): void {
    if (this.#lengths.size > pool.open.size * 2)
      for (const id of this.#lengths.keys()) if (!pool.open.has(id)) this.#lengths.delete(id)
  }
}

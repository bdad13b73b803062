import type { OpenTask, TaskBook } from '../simulate/tasks.ts'
import { costIn } from './distances.ts'
import type { Distances } from './distances.ts'
import { NearTasks } from './near-tasks.ts'
import type { PlanGraph } from './plan-graph.ts'

/** Costs that are told apart in sorting; what is dearer comes last in any order. */
const mostCost = 1 << 14

/** Pairs of robot and task up to which each is weighed. */
const mostPairs = 200_000

/** Past them, or where distances are not exact: the tasks that are weighed for a robot, and in one step the robots that have none and all of them. */
const tasksEach = 8
const mostFree = 1500
const mostRobots = 200
/** How often who found all taken looks again in one step. */
const mostRounds = 5

/**
 * Gives tasks to robots that have not reached a first errand, anew each step and greedily: the pair first that costs least, where the way to the first
 * errand counts `approach` times as much as the way along the others. Long tasks stay in the pool, where they cost nothing until nothing shorter is
 * left. Where robots and tasks are many, each robot is weighed against the tasks that are nearest to it, and of robots those without a task come first, the others
 * in turn.
 */
export class Assigner {
  readonly #graph: PlanGraph
  readonly #distances: Distances
  readonly #approach: number
  readonly #near: NearTasks
  /** Cost along the errands of each open task, by id. */
  readonly #lengths = new Map<number, number>()
  readonly #counts = new Int32Array(mostCost + 1)
  #pairRobot = new Int32Array(0)
  #pairTask = new Int32Array(0)
  #costs = new Int32Array(0)
  #order = new Int32Array(0)
  readonly #found = new Int32Array(tasksEach)
  readonly #foundCost = new Int32Array(tasksEach)
  #turn = 0
  /** Place among the tasks of the shortest that begins at each vertex, and its length. */
  readonly #bestOf: Int32Array
  readonly #leastOf: Float64Array
  /** Vertices that no way leads to for now: 1. Tasks there wait. */
  #isShut: Uint8Array | null = null

  constructor(graph: PlanGraph, distances: Distances, approach = 5) {
    this.#graph = graph
    this.#distances = distances
    this.#approach = approach
    this.#near = new NearTasks(graph)
    this.#bestOf = new Int32Array(graph.vertices)
    this.#leastOf = new Float64Array(graph.vertices)
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
    const { robots, tasks, isAll } = this.#choose(pool, states.length)
    if (isAll) {
      const pairs = this.#weighAll(robots, tasks, states)
      for (const robot of robots) pool.assign(robot, null)
      return this.#give(pool, robots, tasks, pairs)
    }
    if (robots.length === 0) return
    this.#near.set(tasks, (task) => this.lengthOf(task))
    const places = new Map<OpenTask, number>()
    for (const [at, task] of tasks.entries()) if (task.robot !== -1) places.set(task, at)
    let without = robots
    let left = tasks.length
    // Who finds all that is near it taken looks among what is left.
    for (let round = 0; round < mostRounds && without.length > 0 && left > 0; round++) {
      const pairs = this.#weighNear(pool, without, tasks, places, states)
      for (const robot of without) pool.assign(robot, null)
      this.#give(pool, without, tasks, pairs)
      without = without.filter((robot) => pool.ofRobot[robot] === null)
      left = this.#near.keep(({ robot }) => robot === -1)
    }
  }

  /** Gives tasks to robots by the pairs that were weighed, the cheapest first. */
  #give(pool: TaskBook, robots: readonly number[], tasks: readonly OpenTask[], pairs: number): void {
    const [costs, order, counts] = [this.#costs, this.#order, this.#counts]
    counts.fill(0)
    for (let pair = 0; pair < pairs; pair++) counts[costs[pair]! + 1]!++
    for (let key = 1; key <= mostCost; key++) counts[key]! += counts[key - 1]!
    for (let pair = 0; pair < pairs; pair++) order[counts[costs[pair]!]!++] = pair
    let left = Math.min(robots.length, tasks.length)
    for (let place = 0; place < pairs && left > 0; place++) {
      const pair = order[place]!
      const task = tasks[this.#pairTask[pair]!]!
      if (task.robot !== -1) continue
      const robot = robots[this.#pairRobot[pair]!]!
      if (pool.ofRobot[robot] !== null) continue
      pool.assign(robot, task)
      left--
    }
  }

  #weighAll(robots: readonly number[], tasks: readonly OpenTask[], states: Int32Array): number {
    this.#makeRoom(robots.length * tasks.length)
    const [costs, pairRobot, pairTask, fields] = [
      this.#costs,
      this.#pairRobot,
      this.#pairTask,
      this.#distances.fields,
    ]
    let pair = 0
    for (const [at, task] of tasks.entries()) {
      const goal = this.#graph.vertexOf[task.errands[0]!]!
      const length = this.lengthOf(task) + this.#distances.extraOf(goal) * this.#approach
      const field = this.#distances.to(goal)
      for (let place = 0; place < robots.length; place++) {
        const state = states[robots[place]!]!
        const cost = costIn(fields[field + (state >> 2)]!, state & 3) * this.#approach + length
        pairRobot[pair] = place
        pairTask[pair] = at
        costs[pair++] = Math.min(cost >> 2, mostCost - 1)
      }
    }
    return pair
  }

  /** Weighs for each robot the tasks that are nearest to it, and the one that it has. */
  #weighNear(
    pool: TaskBook,
    robots: readonly number[],
    tasks: readonly OpenTask[],
    places: ReadonlyMap<OpenTask, number>,
    states: Int32Array,
  ): number {
    this.#makeRoom(robots.length * (tasksEach + 1))
    let pair = 0
    const weigh = (place: number, state: number, at: number): void => {
      const task = tasks[at]!
      const goal = this.#graph.vertexOf[task.errands[0]!]!
      const cost = this.#distances.from(state, goal) * this.#approach + this.lengthOf(task)
      this.#pairRobot[pair] = place
      this.#pairTask[pair] = at
      this.#costs[pair++] = Math.min(cost >> 2, mostCost - 1)
    }
    for (const [place, robot] of robots.entries()) {
      const state = states[robot]!
      const own = pool.ofRobot[robot] ? places.get(pool.ofRobot[robot]) : undefined
      if (own !== undefined) weigh(place, state, own)
      const count = this.#near.find(state >> 2, this.#approach, this.#found, this.#foundCost)
      for (let at = 0; at < count; at++) if (this.#found[at] !== own) weigh(place, state, this.#found[at]!)
    }
    return pair
  }

  #makeRoom(pairs: number): void {
    if (this.#costs.length >= pairs) return
    this.#costs = new Int32Array(pairs)
    this.#order = new Int32Array(pairs)
    this.#pairRobot = new Int32Array(pairs)
    this.#pairTask = new Int32Array(pairs)
  }

  /** Robots and tasks that are weighed against each other in this step, and whether that is each against each. */
  #choose(pool: TaskBook, count: number): { robots: number[]; tasks: OpenTask[]; isAll: boolean } {
    const robots: number[] = []
    const waiting: number[] = []
    for (let robot = 0; robot < count; robot++) {
      const task = pool.ofRobot[robot]!
      if (task === null) robots.push(robot)
      else if (task.next === 0) waiting.push(robot)
    }
    const tasks: OpenTask[] = []
    for (const task of pool.open.values()) if (task.robot === -1 && this.#canBeDone(task)) tasks.push(task)
    const isAll = this.#distances.isExact && robots.length * tasks.length <= mostPairs
    const most = isAll ? Math.floor(mostPairs / Math.max(1, tasks.length + waiting.length)) : mostRobots
    if (!isAll) robots.length = Math.min(robots.length, mostFree)
    const room = Math.min(waiting.length, most - robots.length)
    for (let at = 0; at < room; at++) {
      const robot = waiting[this.#turn++ % waiting.length]!
      robots.push(robot)
      tasks.push(pool.ofRobot[robot]!)
    }
    return {
      robots: robots.toSorted((a, b) => a - b),
      tasks: (isAll ? tasks : this.#shortestOfEachPlace(tasks)).toSorted((a, b) => a.id - b.id),
      isAll,
    }
  }

  /** Of tasks that begin in one place the one that is done soonest. */
  #shortestOfEachPlace(tasks: readonly OpenTask[]): OpenTask[] {
    const { vertexOf } = this.#graph
    const [bestOf, leastOf] = [this.#bestOf, this.#leastOf]
    leastOf.fill(Infinity)
    const places = tasks.map((task, at) => {
      const place = vertexOf[task.errands[0]!]!
      const length = this.lengthOf(task)
      if (length < leastOf[place]!) {
        leastOf[place] = length
        bestOf[place] = at
      }
      return place
    })
    return tasks.filter((_, at) => bestOf[places[at]!] === at)
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

  /** Cost along the errands of a task after the next one. */
  restOf({ errands, next }: OpenTask): number {
    let rest = 0
    for (let errand = next + 1; errand < errands.length; errand++)
      rest += this.#between(errands[errand - 1]!, errands[errand]!)
    return rest
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

import type { Floor } from '../floor/floor.ts'
import type { TaskBook } from '../simulate/tasks.ts'
import { Aims } from './aims.ts'
import { Assigner } from './assign.ts'
import { Distances, mostStepCost } from './distances.ts'
import { guide } from './guidance.ts'
import { createOperations } from './operations.ts'
import type { Operations } from './operations.ts'
import { createPlanGraph, cutOff, stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'
import { Search } from './search.ts'
import type { PlannerSettings } from './settings.ts'
import { createSharedPlan } from './shared-plan.ts'
import type { SharedPlan } from './shared-plan.ts'

/** Fields of distances that are found anew a step at the most: a fraction of a millisecond each on a floor of thousands of cells. */
const mostRefreshed = 60

/** How long a step may plan: so many units of work, and where a clock is given, until then at the most. */
export interface WorkBudget {
  units: number
  /** On the clock of `performance.now()`. What was done until then is recorded, so that the run can be replayed by units alone. */
  untilMs?: number
  /** Only places the robots by priority and betters nothing. */
  isFirstOnly?: boolean
}

/**
 * Plans the joint motion of all robots of a floor, step by step: gives out tasks, places robots by priority (EPIBT), then betters the plan while the budget
 * lasts. A plan goes on from the step before. Depends on nothing but what it is given and the units it works, so that a run replays bit for bit.
 */
export class Planner {
  readonly #graph: PlanGraph
  readonly #operations: Operations
  readonly #distances: Distances
  readonly #assigner: Assigner
  readonly #plan: SharedPlan
  readonly #search: Search
  readonly #robots: number
  /** Vertex and direction of each robot. */
  readonly #states: Int32Array
  readonly #aims: Aims
  readonly #actions: Uint8Array
  /** Vertex ahead of each state while nothing is shut. */
  readonly #openAhead: Int32Array
  #isShut: Uint8Array | null = null
  /** What steps cost by the guidance alone; null until something else is put on top. */
  #ownCost: Uint8Array | null = null
  /** Where ways changed last, by cell: those near it are the first to know. */
  #changedAt: Int32Array | null = null

  /**
   * @param starts cells and directions of the robots (`cell * 4 + direction`)
   * @param graph of the floor as `guidedGraph` makes it, which is this planner's own from now on
   */
  constructor(
    floor: Floor,
    starts: Int32Array,
    settings: PlannerSettings,
    graph: PlanGraph = guidedGraph(floor, settings),
  ) {
    this.#robots = starts.length
    this.#graph = graph
    this.#openAhead = Int32Array.from(this.#graph.ahead)
    this.#operations = createOperations(settings.depth)
    this.#distances = new Distances(this.#graph, settings.distanceBytes)
    this.#assigner = new Assigner(this.#graph, this.#distances, settings.approach)
    this.#plan = createSharedPlan(this.#graph, this.#operations, this.#robots)
    this.#search = new Search(this.#graph, this.#operations, this.#distances, this.#plan, settings)
    this.#states = new Int32Array(this.#robots)
    this.#aims = new Aims(this.#graph, this.#distances, this.#assigner, this.#plan, settings)
    this.#actions = new Uint8Array(this.#robots)
    this.#place(starts)
    this.#search.stand(this.#states)
  }

  /** Whether a second thread takes its share: it begins a moment after the planner, where robots are many. */
  get isHelped(): boolean {
    return this.#search.isHelped
  }

  /** Units of work done so far. */
  get work(): number {
    return this.#search.work
  }

  /**
   * Shuts cells: nobody drives into them from the next step on, who is there may leave, and tasks that they keep from being done wait. Distances are found anew
   * over the next steps, first those of robots nearby. Only on floors that are small enough for exact distances.
   * @param isShut 1 where nobody may go, by cell
   */
  shut(isShut: Uint8Array): void {
    const { cellOf, ahead, vertices } = this.#graph
    const changed: number[] = []
    for (let vertex = 0; vertex < vertices; vertex++) {
      if (isShut[cellOf[vertex]!] !== (this.#isShut?.[vertex] ?? 0)) changed.push(vertex)
    }
    if (changed.length === 0) return
    const shut = Uint8Array.from({ length: vertices }, (_, vertex) => isShut[cellOf[vertex]!]!)
    for (let state = 0; state < vertices * 4; state++) {
      const to = this.#openAhead[state]!
      ahead[state] = to >= 0 && shut[to] === 1 && shut[state >> 2] === 0 ? -1 : to
    }
    this.#isShut = shut
    this.#assigner.shut(cutOff(this.#graph, shut))
    this.#changedAt = Int32Array.from(changed)
    this.#distances.age()
    this.#search.haveWaysChanged = true
  }

  /**
   * Makes steps into cells dearer than the guidance has them, by so many steps each, until the next call. Distances are found anew over the next steps, so it is for
   * floors that are small enough for exact ones.
   */
  price(prices: Float64Array): void {
    const { cellOf, aheadCost, vertices } = this.#graph
    this.#ownCost ??= Uint8Array.from(aheadCost)
    const changed: number[] = []
    for (let state = 0; state < vertices * 4; state++) {
      const to = this.#openAhead[state]!
      if (to < 0) continue
      const cost = Math.min(mostStepCost, Math.round(this.#ownCost[state]! + prices[cellOf[to]!]! * stepCost))
      if (cost === aheadCost[state]) continue
      aheadCost[state] = cost
      changed.push(to)
    }
    if (changed.length === 0) return
    this.#changedAt = Int32Array.from(changed)
    this.#distances.age()
  }

  /** Robots that stand whatever is planned: 1. They are in nobody's plan to be moved. */
  hold(isHeld: Uint8Array): void {
    this.#search.held.set(isHeld)
  }

  /** Cells that a robot's plan leads over from where it is, the actions that are planned and no more. */
  planOf(robot: number): number[] {
    const { path } = this.#plan
    const width = this.#operations.depth + 1
    return Array.from({ length: width }, (_, time) => this.#graph.cellOf[path[robot * width + time]! >> 2]!)
  }

  /** Cells of the cheapest way of a robot to a cell, as if nobody else were there; at most so many. */
  wayOf(state: number, goal: number, most = 400): number[] {
    const { vertexOf, cellOf, ahead } = this.#graph
    const aim = vertexOf[goal]!
    let at = vertexOf[state >> 2]! * 4 + (state & 3)
    const cells = [state >> 2]
    for (let turn = 0; turn < most * 3 && at >> 2 !== aim && cells.length < most; turn++) {
      const to = ahead[at]!
      const options = [(at & ~3) | ((at + 1) & 3), (at & ~3) | ((at + 3) & 3)]
      if (to >= 0) options.unshift(to * 4 + (at & 3))
      const here = this.#distances.from(at, aim)
      const next = options.find((option) => this.#distances.from(option, aim) < here)
      if (next === undefined) break
      if (next >> 2 !== at >> 2) cells.push(cellOf[next >> 2]!)
      at = next
    }
    return cells
  }

  /**
   * Gives out tasks and plans a step. Returns the first action of each robot (0 ahead, 1 right, 2 left, 3 wait), in an array that the next call writes to again.
   * @param states cells and directions of the robots now
   */
  step(pool: TaskBook, states: Int32Array, budget: WorkBudget): Uint8Array {
    this.#place(states)
    this.#search.follow(this.#states)
    this.#assigner.assign(pool, this.#states)
    this.#assigner.forget(pool)
    const areWaysChanging = this.#changedAt !== null
    if (areWaysChanging) this.#refresh(pool)
    const order = this.#aims.write(pool, this.#states, this.#isShut, areWaysChanging)
    this.#search.begin(areWaysChanging)
    const { untilMs = Infinity, isFirstOnly = false } = budget
    const until = this.#search.work + budget.units
    const isPlaced = this.#search.passInOrder(order, until, untilMs)
    if (isPlaced && !isFirstOnly) this.#search.improve(until, untilMs)
    const { path } = this.#plan
    const width = this.#operations.depth + 1
    for (let robot = 0; robot < this.#robots; robot++) {
      const [from, to] = [path[robot * width]!, path[robot * width + 1]!]
      this.#actions[robot] = from === to ? 3 : from >> 2 !== to >> 2 ? 0 : ((to - from) & 3) === 1 ? 1 : 2
    }
    return this.#actions
  }

  /** Finds old distances anew, so many a step: those of robots near what changed first. */
  #refresh(pool: TaskBook): void {
    const { vertexOf, rowOf, columnOf } = this.#graph
    const changed = this.#changedAt!
    const spots = Array.from({ length: Math.min(32, changed.length) }, (_, at) => {
      const vertex = changed[Math.floor((at * changed.length) / Math.min(32, changed.length))]!
      return [rowOf[vertex]!, columnOf[vertex]!] as const
    })
    const farOf = (vertex: number): number =>
      spots.reduce(
        (least, [row, column]) =>
          Math.min(least, Math.abs(rowOf[vertex]! - row) + Math.abs(columnOf[vertex]! - column)),
        Infinity,
      )
    const robots = Array.from(pool.ofRobot.keys(), (robot) => ({
      robot,
      far: farOf(this.#states[robot]! >> 2),
    })).toSorted((a, b) => a.far - b.far)
    let left = mostRefreshed
    for (const { robot } of robots) {
      const task = pool.ofRobot[robot]
      if (left > 0 && task && this.#distances.refresh(vertexOf[task.errands[task.next]!]!)) left--
    }
    for (const { errands } of pool.open.values())
      for (const cell of errands) if (left > 0 && this.#distances.refresh(vertexOf[cell]!)) left--
    if (left > 0) this.#changedAt = null
  }

  #place(states: Int32Array): void {
    const { vertexOf } = this.#graph
    for (let robot = 0; robot < this.#robots; robot++)
      this.#states[robot] = vertexOf[states[robot]! >> 2]! * 4 + (states[robot]! & 3)
  }
}

/** The floor with its lanes learned: what takes longest before a planner can begin. */
export function guidedGraph(floor: Floor, { guidance }: Pick<PlannerSettings, 'guidance'>): PlanGraph {
  const graph = createPlanGraph(floor)
  if (guidance !== null) guide(graph, guidance)
  return graph
}

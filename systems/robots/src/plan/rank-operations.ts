import type { FoundDistances } from './distances.ts'
import { costIn, nearCells, nearRadius, nearSide } from './distances.ts'
import type { Operations } from './operations.ts'
import { stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'
import type { SharedPlan } from './shared-plan.ts'

const none = -1

/** Weight of a unit of cost against one of lateness. */
const fine = 32

/** Numbers of operations that go into one with a state. */
const mostOperations = 256

/** Ends that are kept, of all states together: 64 MB. */
const mostEnds = 1 << 24

/** What operations of robots cost by their goals, and in which order they are to be tried. */
export class OperationRanks {
  readonly #graph: PlanGraph
  readonly #operations: Operations
  readonly #plan: SharedPlan
  readonly #fields: Int32Array
  readonly #nearFields: Int32Array | null
  readonly #depth: number
  readonly #width: number
  readonly #count: number
  /**
   * Where the operations end that lead through no wall, `end * mostOperations + operation`, a row for each of so many states (all of them, where there is room): how many
   * each row has, and of which state it is.
   */
  readonly #ends: Int32Array
  readonly #endCount: Int32Array
  readonly #rowState: Int32Array
  /** States of the operations' tree from one state. */
  readonly #nodeState: Int32Array
  #turnedTo = 0

  constructor(graph: PlanGraph, operations: Operations, distances: FoundDistances, plan: SharedPlan) {
    this.#graph = graph
    this.#operations = operations
    this.#plan = plan
    this.#fields = distances.fields
    this.#nearFields = distances.near
    this.#depth = operations.depth
    this.#width = operations.depth + 1
    this.#count = operations.count
    const rows = Math.min(graph.vertices * 4, Math.floor(mostEnds / this.#count))
    this.#ends = new Int32Array(rows * this.#count)
    this.#endCount = new Int32Array(rows)
    this.#rowState = new Int32Array(rows).fill(none)
    this.#nodeState = new Int32Array(operations.nodes)
  }

  /** Which ways there are has changed. */
  forgetWays(): void {
    this.#rowState.fill(none)
  }

  /**
   * Begins a step for robots of these numbers: the ways that they have are reckoned by their goals, their operations weighed, and the best one put first. What was ranked stays
   * for those that stand where they stood and want what they wanted.
   * @param haveCostsChanged what ways cost has changed, or which there are
   */
  ready(from: number, until: number, haveCostsChanged: boolean): void {
    const { weighed, weighedFor, ranked, cost, path, goal, after } = this.#plan
    for (let robot = from; robot < until; robot++) {
      const at = robot * 3
      const start = path[robot * this.#width]!
      cost[robot] = this.#costOfPath(robot)
      if (
        haveCostsChanged ||
        weighedFor[at] !== start ||
        weighedFor[at + 1] !== goal[robot] ||
        weighedFor[at + 2] !== after[robot] ||
        weighed[robot] === 0
      ) {
        weighedFor[at] = start
        weighedFor[at + 1] = goal[robot]!
        weighedFor[at + 2] = after[robot]!
        this.#weigh(robot)
      }
      if (ranked[robot] === 0) this.rankNext(robot)
    }
  }

  #costOfPath(robot: number): number {
    const { path, goal } = this.#plan
    const [depth, from] = [this.#depth, robot * this.#width]
    let lateness = 0
    let reached = 0
    let last = 0
    for (let time = 1; time <= depth; time++) {
      const vertex = path[from + time]! >> 2
      if (vertex !== path[from + time - 1]! >> 2) {
        lateness += time
        last = time
      }
      if (reached === 0 && vertex === goal[robot]!) reached = time
    }
    // Who stands at the end turns to where it wants to go on.
    const end = path[from + last]!
    const cost = this.#costOf(robot, end, depth - last, reached)
    this.#turn(from + last, end, depth - last, this.#turnedTo)
    return cost * fine + lateness
  }

  /** Cost of what is left from an end with so many steps to turn in; sets `#turnedTo` to the direction that is best. */
  #costOf(robot: number, end: number, slack: number, reached: number): number {
    const { goal, after, goalField, afterField, goalExtra, afterExtra, between } = this.#plan
    const vertex = end >> 2
    const direction = end & 3
    let packed: number
    let base = 0
    if (goal[robot]! < 0) {
      this.#turnedTo = direction
      return 0
    }
    if (reached === 0) {
      packed = this.#near(robot, vertex)
      if (packed === -1) {
        packed = this.#fields[goalField[robot]! + vertex]!
        base = goalExtra[robot]!
      }
    } else if (after[robot]! >= 0) {
      packed = this.#fields[afterField[robot]! + vertex]!
      base = afterExtra[robot]! - between[robot]! - stepCost
    } else {
      this.#turnedTo = direction
      return -(this.#depth - reached + 1) * stepCost
    }
    const turned = turnedBest(packed, direction, slack)
    this.#turnedTo = turned & 3
    return (turned >> 2) + base
  }

  /** The exact field of a robot's goal, or -1 where that is not known. */
  #near(robot: number, vertex: number): number {
    const near = this.#nearFields
    if (near === null) return -1
    const { rowOf, columnOf } = this.#graph
    const goal = this.#plan.goal[robot]!
    const down = rowOf[vertex]! - rowOf[goal]! + nearRadius
    const right = columnOf[vertex]! - columnOf[goal]! + nearRadius
    if (down < 0 || right < 0 || down >= nearSide || right >= nearSide) return -1
    return near[goal * nearCells + down * nearSide + right]!
  }

  /** Rows and columns from one vertex to another. */
  #farFrom(vertex: number, other: number): number {
    const { rowOf, columnOf } = this.#graph
    return Math.abs(rowOf[vertex]! - rowOf[other]!) + Math.abs(columnOf[vertex]! - columnOf[other]!)
  }

  /** Writes turns after time `at` of a path that stands in `end` for `slack` steps. */
  #turn(at: number, end: number, slack: number, to: number): void {
    const { path } = this.#plan
    let direction = end & 3
    for (let time = 1; time <= slack; time++) {
      direction = turned(direction, to)
      path[at + time] = (end & ~3) | direction
    }
  }

  /** Row of the ends of the operations from a state. */
  #rowOf(state: number): number {
    const row = state % this.#rowState.length
    if (this.#rowState[row] !== state) this.#writeRow(row, state)
    return row
  }

  #writeRow(row: number, start: number): void {
    const { parentOf, actionOf, nodeAt, nodes } = this.#operations
    const [depth, count, nodeState] = [this.#depth, this.#count, this.#nodeState]
    for (let node = 0; node < nodes; node++) {
      const parent = parentOf[node]!
      const state = parent < 0 ? start : nodeState[parent]!
      nodeState[node] = state < 0 ? -1 : this.#after(state, actionOf[node]!)
    }
    let to = row * count
    for (let operation = 0; operation < count; operation++) {
      const end = nodeState[nodeAt[(operation + 1) * depth - 1]!]!
      if (end >= 0) this.#ends[to++] = end * mostOperations + operation
    }
    this.#endCount[row] = to - row * count
    this.#rowState[row] = start
  }

  /** State after an action, or -1. */
  #after(state: number, action: number): number {
    if (action === 3) return state
    if (action !== 0) return (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
    const to = this.#graph.ahead[state]!
    return to < 0 ? -1 : to * 4 + (state & 3)
  }

  /** Weighs the operations of a robot that lead through no wall. */
  #weigh(robot: number): void {
    const { slackOf, latenessOf } = this.#operations
    const { path, goal, goalField, goalExtra, weighed, ranked, rankedCost, rankedOperation } = this.#plan
    const [fields, ends] = [this.#fields, this.#ends]
    const start = path[robot * this.#width]!
    const aim = goal[robot]!
    const row = this.#rowOf(start)
    const from = row * this.#count
    const found = this.#endCount[row]!
    const to = robot * this.#count
    const field = goalField[robot]!
    const extra = goalExtra[robot]!
    const far = aim < 0 ? 0 : this.#farFrom(start >> 2, aim)
    // Where no operation comes to the goal or its surroundings, what is left is in one place.
    const isOnTheWay = far > this.#depth + (this.#nearFields === null ? 0 : 2 * nearRadius)
    for (let place = 0; place < found; place++) {
      const packed = ends[from + place]!
      const end = Math.floor(packed / mostOperations)
      const operation = packed % mostOperations
      const slack = slackOf[operation]!
      const left = isOnTheWay
        ? (turnedBest(fields[field + (end >> 2)]!, end & 3, slack) >> 2) + extra
        : this.#costOf(robot, end, slack, far > this.#depth ? 0 : this.#reachedAt(start, operation, aim))
      rankedCost[to + place] = left * fine + latenessOf[operation]!
      rankedOperation[to + place] = operation
    }
    ranked[robot] = 0
    weighed[robot] = found
  }

  /** Time at which an operation comes to a vertex first; 0 where it does not. */
  #reachedAt(start: number, operation: number, aim: number): number {
    const { actionOf, nodeAt } = this.#operations
    let state = start
    for (let time = 0; time < this.#depth; time++) {
      state = this.#after(state, actionOf[nodeAt[operation * this.#depth + time]!]!)
      if (state >> 2 === aim) return time + 1
    }
    return 0
  }

  /** Puts the best of a robot's operations that are not in their order yet behind those that are, and writes its way. */
  rankNext(robot: number): void {
    const { weighed, ranked, rankedCost, rankedOperation, rankedWay, path, goal } = this.#plan
    const { nodeAt, actionOf, slackOf } = this.#operations
    const [depth, first] = [this.#depth, robot * this.#count]
    const at = first + ranked[robot]!
    ranked[robot]!++
    const until = first + weighed[robot]!
    let best = at
    for (let place = at + 1; place < until; place++) if (rankedCost[place]! < rankedCost[best]!) best = place
    const operation = rankedOperation[best]!
    const cost = rankedCost[best]!
    rankedOperation[best] = rankedOperation[at]!
    rankedCost[best] = rankedCost[at]!
    rankedOperation[at] = operation
    rankedCost[at] = cost
    const [way, from, slack] = [at * depth, operation * depth, slackOf[operation]!]
    let state = path[robot * this.#width]!
    let reached = 0
    for (let time = 0; time < depth; time++) {
      state = this.#after(state, actionOf[nodeAt[from + time]!]!)
      rankedWay[way + time] = state
      if (reached === 0 && state >> 2 === goal[robot]!) reached = time + 1
    }
    if (slack === 0) return
    this.#costOf(robot, state, slack, reached)
    let direction = state & 3
    for (let time = depth - slack; time < depth; time++) {
      direction = turned(direction, this.#turnedTo)
      rankedWay[way + time] = (state & ~3) | direction
    }
  }
}

/** A direction after the turn that leads on to another; right where both ways are as far. */
function turned(direction: number, to: number): number {
  const turns = (to - direction) & 3
  return turns === 0 ? direction : turns === 3 ? (direction + 3) & 3 : (direction + 1) & 3
}

/** The least cost in a vertex for who may turn so often, and the direction that has it: `cost * 4 + direction`. */
function turnedBest(packed: number, direction: number, slack: number): number {
  let best = costIn(packed, direction) * 4 + direction
  if (slack === 0) return best
  const right = (direction + 1) & 3
  const left = (direction + 3) & 3
  const toRight = costIn(packed, right) * 4 + right
  if (toRight >> 2 < best >> 2) best = toRight
  const toLeft = costIn(packed, left) * 4 + left
  if (toLeft >> 2 < best >> 2) best = toLeft
  if (slack === 1) return best
  const back = (direction + 2) & 3
  const toBack = costIn(packed, back) * 4 + back
  return toBack >> 2 < best >> 2 ? toBack : best
}

import type { Distances } from './distances.ts'
import { costIn, nearCells, nearRadius, nearSide } from './distances.ts'
import type { Operations } from './operations.ts'
import { stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'
import type { SharedPlan } from './shared-plan.ts'

const none = -1

/** Weight of a unit of cost against one of lateness. */
const fine = 32

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
  /** Where each robot stood when its operations were weighed, its goal then, and the one after. */
  readonly #weighedFor: Int32Array
  #turnedTo = 0

  constructor(graph: PlanGraph, operations: Operations, distances: Distances, plan: SharedPlan) {
    this.#graph = graph
    this.#operations = operations
    this.#plan = plan
    this.#fields = distances.fields
    this.#nearFields = distances.near
    this.#depth = operations.depth
    this.#width = operations.depth + 1
    this.#count = operations.count
    this.#weighedFor = new Int32Array(plan.robots * 3).fill(none)
  }

  /**
   * Begins a step: the ways that robots have are reckoned by their goals. What was ranked is void but for robots that stand where they stood and want what they wanted.
   * @param haveCostsChanged what ways cost has changed, or which there are
   */
  begin(haveCostsChanged: boolean): void {
    const { weighed, cost, robots, path, goal, after } = this.#plan
    for (let robot = 0; robot < robots; robot++) {
      const at = robot * 3
      const start = path[robot * this.#width]!
      if (
        haveCostsChanged ||
        this.#weighedFor[at] !== start ||
        this.#weighedFor[at + 1] !== goal[robot] ||
        this.#weighedFor[at + 2] !== after[robot]
      ) {
        weighed[robot] = 0
        this.#weighedFor[at] = start
        this.#weighedFor[at + 1] = goal[robot]!
        this.#weighedFor[at + 2] = after[robot]!
      }
      cost[robot] = this.#costOfPath(robot)
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

  /** Weighs the operations of a robot that lead through no wall. Returns how many they are. */
  weigh(robot: number): number {
    const { parentOf, actionOf, nodeAt, slackOf, latenessOf, nodes } = this.#operations
    const { path, goal, goalField, goalExtra, weighed, ranked, rankedCost, rankedOperation, nodeState } =
      this.#plan
    const [depth, count, ahead] = [this.#depth, this.#count, this.#graph.ahead]
    const start = path[robot * this.#width]!
    const aim = goal[robot]!
    const tree = robot * nodes
    for (let node = 0; node < nodes; node++) {
      const parent = parentOf[node]!
      const state = parent < 0 ? start : nodeState[tree + parent]!
      let next = state
      if (state >= 0) {
        const action = actionOf[node]!
        if (action === 0) {
          const to = ahead[state]!
          next = to < 0 ? -1 : to * 4 + (state & 3)
        } else if (action !== 3) next = (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
      }
      nodeState[tree + node] = next
    }
    const field = goalField[robot]!
    const extra = goalExtra[robot]!
    const far = aim < 0 ? 0 : this.#farFrom(start >> 2, aim)
    // Where no operation comes to the goal or its surroundings, what is left is in one place.
    const isOnTheWay = far > depth + (this.#nearFields === null ? 0 : 2 * nearRadius)
    let found = robot * count
    for (let operation = 0; operation < count; operation++) {
      const from = operation * depth
      const end = nodeState[tree + nodeAt[from + depth - 1]!]!
      if (end < 0) continue
      if (isOnTheWay) {
        const left = turnedBest(this.#fields[field + (end >> 2)]!, end & 3, slackOf[operation]!) >> 2
        rankedCost[found] = (left + extra) * fine + latenessOf[operation]!
        rankedOperation[found++] = operation
        continue
      }
      let reached = 0
      for (let time = 0; time < depth; time++)
        if (nodeState[tree + nodeAt[from + time]!]! >> 2 === aim) {
          reached = time + 1
          break
        }
      rankedCost[found] =
        this.#costOf(robot, end, slackOf[operation]!, reached) * fine + latenessOf[operation]!
      rankedOperation[found++] = operation
    }
    ranked[robot] = 0
    return (weighed[robot] = found - robot * count)
  }

  /** Puts the best of a robot's operations that are not in their order yet behind those that are, and writes its way. */
  rankNext(robot: number): void {
    const { weighed, ranked, rankedCost, rankedOperation, rankedWay, nodeState, goal } = this.#plan
    const { nodeAt, slackOf, nodes } = this.#operations
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
    let reached = 0
    for (let time = 0; time < depth; time++) {
      const state = nodeState[robot * nodes + nodeAt[from + time]!]!
      rankedWay[way + time] = state
      if (reached === 0 && state >> 2 === goal[robot]!) reached = time + 1
    }
    const end = rankedWay[way + depth - 1]!
    this.#costOf(robot, end, slack, reached)
    let direction = end & 3
    for (let time = depth - slack; time < depth; time++) {
      direction = turned(direction, this.#turnedTo)
      rankedWay[way + time] = (end & ~3) | direction
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

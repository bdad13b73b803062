import type { Distances } from './distances.ts'
import { costIn, nearCells, nearRadius, nearSide } from './distances.ts'
import type { Operations } from './operations.ts'
import { sharedFloats, sharedInts, stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'
import type { PlannerSettings } from './settings.ts'

const none = -1
/** The way meets more than one robot. */
const barred = -2

/** Weight of a unit of cost against one of lateness. */
const fine = 32

/** Robots in one chain at most. */
const mostLevels = 3000

/** Units between two looks at the clock: a fraction of a millisecond. */
const workBetweenLooks = 4096

/** What threads share of a plan. */
export interface SharedPlan {
  robots: number
  /** Vertex and direction of each robot at times 0 to depth, `robot × (depth + 1) + time`. */
  path: Int32Array
  /** Robot on a vertex at times 0 to depth, `vertex × (depth + 1) + time`, or -1. */
  taken: Int32Array
  /** What the plan of a robot costs. */
  cost: Int32Array
  /** How much each robot counts. */
  weight: Float64Array
  /** Goal of each robot (vertex) and the one after it, or -1. */
  goal: Int32Array
  after: Int32Array
  /** Where the fields of both begin. */
  goalField: Int32Array
  afterField: Int32Array
  /** What comes on top of them. */
  goalExtra: Int32Array
  afterExtra: Int32Array
  /** Exact fields around the goals, `robot × nearCells`, where those of the floor are not exact; else null. */
  near: Int32Array | null
  /** Best cost from the goal to the one after. */
  between: Int32Array
  /** Number of a robot's operations that lead through no wall; 0 where they are not weighed yet in this step. */
  weighed: Int32Array
  /** How many of them are in their order: they are put there one by one as they are tried, since most robots try few. */
  ranked: Int32Array
  /** Costs of these, rising, and their ways: `robot × count + place`, `(robot × count + place) × depth + time`. */
  rankedCost: Int32Array
  rankedWay: Int32Array
  rankedOperation: Int32Array
  /** States of the operations' tree, `robot × nodes + node`; -1 where the way is barred. */
  nodeState: Int32Array
}

export function createSharedPlan(
  graph: PlanGraph,
  operations: Operations,
  robots: number,
  hasNear: boolean,
): SharedPlan {
  const width = operations.depth + 1
  return {
    robots,
    path: sharedInts(robots * width),
    taken: sharedInts(graph.vertices * width),
    cost: sharedInts(robots),
    weight: sharedFloats(robots),
    goal: sharedInts(robots),
    after: sharedInts(robots),
    goalField: sharedInts(robots),
    afterField: sharedInts(robots),
    goalExtra: sharedInts(robots),
    afterExtra: sharedInts(robots),
    near: hasNear ? sharedInts(robots * nearCells) : null,
    between: sharedInts(robots),
    weighed: sharedInts(robots),
    ranked: sharedInts(robots),
    rankedCost: sharedInts(robots * operations.count),
    rankedWay: sharedInts(robots * operations.count * operations.depth),
    rankedOperation: sharedInts(robots * operations.count),
    nodeState: sharedInts(robots * operations.nodes),
  }
}

/**
 * Joint moves by operations of several actions: a robot takes its best operation for which at most one other has to give way, which then does the
 * same (PIBT with operations, EPIBT). Every robot has a way that is safe beside all others at any moment, so the work can be cut off anywhere.
 */
export class Search {
  readonly #graph: PlanGraph
  readonly #operations: Operations
  readonly #plan: SharedPlan
  readonly #fields: Int32Array
  readonly #depth: number
  readonly #width: number
  readonly #count: number
  readonly #saved: Int32Array
  /** Attempt in whose chain a robot is. */
  readonly #chain: Int32Array
  /** Pass in which a robot was placed for one that goes first. */
  readonly #settled: Int32Array
  readonly #mostTried: number
  readonly #passedOver: number
  readonly #passedOverFirst: number
  #attempt = 0
  #pass = 0
  #tried = 0
  #random: number
  #level = 0
  #isBettering = false
  readonly #hasClearCorners: boolean
  /** Robots that cannot move, whatever is planned: 1. */
  readonly held: Uint8Array
  /** Ways have been shut or opened since the last step. */
  haveWaysChanged = false
  /** Ways that were held against the others' so far: what work is counted in. */
  work = 0

  constructor(
    graph: PlanGraph,
    operations: Operations,
    distances: Distances,
    plan: SharedPlan,
    settings: PlannerSettings,
  ) {
    this.#graph = graph
    this.#operations = operations
    this.#plan = plan
    this.#fields = distances.fields
    this.#depth = operations.depth
    this.#width = operations.depth + 1
    this.#count = operations.count
    this.#saved = new Int32Array((mostLevels + 1) * this.#width)
    this.#chain = new Int32Array(plan.robots)
    this.#settled = new Int32Array(plan.robots)
    this.#mostTried = settings.mostTried
    this.#passedOver = settings.passedOver
    this.#passedOverFirst = settings.passedOverFirst
    this.#random = settings.seed >>> 0 || 1
    this.#hasClearCorners = settings.hasClearCorners ?? false
    this.held = new Uint8Array(plan.robots)
  }

  /** All robots stand. */
  stand(states: Int32Array): void {
    const { path, taken, robots } = this.#plan
    taken.fill(none)
    for (let robot = 0; robot < robots; robot++) {
      path.fill(states[robot]!, robot * this.#width, (robot + 1) * this.#width)
      this.#occupy(robot)
    }
  }

  /**
   * Moves the plan on by one step, to where the robots are now. A robot that is not where the plan says, or is held, stands from now on, and so does
   * whoever would then meet it; the others keep their ways.
   */
  follow(states: Int32Array): void {
    const { path, taken, robots } = this.#plan
    const [width, depth] = [this.#width, this.#depth]
    const late: number[] = []
    for (let robot = 0; robot < robots; robot++)
      if (
        this.held[robot] === 1 ||
        path[robot * width + 1] !== states[robot] ||
        (this.haveWaysChanged && this.#leadsWhereNoneMay(robot))
      )
        late.push(robot)
    this.haveWaysChanged = false
    taken.copyWithin(0, 1)
    for (let at = depth; at < taken.length; at += width) taken[at] = none
    path.copyWithin(0, 1)
    for (let robot = 0; robot < robots; robot++) {
      const last = robot * width + depth
      path[last] = path[last - 1]!
      taken[(path[last]! >> 2) * width + depth] = robot
    }
    if (late.length > 0) this.#letStand(late, states)
  }

  /** True where a robot's plan leads over a way that is not there any more. */
  #leadsWhereNoneMay(robot: number): boolean {
    const { path } = this.#plan
    const from = robot * this.#width
    for (let time = 1; time <= this.#depth; time++) {
      const [before, after] = [path[from + time - 1]!, path[from + time]!]
      if (before >> 2 !== after >> 2 && this.#graph.ahead[before] !== after >> 2) return true
    }
    return false
  }

  /** Lets robots stand where they are, and then all that are in the way of that: what is left is a plan again. */
  #letStand(late: number[], states: Int32Array): void {
    const { path, taken, robots } = this.#plan
    const width = this.#width
    const stands = new Uint8Array(robots)
    for (const robot of late) stands[robot] = 1
    for (let robot = late.pop(); robot !== undefined; robot = late.pop()) {
      const from = (states[robot]! >> 2) * width
      path.fill(states[robot]!, robot * width, (robot + 1) * width)
      for (let time = 0; time < width; time++) {
        const other = taken[from + time]!
        if (other === none || stands[other] === 1) continue
        stands[other] = 1
        late.push(other)
      }
    }
    taken.fill(none)
    for (let robot = 0; robot < robots; robot++) this.#occupy(robot)
  }

  /** Begins a step: what was ranked is void, and the ways that robots have are reckoned by their goals. */
  begin(): void {
    const { weighed, cost, robots } = this.#plan
    weighed.fill(0)
    for (let robot = 0; robot < robots; robot++) cost[robot] = this.#costOfPath(robot)
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

  #turnedTo = 0

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
    let cost = costIn(packed, direction)
    let to = direction
    if (slack > 0) {
      const right = costIn(packed, (direction + 1) & 3)
      const left = costIn(packed, (direction + 3) & 3)
      if (right < cost) {
        cost = right
        to = (direction + 1) & 3
      }
      if (left < cost) {
        cost = left
        to = (direction + 3) & 3
      }
      if (slack > 1) {
        const back = costIn(packed, (direction + 2) & 3)
        if (back < cost) {
          cost = back
          to = (direction + 2) & 3
        }
      }
    }
    this.#turnedTo = to
    return cost + base
  }

  /** The exact field of a robot's goal, or -1 where that is not known. */
  #near(robot: number, vertex: number): number {
    const { near, goal } = this.#plan
    if (near === null) return -1
    const { rowOf, columnOf } = this.#graph
    const down = rowOf[vertex]! - rowOf[goal[robot]!]! + nearRadius
    const right = columnOf[vertex]! - columnOf[goal[robot]!]! + nearRadius
    if (down < 0 || right < 0 || down >= nearSide || right >= nearSide) return -1
    return near[robot * nearCells + down * nearSide + right]!
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
  #weigh(robot: number): number {
    const { parentOf, actionOf, nodeAt, slackOf, latenessOf, nodes } = this.#operations
    const { path, goal, weighed, ranked, rankedCost, rankedOperation, nodeState } = this.#plan
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
    let found = robot * count
    for (let operation = 0; operation < count; operation++) {
      const from = operation * depth
      const end = nodeState[tree + nodeAt[from + depth - 1]!]!
      if (end < 0) continue
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
  #rankNext(robot: number): void {
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

  /** One pass over robots in an order: each takes the best that it can have, whatever that costs those that come later. False where the clock ended it. */
  passInOrder(order: Int32Array, until: number, untilMs: number): boolean {
    this.#pass++
    this.#isBettering = false
    let lookAt = this.work + workBetweenLooks
    for (let place = 0; place < order.length && this.work < until; place++) {
      if (this.work >= lookAt) {
        if (performance.now() > untilMs) return false
        lookAt = this.work + workBetweenLooks
      }
      const robot = order[place]!
      if (this.#settled[robot] !== this.#pass && this.held[robot] === 0) this.#replan(robot, Infinity)
    }
    return true
  }

  /** Tries any robots until the work is done, taking what makes the whole better. */
  improve(until: number, untilMs: number): void {
    this.#isBettering = true
    const robots = this.#plan.robots
    let lookAt = this.work + workBetweenLooks
    while (this.work < until) {
      if (this.work >= lookAt) {
        if (performance.now() > untilMs) return
        lookAt = this.work + workBetweenLooks
      }
      const robot = Math.floor(this.#next() * robots)
      if (this.held[robot] === 0) this.#replan(robot, 0)
      else this.work++
    }
  }

  #replan(robot: number, limit: number): void {
    this.#attempt++
    this.#tried = 0
    this.#level = 0
    this.work++
    const cost = this.#plan.cost[robot]!
    this.#save(robot, 0)
    this.#lift(robot)
    if (!this.#build(robot, 0, limit)) this.#restore(robot, 0, cost)
  }

  #build(robot: number, change: number, limit: number): boolean {
    const { cost, weight, weighed, ranked, rankedCost, rankedWay, path } = this.#plan
    const [depth, width, count] = [this.#depth, this.#width, this.#count]
    const level = ++this.#level
    this.#tried++
    this.#chain[robot] = this.#attempt
    const before = cost[robot]!
    const weighs = weight[robot]!
    const isFirst = limit === Infinity
    const found = weighed[robot]! || this.#weigh(robot)
    const from = robot * width
    for (let place = 0; place < found; place++) {
      if (place >= ranked[robot]!) this.#rankNext(robot)
      const key = rankedCost[robot * count + place]!
      const now = change + weighs * (key - before)
      // Costs rise along the list.
      if (!isFirst && now >= limit) break
      this.work++
      const way = (robot * count + place) * depth
      const other = this.#inTheWay(path[from]! >> 2, way)
      if (other === none) {
        for (let time = 0; time < depth; time++) path[from + time + 1] = rankedWay[way + time]!
        cost[robot] = key
        this.#settled[robot] = this.#pass
        this.#occupy(robot)
        this.#level = level - 1
        return true
      }
      if (other === barred || this.#chain[other] === this.#attempt || this.held[other] === 1) continue
      if (level === mostLevels || this.#tried > this.#mostTried) continue
      if (isFirst && this.#settled[other] === this.#pass) continue
      if (this.#next() < (this.#isBettering ? this.#passedOver : this.#passedOverFirst)) continue
      const otherCost = cost[other]!
      this.#save(other, level)
      this.#lift(other)
      for (let time = 0; time < depth; time++) path[from + time + 1] = rankedWay[way + time]!
      this.#occupy(robot)
      if (this.#build(other, now, limit)) {
        cost[robot] = key
        this.#settled[robot] = this.#pass
        this.#level = level - 1
        return true
      }
      this.#lift(robot)
      this.#restore(other, level, otherCost)
    }
    this.#chain[robot] = 0
    this.#level = level - 1
    return false
  }

  /** The one robot that is in the way of a way, by cell or by swap; `none`, or `barred` where there are several. */
  #inTheWay(start: number, way: number): number {
    const { taken, rankedWay } = this.#plan
    const [depth, width] = [this.#depth, this.#width]
    let other = none
    let last = start
    for (let time = 1; time <= depth; time++) {
      const vertex = rankedWay[way + time - 1]! >> 2
      const at = vertex * width + time
      const there = taken[at]!
      if (there !== none) {
        if (other !== none && other !== there) return barred
        other = there
      }
      if (vertex !== last) {
        const came = taken[at - 1]!
        if (came !== none && (came === taken[last * width + time] || this.#isCorner(came, time, way))) {
          if (other !== none && other !== came) return barred
          other = came
        }
        if (this.#hasClearCorners) {
          const follows = taken[last * width + time]!
          if (follows !== none && follows !== other && this.#isCorner(follows, time, way)) {
            if (other !== none) return barred
            other = follows
          }
        }
        last = vertex
      }
    }
    return other
  }

  /** True where a robot that goes before or after on one cell does so around a corner, and the two would touch. */
  #isCorner(robot: number, time: number, way: number): boolean {
    if (!this.#hasClearCorners) return false
    const { path, rankedWay } = this.#plan
    return ((path[robot * this.#width + time]! ^ rankedWay[way + time - 1]!) & 3) !== 0
  }

  #occupy(robot: number): void {
    const { path, taken } = this.#plan
    const [width, from] = [this.#width, robot * this.#width]
    for (let time = 0; time < width; time++) taken[(path[from + time]! >> 2) * width + time] = robot
  }

  #lift(robot: number): void {
    const { path, taken } = this.#plan
    const [width, from] = [this.#width, robot * this.#width]
    for (let time = 0; time < width; time++) taken[(path[from + time]! >> 2) * width + time] = none
  }

  #save(robot: number, level: number): void {
    const { path } = this.#plan
    const [width, from, to] = [this.#width, robot * this.#width, level * this.#width]
    for (let time = 0; time < width; time++) this.#saved[to + time] = path[from + time]!
  }

  #restore(robot: number, level: number, cost: number): void {
    const { path } = this.#plan
    const [width, from, to] = [this.#width, level * this.#width, robot * this.#width]
    for (let time = 0; time < width; time++) path[to + time] = this.#saved[from + time]!
    this.#plan.cost[robot] = cost
    this.#occupy(robot)
  }

  #next(): number {
    let x = this.#random
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#random = x >>> 0 || 1
    return this.#random / 4294967296
  }
}

/** A direction after the turn that leads on to another; right where both ways are as far. */
function turned(direction: number, to: number): number {
  const turns = (to - direction) & 3
  return turns === 0 ? direction : turns === 3 ? (direction + 3) & 3 : (direction + 1) & 3
}

import type { Distances } from './distances.ts'
import type { Operations } from './operations.ts'
import type { PlanGraph } from './plan-graph.ts'
import { OperationRanks } from './rank-operations.ts'
import { Readying } from './readying.ts'
import type { PlannerSettings } from './settings.ts'
import type { SharedPlan } from './shared-plan.ts'

const none = -1
/** The way meets more than one robot. */
const barred = -2

/** Robots in one chain at most. */
const mostLevels = 3000

/** Units between two looks at the clock: a fraction of a millisecond. */
const workBetweenLooks = 4096

/**
 * Joint moves by operations of several actions: a robot takes its best operation for which at most one other has to give way, which then does the
 * same (PIBT with operations, EPIBT). Every robot has a way that is safe beside all others at any moment, so the work can be cut off anywhere.
 */
export class Search {
  readonly #graph: PlanGraph
  readonly #ranks: OperationRanks
  readonly #readying: Readying
  readonly #plan: SharedPlan
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
    this.#ranks = new OperationRanks(graph, operations, distances, plan)
    this.#readying = new Readying(this.#ranks, graph, operations, distances, plan)
    this.#plan = plan
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

  get isHelped(): boolean {
    return this.#readying.isHelped
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
    if (this.haveWaysChanged) this.#readying.forgetWays()
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

  /** Begins a step. @param haveCostsChanged what ways cost has changed, or which there are */
  begin(haveCostsChanged: boolean): void {
    this.#readying.readyAll(haveCostsChanged)
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
    const found = weighed[robot]!
    const from = robot * width
    for (let place = 0; place < found; place++) {
      if (place >= ranked[robot]!) this.#ranks.rankNext(robot)
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

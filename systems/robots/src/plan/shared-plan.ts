import type { Operations } from './operations.ts'
import { sharedFloats, sharedInts } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'

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
  /** Best cost from the goal to the one after. */
  between: Int32Array
  /** Number of a robot's operations that lead through no wall; 0 where they are not weighed yet. */
  weighed: Int32Array
  /** Where each robot stood when they were weighed, its goal then, and the one after: three a robot. */
  weighedFor: Int32Array
  /** How many of them are in their order: they are put there one by one as they are tried, since most robots try few. */
  ranked: Int32Array
  /** Costs of these, rising, and their ways: `robot × count + place`, `(robot × count + place) × depth + time`. */
  rankedCost: Int32Array
  rankedWay: Int32Array
  rankedOperation: Int32Array
}

export function createSharedPlan(graph: PlanGraph, operations: Operations, robots: number): SharedPlan {
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
    between: sharedInts(robots),
    weighed: sharedInts(robots),
    weighedFor: sharedInts(robots * 3),
    ranked: sharedInts(robots),
    rankedCost: sharedInts(robots * operations.count),
    rankedWay: sharedInts(robots * operations.count * operations.depth),
    rankedOperation: sharedInts(robots * operations.count),
  }
}

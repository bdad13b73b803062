import type { OpenTask } from '../simulate/tasks.ts'
import { stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'

/** Rows and columns of a square in which tasks are looked up together. */
const side = 8

/**
 * Tasks by where they begin, so that the few that are best for a robot are found without weighing all: by the way as it is in a straight line, which is never longer
 * than the real one.
 */
export class NearTasks {
  readonly #graph: PlanGraph
  readonly #across: number
  readonly #down: number
  /** Where the tasks of each square begin in `#members`, and one more. */
  readonly #begins: Int32Array
  #members = new Int32Array(0)
  #tasks: readonly OpenTask[] = []
  #rows = new Int32Array(0)
  #columns = new Int32Array(0)
  #lengths = new Int32Array(0)
  /** Length and place of each task in one number, so that a plain sort of numbers does. */
  #keys = new Float64Array(0)
  #shortest = 0

  constructor(graph: PlanGraph) {
    this.#graph = graph
    this.#across = Math.ceil(graph.columns / side)
    this.#down = Math.ceil(graph.vertexOf.length / graph.columns / side)
    this.#begins = new Int32Array(this.#across * this.#down + 1)
  }

  /** Takes note of the tasks that are to be had. @param lengthOf cost along a task's errands */
  set(tasks: readonly OpenTask[], lengthOf: (task: OpenTask) => number): void {
    const { vertexOf, rowOf, columnOf } = this.#graph
    this.#tasks = tasks
    if (this.#members.length < tasks.length) {
      this.#members = new Int32Array(tasks.length * 2)
      this.#rows = new Int32Array(tasks.length * 2)
      this.#columns = new Int32Array(tasks.length * 2)
      this.#lengths = new Int32Array(tasks.length * 2)
    }
    const begins = this.#begins.fill(0)
    if (this.#keys.length !== tasks.length) this.#keys = new Float64Array(tasks.length)
    for (const [at, task] of tasks.entries()) {
      const vertex = vertexOf[task.errands[0]!]!
      this.#rows[at] = rowOf[vertex]!
      this.#columns[at] = columnOf[vertex]!
      this.#lengths[at] = lengthOf(task)
      this.#keys[at] = this.#lengths[at]! * tasks.length + at
      begins[this.#squareOf(at)]!++
    }
    for (let square = 1; square < begins.length; square++) begins[square]! += begins[square - 1]!
    // The shortest of a square come first in it, so that the rest can be left out as soon as one is too long.
    this.#keys.sort()
    this.#shortest = this.#keys.length === 0 ? 0 : Math.floor(this.#keys[0]! / tasks.length)
    for (let place = tasks.length - 1; place >= 0; place--) {
      const at = this.#keys[place]! % tasks.length
      this.#members[--begins[this.#squareOf(at)]!] = at
    }
  }

  /** Leaves out the tasks that are not to be had any more. Returns how many are left. */
  keep(isThere: (task: OpenTask) => boolean): number {
    const [begins, members] = [this.#begins, this.#members]
    let to = 0
    let from = 0
    for (let square = 0; square + 1 < begins.length; square++) {
      const until = begins[square + 1]!
      begins[square] = to
      for (; from < until; from++) if (isThere(this.#tasks[members[from]!]!)) members[to++] = members[from]!
    }
    return (begins[begins.length - 1] = to)
  }

  #squareOf(at: number): number {
    return Math.floor(this.#rows[at]! / side) * this.#across + Math.floor(this.#columns[at]! / side)
  }

  /**
   * Writes the places of the best tasks for a robot, the best first; returns how many. Goes outwards square by square until none farther can be among them.
   * @param found as long as tasks are wanted @param cost as long
   */
  find(vertex: number, approach: number, found: Int32Array, cost: Int32Array): number {
    const [row, column] = [this.#graph.rowOf[vertex]!, this.#graph.columnOf[vertex]!]
    const [homeDown, homeAcross] = [Math.floor(row / side), Math.floor(column / side)]
    const rings = Math.max(this.#across, this.#down)
    const most = found.length
    const step = approach * stepCost
    let count = 0
    for (let ring = 0; ring < rings; ring++) {
      const least = step * Math.max(0, (ring - 1) * side + 1) + this.#shortest
      if (count === most && least >= cost[most - 1]!) break
      for (let down = homeDown - ring; down <= homeDown + ring; down++) {
        if (down < 0 || down >= this.#down) continue
        // The whole row at both ends of the ring, its two ends in between.
        const stride = down === homeDown - ring || down === homeDown + ring ? 1 : Math.max(1, 2 * ring)
        for (let across = homeAcross - ring; across <= homeAcross + ring; across += stride) {
          if (across < 0 || across >= this.#across) continue
          const square = down * this.#across + across
          const near = step * (outside(row, down) + outside(column, across))
          for (let place = this.#begins[square]!; place < this.#begins[square + 1]!; place++) {
            const at = this.#members[place]!
            if (count === most && near + this.#lengths[at]! >= cost[most - 1]!) break
            const far = Math.abs(this.#rows[at]! - row) + Math.abs(this.#columns[at]! - column)
            const own = step * far + this.#lengths[at]!
            if (count === most && own >= cost[most - 1]!) continue
            let to = count < most ? count++ : most - 1
            for (; to > 0 && cost[to - 1]! > own; to--) {
              cost[to] = cost[to - 1]!
              found[to] = found[to - 1]!
            }
            cost[to] = own
            found[to] = at
          }
        }
      }
    }
    return count
  }
}

/** Rows or columns from one to the nearest of a square. */
const outside = (at: number, square: number): number =>
  Math.max(0, square * side - at, at - square * side - side + 1)

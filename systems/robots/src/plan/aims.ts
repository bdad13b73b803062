import type { OpenTask, TaskBook } from '../simulate/tasks.ts'
import type { Assigner } from './assign.ts'
import { costIn, unreachable } from './distances.ts'
import type { Distances } from './distances.ts'
import type { PlanGraph } from './plan-graph.ts'
import type { PlannerSettings } from './settings.ts'
import type { SharedPlan } from './shared-plan.ts'

/** Where robots are on their way to, and who goes first. */
export class Aims {
  readonly #graph: PlanGraph
  readonly #distances: Distances
  readonly #assigner: Assigner
  readonly #plan: SharedPlan
  readonly #left: Float64Array
  readonly #order: Int32Array
  readonly #keys: Float64Array
  readonly #patience: number
  /** Task of each robot as it was last looked at, the number of its errand and the vertex of that: a look at each task's errands costs as much as all the rest. */
  readonly #seen: (OpenTask | null)[]
  readonly #seenNext: Int32Array
  readonly #seenAim: Int32Array
  readonly #seenId: Int32Array
  /** What the field of each robot's goal says of where it is. */
  readonly #packed: Int32Array
  /** Number of the errand that each robot is on its way to, and what comes after it. */
  readonly #next: Int32Array
  readonly #rest: Int32Array
  /** Task of each robot, the least that it had left of it, and the steps since. */
  readonly #task: Int32Array
  readonly #least: Float64Array
  readonly #stuck: Int32Array
  /** How much the robot counts that is at a place of the order. */
  readonly #weightOfPlace: Float64Array

  constructor(
    graph: PlanGraph,
    distances: Distances,
    assigner: Assigner,
    plan: SharedPlan,
    { patience, steepness }: Pick<PlannerSettings, 'patience' | 'steepness'>,
  ) {
    const { robots } = plan
    this.#graph = graph
    this.#distances = distances
    this.#assigner = assigner
    this.#plan = plan
    this.#left = new Float64Array(robots)
    this.#order = new Int32Array(robots)
    this.#keys = new Float64Array(robots)
    this.#patience = patience
    this.#seen = Array.from({ length: robots }, () => null)
    this.#seenNext = new Int32Array(robots)
    this.#seenAim = new Int32Array(robots)
    this.#seenId = new Int32Array(robots)
    this.#packed = new Int32Array(robots)
    this.#next = new Int32Array(robots)
    this.#rest = new Int32Array(robots)
    this.#task = new Int32Array(robots).fill(-1)
    this.#least = new Float64Array(robots)
    this.#stuck = new Int32Array(robots)
    this.#weightOfPlace = Float64Array.from(
      { length: robots },
      (_, place) => (1 - place / robots) ** steepness,
    )
    plan.goal.fill(-1)
  }

  /**
   * Writes goals and weights, and returns the robots in their order: who has the least left of its task goes first.
   * @param states of the robots, by vertex @param isShut 1 where nobody may go, by vertex
   * @param areWaysChanging what ways cost has changed, so that nothing holds on
   */
  write(pool: TaskBook, states: Int32Array, isShut: Uint8Array | null, areWaysChanging: boolean): Int32Array {
    const { vertexOf } = this.#graph
    const { goal, after, goalField, goalExtra, weight } = this.#plan
    const { fields } = this.#distances
    const left = this.#left
    for (let robot = 0; robot < this.#plan.robots; robot++) {
      const task = pool.ofRobot[robot]!
      if (task === null) {
        goal[robot] = after[robot] = -1
        continue
      }
      if (this.#seen[robot] !== task || this.#seenNext[robot] !== task.next) {
        this.#seen[robot] = task
        this.#seenNext[robot] = task.next
        this.#seenId[robot] = task.id
        this.#seenAim[robot] = vertexOf[task.errands[task.next]!]!
      }
      const aim = this.#seenAim[robot]!
      if (
        isShut !== null &&
        (isShut[aim] === 1 || this.#distances.from(states[robot]!, aim) >= unreachable)
      ) {
        // It waits where it is in nobody's way until the way is open again.
        goal[robot] = after[robot] = -1
        continue
      }
      const isSame =
        !areWaysChanging &&
        goal[robot] === aim &&
        this.#task[robot] === this.#seenId[robot] &&
        this.#next[robot] === task.next
      if (!isSame) this.#setGoal(robot, task, aim)
    }
    // Apart from what is done with them, so that these reads all over the memory wait together and not one after the other.
    const packed = this.#packed
    for (let robot = 0; robot < this.#plan.robots; robot++)
      packed[robot] = goal[robot]! < 0 ? 0 : fields[goalField[robot]! + (states[robot]! >> 2)]!
    for (let robot = 0; robot < this.#plan.robots; robot++) {
      left[robot] =
        goal[robot]! < 0
          ? Infinity
          : this.#behind(
              robot,
              this.#seenId[robot]!,
              costIn(packed[robot]!, states[robot]! & 3) + goalExtra[robot]! + this.#rest[robot]!,
            )
    }
    // Robot and what it has left in one number, so that a plain sort of numbers does.
    for (let robot = 0; robot < this.#plan.robots; robot++)
      this.#keys[robot] = Math.min(left[robot]!, 1e9) * 2 ** 20 + robot
    this.#keys.sort()
    for (let place = 0; place < this.#plan.robots; place++) {
      const robot = this.#keys[place]! % 2 ** 20
      this.#order[place] = robot
      // Who has no task gives way to all.
      weight[robot] = goal[robot]! < 0 ? 1e-9 : this.#weightOfPlace[place]!
    }
    return this.#order
  }

  /** Writes what stays the same for as long as a robot is on its way to an errand. */
  #setGoal(robot: number, task: OpenTask, aim: number): void {
    const { vertexOf } = this.#graph
    const { goal, after, goalField, afterField, goalExtra, afterExtra, between } = this.#plan
    const following = task.errands[task.next + 1]
    goal[robot] = aim
    goalField[robot] = this.#distances.to(aim)
    goalExtra[robot] = this.#distances.extraOf(aim)
    after[robot] = following === undefined ? -1 : vertexOf[following]!
    if (following !== undefined) {
      afterField[robot] = this.#distances.to(after[robot]!)
      afterExtra[robot] = this.#distances.extraOf(after[robot]!)
      between[robot] = this.#distances.between(aim, after[robot]!)
    }
    this.#next[robot] = task.next
    this.#rest[robot] = this.#assigner.restOf(task)
  }

  /** What a robot has left, and more the longer it gets no nearer: one that cannot get there should not keep all others in motion for ever. */
  #behind(robot: number, task: number, left: number): number {
    if (this.#task[robot] !== task || left < this.#least[robot]!) {
      this.#task[robot] = task
      this.#least[robot] = left
      this.#stuck[robot] = 0
    } else this.#stuck[robot]!++
    return left + this.#stuck[robot]! * this.#patience
  }
}

import type { Random } from '@heavylift/core'
import type { OpenTask, TaskBook } from '../simulate/tasks.ts'
import type { Warehouse } from './made-warehouse.ts'

/** Ids of trips to a charger: below 0, so that none is a task's. */
const tripId = (robot: number): number => -1 - robot

/** Tasks of a floor that goes on for ever: fetch at a face, bring to a station. So many are open at any time. Trips to chargers are among them, and count as none. */
export class LiveTasks implements TaskBook {
  readonly #warehouse: Warehouse
  readonly #random: Random
  readonly #size: number
  readonly open = new Map<number, OpenTask>()
  readonly ofRobot: (OpenTask | null)[]
  /** Step at which each open task came. */
  readonly #since = new Map<number, number>()
  /** What robots carry that were sent aside. */
  readonly #later = new Map<number, OpenTask>()
  readonly #handlingSteps: number
  /** Step up to which each robot stands for what it fetched or brought. */
  readonly #busyUntil: Int32Array
  #nextId = 0
  finished = 0

  /** @param handlingSteps steps that a robot stands where it fetches, and where it brings */
  constructor(warehouse: Warehouse, robots: number, random: Random, handlingSteps = 0) {
    this.#handlingSteps = handlingSteps
    this.#busyUntil = new Int32Array(robots)
    this.#warehouse = warehouse
    this.#random = random
    this.#size = Math.floor(robots * 1.3)
    this.ofRobot = Array.from({ length: robots }, () => null)
    this.reveal(0)
  }

  assign(robot: number, task: OpenTask | null): boolean {
    const before = this.ofRobot[robot]!
    if (before === task) return true
    if ((before !== null && before.next > 0) || (task !== null && task.next > 0)) return false
    if (before !== null) before.robot = -1
    if (task !== null) {
      if (task.robot !== -1) this.ofRobot[task.robot] = null
      task.robot = robot
    }
    this.ofRobot[robot] = task
    return true
  }

  /** Sends a robot to a charger, or to a cell out of the way. What it had not begun goes back; what it carries it goes on with afterwards. */
  send(robot: number, cell: number): void {
    if (!this.assign(robot, null)) this.#later.set(robot, this.ofRobot[robot]!)
    this.ofRobot[robot] = { id: tripId(robot), errands: Int32Array.of(cell, cell), next: 1, robot }
  }

  isTrip(robot: number): boolean {
    return (this.ofRobot[robot]?.id ?? 0) < 0
  }

  endTrip(robot: number): void {
    if (!this.isTrip(robot)) return
    this.ofRobot[robot] = this.#later.get(robot) ?? null
    this.#later.delete(robot)
  }

  /** Whether a robot still stands for what it fetched or brought. */
  isBusy(robot: number, step: number): boolean {
    return step <= this.#busyUntil[robot]!
  }

  /** Does the errands that robots stand on, each at most one; returns how many tasks that finished. */
  arrive(states: Int32Array, step: number): number {
    let finished = 0
    for (let robot = 0; robot < states.length; robot++) {
      const task = this.ofRobot[robot]
      if (!task || task.id < 0 || task.errands[task.next] !== states[robot]! >> 2) continue
      this.#busyUntil[robot] = step + this.#handlingSteps
      task.next++
      if (task.next < task.errands.length) continue
      this.open.delete(task.id)
      this.#since.delete(task.id)
      this.ofRobot[robot] = null
      finished++
    }
    this.finished += finished
    return finished
  }

  reveal(step: number): void {
    const { faces } = this.#warehouse
    while (this.open.size < this.#size) {
      const face = this.#random.pick(faces)
      const errands = Int32Array.of(face, this.#stationFor(face))
      const task: OpenTask = { id: this.#nextId++, errands, next: 0, robot: -1 }
      this.open.set(task.id, task)
      this.#since.set(task.id, step)
    }
  }

  /** Of three stations taken at random the nearest: orders are given to a station without regard to where goods lie, but not to the farthest. */
  #stationFor(face: number): number {
    const { stations, floor } = this.#warehouse
    const far = (cell: number): number =>
      Math.abs(Math.floor(cell / floor.columns) - Math.floor(face / floor.columns)) +
      Math.abs((cell % floor.columns) - (face % floor.columns))
    return Array.from({ length: 3 }, () => this.#random.pick(stations)).reduce((a, b) =>
      far(b) < far(a) ? b : a,
    )
  }

  /** Steps since each open task came. */
  ages(step: number): number[] {
    return Array.from(this.#since.values(), (since) => step - since)
  }
}

/** A task that is known and not finished. */
export interface OpenTask {
  id: number
  /** Cells of its errands in their order. */
  errands: Int32Array
  /** Number of the errand that is next; above 0 the task stays with its robot. */
  next: number
  /** Robot that has it, or -1. */
  robot: number
}

/** What a planner sees of tasks, and gives them out by. */
export interface TaskBook {
  readonly open: ReadonlyMap<number, OpenTask>
  /** Task of each robot, or null. */
  readonly ofRobot: readonly (OpenTask | null)[]
  /** False where it cannot be: a task that is begun stays with its robot. */
  assign(robot: number, task: OpenTask | null): boolean
}

/**
 * Tasks as the rules of 2024 reveal them: so many are open at any time, each finished one makes room for the next of the file. A robot
 * does at most one errand a step.
 */
export class TaskPool implements TaskBook {
  readonly #file: readonly Int32Array[]
  readonly #size: number
  #nextId = 0
  readonly open = new Map<number, OpenTask>()
  /** Task of each robot, or null. */
  readonly ofRobot: (OpenTask | null)[]
  finished = 0

  constructor(file: readonly Int32Array[], robots: number, revealed: number) {
    this.#file = file
    this.#size = Math.floor(robots * revealed)
    this.ofRobot = Array.from({ length: robots }, () => null)
    this.reveal()
  }

  /**
   * Gives a task to a robot, or none with null. One whose first errand is done stays where it is, and so does a robot with such a task; then it is false.
   */
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

  /** Does the errands that robots stand on, each at most one, and says which (errands from 1). @param states of the robots after the step */
  arrive(states: Int32Array): { robot: number; task: number; errand: number }[] {
    const done: { robot: number; task: number; errand: number }[] = []
    for (let robot = 0; robot < states.length; robot++) {
      const task = this.ofRobot[robot]!
      if (task === null || task.errands[task.next] !== states[robot]! >> 2) continue
      task.next++
      done.push({ robot, task: task.id, errand: task.next })
      if (task.next < task.errands.length) continue
      this.open.delete(task.id)
      this.ofRobot[robot] = null
      this.finished++
    }
    return done
  }

  reveal(): OpenTask[] {
    const revealed: OpenTask[] = []
    while (this.open.size < this.#size) {
      const errands = this.#file[this.#nextId % this.#file.length]!
      const task: OpenTask = { id: this.#nextId++, errands, next: 0, robot: -1 }
      this.open.set(task.id, task)
      revealed.push(task)
    }
    return revealed
  }
}

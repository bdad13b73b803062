import type { Floor } from '../floor/floor.ts'
import type { OpenTask, TaskBook, TaskPool } from './tasks.ts'

/** Tasks as a plan expects them: a copy that goes on with what robots are about to do. What it gives out holds once the plan does. */
export class ShadowBook implements TaskBook {
  readonly open = new Map<number, OpenTask>()
  readonly ofRobot: (OpenTask | null)[]

  constructor(pool: TaskPool) {
    for (const task of pool.open.values()) this.open.set(task.id, { ...task })
    this.ofRobot = pool.ofRobot.map((task) => (task === null ? null : this.open.get(task.id)!))
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

  /** Does the errands that lie on what is staged. */
  expect(
    states: Int32Array,
    ends: Int32Array,
    queueOf: (robot: number) => readonly number[],
    { ahead }: Floor,
  ): void {
    for (let robot = 0; robot < states.length; robot++) {
      let state = states[robot]!
      for (const action of queueOf(robot)) {
        if (action === 0) {
          state = ahead[state]! * 4 + (state & 3)
          this.#reach(robot, state >> 2)
        } else state = (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
      }
      if (queueOf(robot).length === 0) this.#reach(robot, ends[robot]! >> 2)
    }
  }

  arrive(states: Int32Array): void {
    for (let robot = 0; robot < states.length; robot++) this.#reach(robot, states[robot]! >> 2)
  }

  #reach(robot: number, cell: number): void {
    const task = this.ofRobot[robot]
    if (!task || task.errands[task.next] !== cell) return
    task.next++
    if (task.next < task.errands.length) return
    this.open.delete(task.id)
    this.ofRobot[robot] = null
  }

  /** Gives out in the pool what this book has, where that can be: who is not as far as was expected keeps its task. */
  giveOut(pool: TaskPool): void {
    for (let robot = 0; robot < this.ofRobot.length; robot++) {
      const planned = this.ofRobot[robot]
      const now = pool.ofRobot[robot]
      if (now && now.next === 0 && now.id !== planned?.id) pool.assign(robot, null)
    }
    for (const [robot, planned] of this.ofRobot.entries()) {
      const task = planned === null ? undefined : pool.open.get(planned.id)
      if (
        task &&
        task.next === 0 &&
        pool.ofRobot[robot] === null &&
        (task.robot === -1 || task.robot === robot)
      )
        pool.assign(robot, task)
    }
  }
}

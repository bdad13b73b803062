import { quantile, sortNumbers } from '@heavylift/core/math'
import { robotStates } from './words.ts'
import type { LiveFloor } from './live-floor.ts'
import { packActions } from './pack-actions.ts'
import type { Figures, FloorFrame, Keyframe, RobotDetail, StepFrame } from './frames.ts'

/** Steps over which throughput is told. */
const windowSteps = 120
const ageClass = 60
const ageClasses = 10
const mostStuck = 40

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

export interface FloorPace {
  stepMs: number
  stepSeconds: number
  goalPerHour: number
  budgetMs: number
}

/** Turns what a floor does into what is sent of it. */
export class FloorTeller {
  readonly #floor: LiveFloor
  readonly #pace: FloorPace
  readonly #finishedAt: number[] = []
  readonly #planMs: number[] = []
  #told: Uint8Array
  stopReason = ''

  constructor(floor: LiveFloor, pace: FloorPace) {
    this.#floor = floor
    this.#pace = pace
    this.#told = Uint8Array.from(floor.status)
  }

  floor(): FloorFrame {
    const { warehouse, robots } = this.#floor
    const { rows, columns } = warehouse.floor
    return { name: warehouse.name, rows, columns, kinds: base64(warehouse.kinds), robots, ...this.#pace }
  }

  keyframe(): Keyframe {
    const { step, states, status } = this.#floor
    const bytes = new Uint8Array(states.buffer, states.byteOffset, states.byteLength)
    return { step, states: base64(bytes), status: base64(status) }
  }

  step(actions: Uint8Array): StepFrame {
    const { step, status, robots } = this.#floor
    const changes: number[] = []
    for (let robot = 0; robot < robots; robot++)
      if (status[robot] !== this.#told[robot]) changes.push(robot, status[robot]!)
    this.#told.set(status)
    return { step, actions: base64(packActions(actions)), changes, figures: this.#figures() }
  }

  #figures(): Figures {
    const { tasks, status, deadlocks, batteries, zones, late, isStopped, step, planMs } = this.#floor
    this.#finishedAt.push(tasks.finished)
    // A stopped floor plans nothing, which is not quick.
    if (!isStopped) this.#planMs.push(planMs)
    if (this.#finishedAt.length > windowSteps + 1) this.#finishedAt.shift()
    if (this.#planMs.length > windowSteps) this.#planMs.shift()
    const steps = Math.max(1, this.#finishedAt.length - 1)
    const finished = tasks.finished - this.#finishedAt[0]!
    const byState = robotStates.map(() => 0)
    for (const state of status) byState[state]!++
    const ages = Array.from({ length: ageClasses }, () => 0)
    for (const age of tasks.ages(step)) ages[Math.min(ageClasses - 1, Math.floor(age / ageClass))]!++
    const stuck = this.#stuck()
    return {
      planMs: this.#planMs.length === 0 ? 0 : quantile(sortNumbers(this.#planMs), 0.5),
      perHour: Math.round((finished * 3600) / (steps * this.#pace.stepSeconds)),
      finished: tasks.finished,
      byState,
      ages,
      deadlocksFound: deadlocks.found,
      deadlocksBroken: deadlocks.broken,
      chargingQueue: batteries.queue,
      late,
      isStopped,
      stopReason: this.stopReason,
      zones: [...zones.all.values()],
      stuck: stuck.slice(0, mostStuck),
      stuckCount: stuck.length,
    }
  }

  #stuck(): Figures['stuck'] {
    const { status, robots, waited, states, failure } = this.#floor
    const list: Figures['stuck'] = []
    for (let robot = 0; robot < robots; robot++) {
      const state = robotStates[status[robot]!]
      if (state !== 'stuck' && state !== 'failed') continue
      // What has failed comes first: nobody but a person mends it.
      list.push({ robot, why: whyOf(failure[robot]!), steps: waited[robot]!, cell: states[robot]! >> 2 })
    }
    return list.toSorted((a, b) => failure[b.robot]! - failure[a.robot]! || b.steps - a.steps)
  }

  robot(robot: number): RobotDetail {
    const { states, status, batteries, tasks, failure, step, warehouse } = this.#floor
    const cell = states[robot]! >> 2
    const task = tasks.ofRobot[robot] ?? null
    return {
      robot,
      step,
      cell,
      row: Math.floor(cell / warehouse.floor.columns),
      column: cell % warehouse.floor.columns,
      state: robotStates[status[robot]!]!,
      charge: batteries.charge[robot]!,
      why: robotStates[status[robot]!] === 'stuck' || failure[robot]! > 0 ? whyOf(failure[robot]!) : '',
      task: task && { id: task.id, errands: [...task.errands], next: task.next },
      way: this.#floor.wayOf(robot),
    }
  }
}

const whyOf = (failure: number): string =>
  failure === 1 ? 'unplugged' : failure === 2 ? 'battery empty' : 'cannot get on'

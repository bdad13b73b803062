/** An errand that a run says was reached. */
export interface ClaimedErrand {
  step: number
  robot: number
  task: number
  /** From 1. */
  errand: number
}

export interface ErrandFault {
  step: number
  robots: number[]
  message: string
}

/**
 * Holds what a run says that it did against where its robots were: each errand in its place, one after the other, at most one a robot and step, all of a task
 * by one robot. Shares no code with the simulator.
 * @param placesOf row and column of each errand of a task
 * @param positions row and column of each robot after each step, from step 1; `positions[step - 1][robot]`
 */
export class ErrandCheck {
  readonly #placesOf: (task: number) => readonly (readonly [row: number, column: number])[] | undefined
  readonly #claims = new Map<number, ClaimedErrand[]>()
  readonly #doneOf = new Map<number, number>()
  readonly #robotOf = new Map<number, number>()
  readonly faults: ErrandFault[] = []
  finished = 0

  constructor(
    claims: readonly ClaimedErrand[],
    placesOf: (task: number) => readonly (readonly [row: number, column: number])[] | undefined,
  ) {
    this.#placesOf = placesOf
    for (const claim of claims) {
      const those = this.#claims.get(claim.step)
      if (those === undefined) this.#claims.set(claim.step, [claim])
      else those.push(claim)
    }
  }

  /** To be called with the positions after each step. */
  afterStep(step: number, robots: readonly { row: number; column: number }[]): void {
    const busy = new Set<number>()
    const fault = (robot: number, message: string): void => {
      this.faults.push({ step, robots: [robot], message: `step ${step}: robot ${robot} ${message}` })
    }
    for (const { robot, task, errand } of this.#claims.get(step) ?? []) {
      const places = this.#placesOf(task)
      const place = places?.[errand - 1]
      const at = robots[robot]
      if (place === undefined || at === undefined) {
        fault(robot, `reaches errand ${errand} of task ${task}, which does not exist`)
        continue
      }
      if (at.row !== place[0] || at.column !== place[1])
        fault(robot, `is not where errand ${errand} of task ${task} is`)
      if (busy.has(robot)) fault(robot, 'does two errands in one step')
      busy.add(robot)
      if ((this.#doneOf.get(task) ?? 0) !== errand - 1)
        fault(robot, `does errand ${errand} of task ${task} out of order`)
      const owner = this.#robotOf.get(task)
      if (owner !== undefined && owner !== robot)
        fault(robot, `goes on with task ${task}, which robot ${owner} began`)
      this.#robotOf.set(task, robot)
      this.#doneOf.set(task, errand)
      if (errand === places?.length) this.finished++
    }
  }
}

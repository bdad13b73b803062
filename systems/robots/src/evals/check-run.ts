import type { Problem } from '../problem/problem.ts'
import type { StepsRun } from '../simulate/run-steps.ts'
import { ErrandCheck } from '../validate/validate-errands.ts'
import { validateSteps } from '../validate/validate-steps.ts'
import { stepsOfPlan } from './steps-of-plan.ts'

export interface CheckedRun {
  /** Faults of motion. */
  collisions: number
  /** What the run says it did and did not do. */
  falseErrands: number
  /** Tasks finished, as the check counts them. */
  finished: number
  messages: string[]
}

/** A run held against the rules by code that shares nothing with what made it. */
export function checkRun({ floor, starts }: Problem, run: StepsRun): CheckedRun {
  const { columns } = floor
  const placesOf = new Map(
    run.tasks.map(({ id, errands }) => [
      id,
      Array.from(errands, (cell) => [Math.floor(cell / columns), cell % columns] as const),
    ]),
  )
  const errands = new ErrandCheck(
    run.events.map(([step, robot, task, errand]) => ({ step, robot, task, errand })),
    (task) => placesOf.get(task),
  )
  const { violations } = validateSteps(stepsOfPlan(floor, starts, run.paths), (step, robots) =>
    errands.afterStep(step, robots),
  )
  const messages = [...violations, ...errands.faults].map(({ message }) => message)
  return {
    collisions: violations.length,
    falseErrands: errands.faults.length,
    finished: errands.finished,
    messages: messages.slice(0, 5),
  }
}

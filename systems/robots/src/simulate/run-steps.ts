import type { WorkBudget } from '../plan/planner.ts'
import type { ErrandEvent } from '../problem/plan-file.ts'
import type { Problem } from '../problem/problem.ts'
import { actions, moveAll } from './step.ts'
import { TaskPool } from './tasks.ts'
import type { TaskBook } from './tasks.ts'

/** Gives out tasks and says what each robot does next (0 ahead, 1 right, 2 left, 3 wait). */
export interface StepPlanner {
  readonly work: number
  step(pool: TaskBook, states: Int32Array, budget: WorkBudget): Uint8Array
}

export interface RunOptions {
  steps: number
  /** Milliseconds for each step; a plan that comes later costs as many steps, in which all wait. */
  budgetMs?: number
  /** Units of work of each step at the most; an array replays a run. */
  units?: number | readonly number[]
  onStep?: (step: number) => void
}

export interface StepsRun {
  finished: number
  /** Letters of each robot's actions. */
  paths: string[]
  events: ErrandEvent[]
  tasks: { id: number; revealedAt: number; errands: Int32Array }[]
  schedules: [step: number, task: number][][]
  /** How long each plan took. */
  planMs: number[]
  /** Units of work of each plan: what replays it. */
  units: number[]
  /** Steps that went by while a plan was late. */
  timeouts: number
  /** Actions that could not be done, and were not. */
  invalidActions: number
}

/** What of a budget may be planned in; the rest is for what comes before and after. */
const plannedShare = 0.75

/** Runs a problem by the rules of 2024. */
export function runSteps(problem: Problem, planner: StepPlanner, options: RunOptions): StepsRun {
  const { floor, starts, tasks, revealed } = problem
  const { steps, budgetMs = Infinity, units = Infinity, onStep } = options
  const robots = starts.length
  const states = Int32Array.from(starts)
  const occupant = new Int32Array(floor.isFree.length).fill(-1)
  for (let robot = 0; robot < robots; robot++) occupant[states[robot]! >> 2] = robot
  const pool = new TaskPool(tasks, robots, revealed)
  const done = new Uint8Array(robots * steps).fill(3)
  const taskOf = new Int32Array(robots).fill(-1)
  const run: StepsRun = {
    finished: 0,
    paths: [],
    events: [],
    tasks: [...pool.open.values()].map(({ id, errands }) => ({ id, revealedAt: 0, errands })),
    schedules: Array.from({ length: robots }, () => []),
    planMs: [],
    units: [],
    timeouts: 0,
    invalidActions: 0,
  }
  for (let step = 1, plans = 0; step <= steps; step++, plans++) {
    onStep?.(step)
    const startedMs = performance.now()
    const workBefore = planner.work
    const budget =
      typeof units === 'number'
        ? { units, untilMs: startedMs + budgetMs * plannedShare }
        : { units: units[plans] ?? 0 }
    const chosen = planner.step(pool, states, budget)
    const took = performance.now() - startedMs
    run.planMs.push(took)
    run.units.push(planner.work - workBefore)
    const late = Math.min(Math.ceil(took / budgetMs) - 1, steps - step)
    if (late > 0) {
      run.timeouts += late
      step += late
    }
    for (let robot = 0; robot < robots; robot++) {
      const task = pool.ofRobot[robot]?.id ?? -1
      if (task !== taskOf[robot]) run.schedules[robot]!.push([step - 1, task])
      taskOf[robot] = task
    }
    run.invalidActions += moveAll(floor, states, chosen, occupant)
    for (let robot = 0; robot < robots; robot++) done[robot * steps + step - 1] = chosen[robot]!
    for (const { robot, task, errand } of pool.arrive(states)) run.events.push([step, robot, task, errand])
    for (const { id, errands } of pool.reveal()) run.tasks.push({ id, revealedAt: step, errands })
  }
  run.finished = pool.finished
  run.paths = Array.from({ length: robots }, (_, robot) =>
    Array.from(done.subarray(robot * steps, (robot + 1) * steps), (action) => actions[action]).join(''),
  )
  return run
}

import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { makeProblem } from '../../samples/made-problem.ts'
import { Planner } from '../plan/planner.ts'
import { settingsFor } from '../plan/settings.ts'
import { moveAll } from '../simulate/step.ts'
import { TaskPool } from '../simulate/tasks.ts'

const robots = 10_000
const [rows, columns] = [160, 500]
const warmUp = 30
const steps = 100
const budgetMs = 100

/** `heavylift bench robots.step`: 10,000 robots on a made floor of shelves, first plans alone and whole budgets. */
export async function runStepBench({ report, signal }: MeasureInput) {
  const made = makeProblem({ kind: 'wide aisles', rows, columns, share: 0.5, seed: 'bench', tasks: 40_000 })
  const problem = { ...made, starts: made.starts.slice(0, robots) }
  const freeCells = problem.floor.isFree.reduce((sum, free) => sum + free, 0)
  const preparedMs = performance.now()
  const planner = new Planner(problem.floor, problem.starts, settingsFor(freeCells, robots))
  const prepareMs = performance.now() - preparedMs
  const states = Int32Array.from(problem.starts)
  const occupant = new Int32Array(problem.floor.isFree.length).fill(-1)
  for (let robot = 0; robot < robots; robot++) occupant[states[robot]! >> 2] = robot
  const pool = new TaskPool(problem.tasks, robots, problem.revealed)
  const first: number[] = []
  const whole: number[] = []
  let bad = 0
  for (let step = 0; step < warmUp + 2 * steps; step++) {
    signal.throwIfAborted()
    if (step % 10 === 0) {
      report({ stage: 'planning', done: step, total: warmUp + 2 * steps, unit: 'steps' })
      await new Promise(setImmediate)
    }
    const isFirstOnly = step % 2 === 0
    const startedMs = performance.now()
    const untilMs = startedMs + budgetMs
    const chosen = planner.step(pool, states, { units: Infinity, untilMs, isFirstOnly })
    const took = performance.now() - startedMs
    if (step >= warmUp) (isFirstOnly ? first : whole).push(took)
    bad += moveAll(problem.floor, states, chosen, occupant)
    pool.arrive(states)
    pool.reveal()
  }
  const [firstMs, wholeMs] = [sortNumbers(first), sortNumbers(whole)]
  return {
    n: robots,
    metrics: {
      firstP50Ms: quantile(firstMs, 0.5),
      firstP99Ms: quantile(firstMs, 0.99),
      wholeP50Ms: quantile(wholeMs, 0.5),
      wholeP99Ms: quantile(wholeMs, 0.99),
      prepareMs,
      invalidActions: bad,
      finished: pool.finished,
      rssMb: process.memoryUsage.rss() / 1e6,
    },
    notes: [
      `${robots} robots on ${freeCells} free cells, ${planner.isHelped ? 'two threads' : 'one thread'}. first: tasks, goals and placing by priority; whole: with betterment until ${budgetMs} ms.`,
    ],
  }
}

import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { makeProblem } from '../../samples/made-problem.ts'
import { Planner } from '../plan/planner.ts'
import { settingsFor } from '../plan/settings.ts'
import { readProblem } from '../problem/read-problem.ts'
import { runTicks } from '../simulate/run-ticks.ts'
import type { TickProblem } from '../simulate/run-ticks.ts'
import { ErrandCheck } from '../validate/validate-errands.ts'
import { validateTicks } from '../validate/validate-ticks.ts'
import { findFiles } from './problems.ts'

/** Ticks between two plans: a second, of ticks of 100 ms, as the kit of 2026 has it. */
const ticksAPlan = 10

/** `heavylift eval robots.delays`: problems by the rules of 2026 below --data, or made ones, over seeds of the delays, every tick checked. */
export async function runDelaysEval({ dataDir, options = {}, report, signal }: MeasureInput) {
  const ticks = Number(options['ticks'] ?? 1000)
  const units = Number(options['units'] ?? 200_000)
  const seeds = Number(options['seeds'] ?? 1)
  const sources: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  const planMs: number[] = []
  for (const { name, load } of await sourcesIn(dataDir)) {
    const only = typeof options['only'] === 'string' ? options['only'].split(',') : null
    if (only !== null && !only.some((each) => name.includes(each))) continue
    const problem = await load()
    const finished: number[] = []
    const own: Record<string, number> = {
      n: problem.starts.length,
      collisions: 0,
      deadlocks: 0,
      refused: 0,
      delays: 0,
    }
    for (let seed = 0; seed < seeds; seed++) {
      const freeCells = problem.floor.isFree.reduce((sum, free) => sum + free, 0)
      const planner = new Planner(problem.floor, problem.starts, {
        ...settingsFor(freeCells, problem.starts.length),
        hasClearCorners: true,
      })
      const run = runTicks(problem, planner, {
        ticks,
        ticksAPlan,
        units,
        seed: String(seed),
        onTick: (tick) => {
          if (tick % 20 !== 0) return
          signal.throwIfAborted()
          report({ stage: `${name}, delays ${seed}`, done: tick, total: ticks, unit: 'ticks' })
        },
      })
      const checked = checkTicks(problem, run)
      failures.push(...checked.messages.slice(0, 5).map((message) => `${name}: ${message}`))
      finished.push(checked.finished)
      own['collisions']! += checked.faults
      own['deadlocks']! += run.deadlocks
      own['refused']! += run.refused
      own['delays']! += run.delays
      planMs.push(...run.planMs)
    }
    own['finished'] = finished.reduce((sum, each) => sum + each, 0) / seeds
    own['finishedLeast'] = Math.min(...finished)
    sources[name] = own
  }
  if (Object.keys(sources).length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: 'There is no problem by the rules of 2026 to run.',
    })
  const sum = (metric: string): number =>
    Object.values(sources).reduce((total, each) => total + each[metric]!, 0)
  const sorted = sortNumbers(planMs)
  return {
    n: Object.keys(sources).length,
    metrics: {
      finished: sum('finished'),
      collisions: sum('collisions'),
      deadlocks: sum('deadlocks'),
      refused: sum('refused'),
      planP50Ms: quantile(sorted, 0.5),
      planP99Ms: quantile(sorted, 0.99),
      ...Object.fromEntries(
        Object.entries(sources).map(([name, own]) => [`finished.${name}`, own['finished']!]),
      ),
    },
    sources,
    failures,
    notes: [
      `${ticks} ticks, a plan every ${ticksAPlan}, ${units} units of work a step of it; ${seeds} seeds of the delays.`,
      'collisions: overlaps and false errands by the independent check; refused: motions that the rules did not let go on, since the one ahead was delayed in that tick.',
    ],
  }
}

/** A run held against the rules by code that shares nothing with what made it. */
export function checkTicks(problem: TickProblem, run: ReturnType<typeof runTicks>) {
  const { rows, columns, isFree } = problem.floor
  const placeOf = (cell: number) => [Math.floor(cell / columns), cell % columns] as const
  const places = new Map(run.tasks.map(({ id, errands }) => [id, Array.from(errands, placeOf)]))
  const errands = new ErrandCheck(
    run.events.map(([step, robot, task, errand]) => ({ step, robot, task, errand })),
    (task) => places.get(task),
  )
  const { violations } = validateTicks(
    {
      rows,
      columns,
      mayStand: (row, column) => isFree[row * columns + column] === 1,
      ticks: problem.rules.ticks,
      size: problem.rules.size,
      starts: Array.from(problem.starts, (state) => {
        const [row, column] = placeOf(state >> 2)
        return { row, column, facing: state & 3 }
      }),
      paths: run.paths,
      delayed: run.delayed,
    },
    (tick, robots) => errands.afterStep(tick, robots),
  )
  return {
    faults: violations.length + errands.faults.length,
    finished: errands.finished,
    messages: [...violations, ...errands.faults].map(({ message }) => message),
  }
}

async function sourcesIn(
  dataDir: string | null,
): Promise<{ name: string; load: () => Promise<TickProblem> }[]> {
  if (dataDir === null)
    return (['wide aisles', 'scattered', 'rooms'] as const).map((kind) => ({
      name: kind,
      load: () =>
        Promise.resolve({
          ...makeProblem({ kind, rows: 32, columns: 32, share: 0.15, seed: 'delays' }),
          rules: {
            ticks: 3,
            size: 1,
            delays: {
              seed: 1,
              least: 2,
              most: 12,
              event: 'bernoulli',
              probability: 0.01,
              duration: 'uniform',
              meanShare: 0.5,
              deviationShare: 0.2,
            },
          },
        }),
    }))
  const { problems } = await findFiles(dataDir, false)
  const found = await Promise.all(
    [...problems].map(async ([name, path]) => {
      const problem = await readProblem(path)
      const { rules } = problem
      return rules.round === '2026' ? { name, load: () => Promise.resolve({ ...problem, rules }) } : null
    }),
  )
  return found.filter((each) => each !== null)
}

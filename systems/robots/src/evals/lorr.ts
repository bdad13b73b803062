import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { madeKinds } from '../../samples/made-floors.ts'
import { makeProblem } from '../../samples/made-problem.ts'
import { Planner } from '../plan/planner.ts'
import { settingsFor } from '../plan/settings.ts'
import { writePlan } from '../problem/plan-file.ts'
import type { Problem } from '../problem/problem.ts'
import { readProblem } from '../problem/read-problem.ts'
import { runSteps } from '../simulate/run-steps.ts'
import { checkRun } from './check-run.ts'
import { findFiles } from './problems.ts'

interface Source {
  name: string
  steps: number
  best: number | null
  load: () => Promise<Problem>
}

const madeSteps = 200

/** `heavylift eval robots.lorr`: whole runs of problems below --data, each step checked. */
export async function runLorrEval({ dataDir, options = {}, report, signal }: MeasureInput) {
  const budgetMs = numberOf(options['budgetMs'], '--budget-ms') ?? 100
  const units = numberOf(options['units'], '--units')
  const steps = numberOf(options['steps'], '--steps')
  const outDir = typeof options['output'] === 'string' ? options['output'] : null
  const found = dataDir === null ? madeSources() : await foundSources(dataDir, steps)
  const wanted = typeof options['only'] === 'string' ? options['only'].split(',').map(plainName) : null
  const sources = found.filter(({ name }) => wanted === null || wanted.includes(plainName(name)))
  if (sources.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `There is no problem to run${wanted === null ? '' : ` of ${String(options['only'])}`}. There are: ${found.map(({ name }) => name).join(', ')}.`,
    })
  const each: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  const notes: string[] = []
  const allMs: number[] = []
  for (const source of sources) {
    const problem = await source.load()
    if (problem.skipped.length > 0)
      notes.push(
        `${source.name}: ${problem.skipped.length} tasks are left out; the first, on line ${problem.skipped[0]!.line}, as ${problem.skipped[0]!.why}.`,
      )
    const preparedMs = performance.now()
    const freeCells = problem.floor.isFree.reduce((sum, free) => sum + free, 0)
    const settings = settingsFor(freeCells, problem.starts.length)
    const planner = new Planner(problem.floor, problem.starts, settings)
    const prepareMs = performance.now() - preparedMs
    const stepsHere = steps ?? source.steps
    const run = runSteps(problem, planner, {
      steps: stepsHere,
      ...(units === null ? { budgetMs, units: settings.enoughUnits } : { units }),
      onStep: (step) => {
        if (step % 10 !== 0) return
        signal.throwIfAborted()
        report({ stage: source.name, done: step, total: stepsHere, unit: 'steps' })
      },
    })
    const checked = checkRun(problem, run)
    failures.push(...checked.messages.map((message) => `${source.name}: ${message}`))
    const stepMs = sortNumbers(run.planMs)
    allMs.push(...run.planMs)
    each[source.name] = {
      n: problem.starts.length,
      steps: stepsHere,
      finished: checked.finished,
      collisions: checked.collisions + checked.falseErrands,
      invalidActions: run.invalidActions,
      timeouts: run.timeouts,
      stepP50Ms: quantile(stepMs, 0.5),
      stepP99Ms: quantile(stepMs, 0.99),
      prepareMs,
      unitsP50: quantile(sortNumbers(run.units), 0.5),
      rssMb: process.memoryUsage.rss() / 1e6,
      ...(source.best === null || stepsHere !== source.steps
        ? {}
        : { ofBest: checked.finished / source.best }),
    }
    if (outDir !== null)
      await writeFile(
        join(outDir, `${source.name}.json`),
        writePlan({
          ...run,
          floor: problem.floor,
          starts: problem.starts,
          steps: stepsHere,
          plannerSeconds: run.planMs.map((ms) => ms / 1000),
        }),
      )
  }
  const sum = (name: string): number =>
    Object.values(each).reduce((total, one) => total + (one[name] ?? 0), 0)
  const stepMs = sortNumbers(allMs)
  const rated = Object.entries(each).filter(([, one]) => one['ofBest'] !== undefined)
  const [worst] = rated.toSorted(([, a], [, b]) => a['ofBest']! - b['ofBest']!)
  return {
    n: sources.length,
    metrics: {
      score: sum('ofBest'),
      finished: sum('finished'),
      collisions: sum('collisions'),
      invalidActions: sum('invalidActions'),
      timeouts: sum('timeouts'),
      stepP50Ms: quantile(stepMs, 0.5),
      stepP99Ms: quantile(stepMs, 0.99),
      rssMb: Math.max(...Object.values(each).map((one) => one['rssMb']!)),
      ...Object.fromEntries(
        Object.entries(each).map(([name, one]) => [`finished.${name}`, one['finished']!]),
      ),
    },
    sources: each,
    ...(worst === undefined ? {} : { worst: { ofBest: { source: worst[0], value: worst[1]['ofBest']! } } }),
    failures,
    notes: [
      ...notes,
      units === null
        ? `${budgetMs} ms a step by the clock; a late plan costs the steps that it is late.`
        : `${units} units of work a step; no clock.`,
      'score: sum of finished over the best known (best.json), over whole runs only.',
    ],
  }
}

/** `R1` and `RANDOM-01` are one problem. */
function plainName(name: string): string {
  const match = /^([A-Za-z]+)-?0*(\d*)$/.exec(name.trim())
  return match === null ? name.trim().toUpperCase() : `${match[1]![0]!.toUpperCase()}${match[2]!}`
}

function numberOf(option: string | boolean | undefined, flag: string): number | null {
  if (option === undefined) return null
  const value = Number(option)
  if (!(value > 0))
    throw new InvalidInputError({ code: 'option-invalid', message: `${flag} wants a number above 0.` })
  return value
}

async function foundSources(dataDir: string, given: number | null): Promise<Source[]> {
  const { problems, steps, best } = await findFiles(dataDir, false)
  return [...problems].map(([name, path]) => {
    const known = given ?? steps.get(name)
    if (known === undefined)
      throw new InvalidInputError({
        code: 'steps-missing',
        message: `How many steps has ${name}? Give --steps, or name it in simulation_time.json.`,
      })
    return {
      name,
      steps: steps.get(name) ?? known,
      best: best.get(name) ?? null,
      load: () => readProblem(path),
    }
  })
}

function madeSources(): Source[] {
  return madeKinds.map((kind) => ({
    name: kind,
    steps: madeSteps,
    best: null,
    load: () => Promise.resolve(makeProblem({ kind, rows: 32, columns: 32, share: 0.3, seed: 'eval' })),
  }))
}

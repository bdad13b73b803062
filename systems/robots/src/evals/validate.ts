import { createRandom, InvalidInputError } from '@heavylift/core'
import type { MeasureInput, Random } from '@heavylift/core'
import { readPlan } from '../problem/plan-file.ts'
import { readProblem } from '../problem/read-problem.ts'
import { mutate, mutationKinds } from '../validate/mutate.ts'
import { validateSteps } from '../validate/validate-steps.ts'
import type { StepsToCheck } from '../validate/validate-steps.ts'
import { findFiles } from './problems.ts'
import { stepsOfPlan } from './steps-of-plan.ts'

/** `heavylift eval robots.validate`: recorded plans below --data, and mutations of them whose fault is known. */
export async function runValidateEval({ dataDir, options = {}, report, signal }: MeasureInput) {
  if (dataDir === null)
    throw new InvalidInputError({
      code: 'data-missing',
      message:
        'Give --data a folder with problems and their solutions (*.json or *.json.zip with actualPaths).',
    })
  const { problems, plans } = await findFiles(dataDir, true)
  const wanted = Number(options['mutations'] ?? 1000)
  const failures: string[] = []
  const sources: Record<string, Record<string, number>> = {}
  let [violations, robotSteps, seconds, mutations, named] = [0, 0, 0, 0, 0]
  for (const [index, { name, path, text }] of plans.entries()) {
    const problemPath = problems.get(name)
    if (problemPath === undefined) {
      failures.push(`${path}: there is no problem ${name}.json below ${dataDir}.`)
      continue
    }
    const { floor } = await readProblem(problemPath)
    const plan = readPlan(text, path, floor)
    const check = stepsOfPlan(floor, plan.starts, plan.paths)
    const startedMs = performance.now()
    const checked = validateSteps(check)
    seconds += (performance.now() - startedMs) / 1000
    robotSteps += checked.steps * plan.starts.length
    violations += checked.violations.length
    failures.push(...checked.violations.slice(0, 5).map(({ message }) => `${name}: ${message}`))
    const share = Math.floor(wanted / plans.length) + (index < wanted % plans.length ? 1 : 0)
    const result = await proveByMutations(name, check, share, failures, (done) => {
      signal.throwIfAborted()
      report({ stage: `mutations of ${name}`, done, total: share, unit: 'mutations' })
    })
    mutations += share
    named += result
    sources[name] = {
      n: plan.starts.length,
      steps: checked.steps,
      violations: checked.violations.length,
      mutations: share,
      mutationsNamed: result,
    }
  }
  return {
    n: plans.length,
    metrics: {
      files: plans.length,
      violations,
      mutations,
      mutationsNamed: named,
      robotStepsPerSecond: robotSteps / Math.max(seconds, 1e-9),
      stepsPerSecond:
        Object.values(sources).reduce((sum, each) => sum + each['steps']!, 0) / Math.max(seconds, 1e-9),
    },
    sources,
    failures,
  }
}

/** Steps of a plan that a mutation is made in: what comes before and after says nothing of it. */
const windowSteps = 6

/** How many of so many mutations the validator names by step, kind and robots. */
async function proveByMutations(
  name: string,
  check: StepsToCheck,
  wanted: number,
  failures: string[],
  onProgress: (done: number) => void,
): Promise<number> {
  const random = createRandom(`robots.validate ${name}`)
  const windows = windowsOf(check, wanted, random)
  let named = 0
  for (let made = 0; made < wanted;) {
    const kind = mutationKinds[made % mutationKinds.length]!
    const { from, window } = windows[made]!
    const mutation = mutate(window, kind, random)
    if (mutation === null) {
      // Nobody stands as the kind wants it; another place is taken.
      windows[made] = random.pick(windows)
      continue
    }
    made++
    if (made % 20 === 0) {
      onProgress(made)
      await new Promise(setImmediate)
    }
    const { expected } = mutation
    const { violations } = validateSteps(mutation.check)
    const isNamed = violations.some(
      (each) =>
        each.step === expected.step &&
        each.kind === expected.kind &&
        each.robots.length === expected.robots.length &&
        each.robots.toSorted((a, b) => a - b).every((robot, at) => robot === expected.robots[at]),
    )
    if (isNamed && violations[0]?.step === expected.step) named++
    else if (failures.length < 20)
      failures.push(
        `${name}: ${kind} at step ${from + expected.step} by ${expected.robots.join(', ')} is not named.`,
      )
  }
  return named
}

/** Pieces of a plan, from places taken at random. */
function windowsOf(
  check: StepsToCheck,
  count: number,
  random: Random,
): { from: number; window: StepsToCheck }[] {
  const steps = check.paths.reduce((longest, path) => Math.max(longest, path.length), 0)
  const froms = Array.from({ length: count }, () => random.int(0, Math.max(0, steps - windowSteps)))
  const wanted = new Set(froms)
  const windows = new Map<number, StepsToCheck>()
  const keep = (from: number, starts: StepsToCheck['starts']): void => {
    const paths = check.paths.map((path) => path.slice(from, from + windowSteps).padEnd(windowSteps, 'W'))
    windows.set(from, { ...check, starts: starts.map((start) => ({ ...start })), paths })
  }
  if (wanted.has(0)) keep(0, check.starts)
  validateSteps(check, (step, robots) => {
    if (wanted.has(step)) keep(step, robots)
  })
  return froms.map((from) => ({ from, window: windows.get(from)! }))
}

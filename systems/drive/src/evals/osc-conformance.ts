import { readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Measure, ReportProgress } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { parseDistribution } from '../openscenario/distribution.ts'
import { ScenarioFiles } from '../openscenario/load-scenario.ts'
import type { Scenario } from '../openscenario/scenario.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { Simulation } from '../simulator/simulation.ts'
import { compareStates } from './compare-states.ts'
import { readStates } from './recorded-states.ts'

/** Steps after which a scenario without an end counts as failed: four hours. */
const mostSteps = 288_000
/** Steps without any motion after which a scenario counts as over: one minute. Some wait for what can no longer happen. */
const mostStillSteps = 1200
const stillMps = 1e-3
const stepS = 0.05

export interface Conformance {
  scenariosRun: number
  scenariosTotal: number
  scenariosWithStates: number
  scenariosWithin1cm: number
  egoWithin10cm: number
  /** File and why: what did not load or run, and what differs from its recording. */
  failures: string[]
}

function runToEnd(scenario: Scenario, network: RoadNetwork): void {
  const simulation = new Simulation(scenario, network)
  let stillSteps = 0
  for (let steps = 0, dtS = 0; simulation.step(dtS) && stillSteps < mostStillSteps; steps++, dtS = stepS) {
    if (steps > mostSteps)
      throw new InvalidInputError({
        code: 'scenario-endless',
        message: 'The scenario has not ended after four hours.',
      })
    const isStill = simulation.world.speed.every((speed) => Math.abs(speed) < stillMps)
    stillSteps = isStill ? stillSteps + 1 : 0
  }
}

async function filesBelow(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/**
 * Runs every `.xosc` below `dataDir` that is a scenario; one with a parameter distribution runs its first combination and, with
 * `allVariations`, all of them that meet the constraints. Recordings lie below `statesDir` as `<file>.csv[.gz]`.
 */
export async function measureConformance(
  dataDir: string,
  statesDir: string,
  signal: AbortSignal,
  report: ReportProgress = () => undefined,
  allVariations = true,
): Promise<Conformance> {
  const result: Conformance = {
    scenariosRun: 0,
    scenariosTotal: 0,
    scenariosWithStates: 0,
    scenariosWithin1cm: 0,
    egoWithin10cm: 0,
    failures: [],
  }
  const states = new Map(
    (await filesBelow(statesDir)).map((path) => [basename(path).replace(/\.gz$/, ''), path]),
  )
  const files = (await filesBelow(dataDir)).filter((path) => path.endsWith('.xosc'))
  const reader = new ScenarioFiles()
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'scenarios', done: index, total: files.length, unit: 'files' })
    try {
      const root = await reader.read(path)
      if (root.children.some((child) => child.name === 'Catalog')) continue
      result.scenariosTotal++
      const distribution = parseDistribution(root)
      if (distribution) {
        await runVariations(
          reader,
          resolve(dirname(path), distribution.scenarioFile),
          distribution,
          signal,
          allVariations,
        )
        result.scenariosRun++
        continue
      }
      const { scenario, network } = await reader.load(path)
      runToEnd(scenario, network)
      result.scenariosRun++
      const recording = states.get(`${basename(path)}.csv`)
      if (!recording) continue
      result.scenariosWithStates++
      const difference = compareStates(scenario, network, await readStates(recording))
      if (difference.others <= 0.01) result.scenariosWithin1cm++
      if (difference.ego <= 0.1) result.egoWithin10cm++
      if (difference.others > 0.01 || difference.ego > 0.1)
        result.failures.push(
          `${basename(path)}: others ${difference.others.toFixed(3)} m, ego ${difference.ego.toFixed(3)} m; worst ${difference.worst}`,
        )
    } catch (error) {
      if (!(error instanceof Error) || signal.aborted) throw error
      result.failures.push(`${basename(path)}: ${error.message}`)
    }
  }
  return result
}

async function runVariations(
  reader: ScenarioFiles,
  path: string,
  distribution: NonNullable<ReturnType<typeof parseDistribution>>,
  signal: AbortSignal,
  all: boolean,
): Promise<void> {
  let run = 0
  for (let index = 0; index < distribution.count && (all || run === 0); index++) {
    signal.throwIfAborted()
    try {
      const { scenario, network } = await reader.load(path, distribution.at(index))
      runToEnd(scenario, network)
      run++
    } catch (error) {
      // A combination that breaks the scenario's own constraints is not one of its variations.
      if (!(error instanceof InvalidInputError) || error.code !== 'parameter-constraint') throw error
    }
  }
  if (run === 0)
    throw new InvalidInputError({
      code: 'no-variation',
      message: 'No combination meets the constraints of its parameters.',
    })
}

export const oscConformanceEval: Measure = {
  name: 'osc-conformance',
  summary:
    'OpenSCENARIO files (--data) run to their end; those with a recording beside them (`<file>.csv[.gz]` below --data) compared with it at 0.05 s: others to 1 cm, ego to 10 cm.',
  async run({ dataDir, report, signal }) {
    if (dataDir === null)
      throw new InvalidInputError({
        code: 'data-missing',
        message: 'Give a folder with .xosc files and their roads by --data.',
      })
    const { failures, ...metrics } = await measureConformance(dataDir, dataDir, signal, report)
    // A result holds numbers only: what failed and why goes the way of the progress.
    for (const failure of failures)
      report({ stage: failure, done: failures.length, total: failures.length, unit: 'failures' })
    return { n: metrics.scenariosTotal, metrics: { ...metrics, failures: failures.length } }
  },
}

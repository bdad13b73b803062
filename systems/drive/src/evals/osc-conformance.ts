import { basename } from 'node:path'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'
import type { Scenario, StoryElement } from '../world/openscenario/scenario.ts'
import { filesBelow, sampleDir } from '../clearance/variations/files-below.ts'
import { runToEnd } from '../clearance/variations/run-to-end.ts'
import { runSpans, spansOf } from '../clearance/variations/run-variations.ts'
import type { VariationSpan } from '../clearance/variations/variation-task.ts'
import { mapsIn } from '../clearance/formats/maps-in.ts'
import { compareStates } from './compare-states.ts'
import { readStates } from './recorded-states.ts'

export interface Conformance {
  scenariosRun: number
  scenariosTotal: number
  scenariosWithStates: number
  scenariosWithin1cm: number
  /** Of those with states and within, how many switch on no controller of another simulator, which is not part of the file. */
  withStatesOfOurOwn: number
  within1cmOfOurOwn: number
  egoWithin10cm: number
  /** File and why: what did not load or run, and what differs from its recording. */
  failures: string[]
}

/**
 * Runs every `.xosc` below `dataDir` that is a scenario; one with a parameter distribution runs all its combinations that meet the constraints and
 * counts once. Recordings lie below `statesDir` as `<file>.csv[.gz]`; roads and catalogs that are not where a file says are looked for below `maps`.
 */
export async function measureConformance(
  dataDir: string,
  statesDir: string,
  signal: AbortSignal,
  report: ReportProgress = () => undefined,
  maps: readonly string[] = [],
): Promise<Conformance> {
  const result: Conformance = {
    scenariosRun: 0,
    scenariosTotal: 0,
    scenariosWithStates: 0,
    scenariosWithin1cm: 0,
    withStatesOfOurOwn: 0,
    within1cmOfOurOwn: 0,
    egoWithin10cm: 0,
    failures: [],
  }
  const states = new Map(
    (await filesBelow(statesDir)).map((path) => [basename(path).replace(/\.gz$/, ''), path]),
  )
  const files = (await filesBelow(dataDir)).filter((path) => path.endsWith('.xosc'))
  const reader = new ScenarioFiles({ maps })
  const spans: VariationSpan[] = []
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'scenarios', done: index, total: files.length, unit: 'files' })
    try {
      const root = await reader.read(path)
      if (root.children.some((child) => child.name === 'Catalog')) continue
      result.scenariosTotal++
      const recording = states.get(`${basename(path)}.csv`)
      // Counted before it runs: one that does not run does not meet its recording either.
      if (recording !== undefined) result.scenariosWithStates++
      const ofVariations = await spansOf(reader, path)
      if (ofVariations) spans.push(...ofVariations.map((span) => ({ ...span, maps })))
      else await runScenario(reader, path, recording, result)
    } catch (error) {
      if (!(error instanceof Error) || signal.aborted) throw error
      result.failures.push(`${basename(path)}: ${error.message}`)
    }
  }
  if (spans.length === 0) return result
  for (const { file, scenarios, failures } of await runSpans(spans, report, signal)) {
    if (failures.length === 0 && scenarios > 0) result.scenariosRun++
    result.failures.push(...failures)
    if (failures.length === 0 && scenarios === 0)
      result.failures.push(`${basename(file)}: no combination meets the constraints of its parameters`)
  }
  return result
}

async function runScenario(
  reader: ScenarioFiles,
  path: string,
  recording: string | undefined,
  result: Conformance,
): Promise<void> {
  const { scenario, network } = await reader.load(path)
  const foreign = foreignIn(scenario)
  if (recording !== undefined && foreign === null) result.withStatesOfOurOwn++
  runToEnd(scenario, network)
  result.scenariosRun++
  if (recording === undefined) return
  const difference = compareStates(scenario, network, await readStates(recording))
  if (difference.others <= 0.01) {
    result.scenariosWithin1cm++
    if (foreign === null) result.within1cmOfOurOwn++
  }
  if (difference.ego <= 0.1) result.egoWithin10cm++
  if (difference.others > 0.01 || difference.ego > 0.1)
    result.failures.push(
      `${basename(path)}: others ${difference.others.toFixed(3)} m, ego ${difference.ego.toFixed(3)} m; worst ${difference.worst}${foreign === null ? '' : `; ${foreign} has a controller of another simulator`}`,
    )
}

/**
 * Name of an entity under a controller of another simulator that is switched on; a swarm is under one too, since whom it is made of is up to the simulator.
 * Null without.
 */
function foreignIn({ entities, init, stories }: Scenario): string | null {
  const below = ({ action, children }: StoryElement): Scenario['init'] => [
    ...(action ? [action] : []),
    ...children.flatMap(below),
  ]
  for (const { entity, content } of [...init, ...stories.flatMap(below)]) {
    if (content.kind === 'traffic' && content.flow) return 'the traffic'
    if (content.kind !== 'activateController' || content.isOff) continue
    const settings = content.settings ?? entities[entity]?.controllerSettings
    if (settings?.isForeign) return entities[entity]?.name ?? null
  }
  return null
}

export async function runConformanceEval({ dataDir, options, report, signal }: MeasureInput) {
  const data = dataDir ?? sampleDir
  const states = options?.['states']
  const { failures, ...metrics } = await measureConformance(
    data,
    typeof states === 'string' ? states : data,
    signal,
    report,
    mapsIn(options),
  )
  return { n: metrics.scenariosTotal, metrics: { ...metrics, failures: failures.length }, failures }
}

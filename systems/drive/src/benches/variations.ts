import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { parseDistribution } from '../world/openscenario/distribution.ts'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'
import { filesBelow, sampleDir } from '../clearance/variations/files-below.ts'
import { runToEnd } from '../clearance/variations/run-to-end.ts'
import { runSpans, spansOf } from '../clearance/variations/run-variations.ts'
import type { VariationSpan } from '../clearance/variations/variation-task.ts'

/** Combinations of each file that are run on one thread to see what a step costs. */
const timedCount = 10
/** Enough that the clock's ticks do not count. */
const timedSteps = 400_000

async function spansBelow(dir: string): Promise<VariationSpan[]> {
  const reader = new ScenarioFiles()
  const files = (await filesBelow(dir)).filter((path) => path.endsWith('.xosc'))
  const spans = (await Promise.all(files.map((file) => spansOf(reader, file)))).flatMap(
    (found) => found ?? [],
  )
  if (spans.length === 0)
    throw new InvalidInputError({
      code: 'variations-missing',
      message: `There is no .xosc file with a <ParameterValueDistribution> below ${dir}.`,
    })
  return spans
}

/** Microseconds of processor time a step on one thread, over valid combinations from the start of each file. */
async function timeSteps(spans: VariationSpan[]): Promise<number> {
  const reader = new ScenarioFiles()
  const loaded: Awaited<ReturnType<ScenarioFiles['load']>>[] = []
  for (const { file, scenario, from } of spans) {
    const distribution = from === 0 ? parseDistribution(await reader.read(file)) : null
    if (!distribution) continue
    for (let index = 0, found = 0; index < distribution.count && found < timedCount; index++) {
      const valid = await reader.load(scenario, distribution.at(index)).catch(() => null)
      if (!valid) continue
      found++
      loaded.push(valid)
    }
  }
  const runAll = () => loaded.reduce((steps, { scenario, network }) => steps + runToEnd(scenario, network), 0)
  const runSteps = (most: number) => {
    let steps = 0
    while (steps < most && loaded.length > 0) steps += runAll()
    return steps
  }
  // The first rounds are for the compiler.
  runSteps(timedSteps / 4)
  const before = process.threadCpuUsage().user
  const steps = runSteps(timedSteps)
  return (process.threadCpuUsage().user - before) / steps
}

export async function runVariationsBench({ dataDir, report, signal }: MeasureInput) {
  const spans = await spansBelow(dataDir ?? sampleDir)
  const startedMs = performance.now()
  const totals = await runSpans(spans, report, signal)
  const seconds = (performance.now() - startedMs) / 1000
  const sum = (of: 'scenarios' | 'excluded' | 'steps') =>
    totals.reduce((total, counts) => total + counts[of], 0)
  const failures = totals.flatMap((counts) => counts.failures)
  return {
    n: sum('scenarios'),
    metrics: {
      scenarios: sum('scenarios'),
      excluded: sum('excluded'),
      steps: sum('steps'),
      seconds,
      failures: failures.length,
      stepUs: await timeSteps(spans),
    },
    failures,
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import type { Outcome } from '@heavylift/jobs'
import { openLocalExecutor, runMany } from '@heavylift/jobs'
import { parseDistribution } from '../../world/openscenario/distribution.ts'
import type { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { VariationCounts, VariationSpan } from './variation-task.ts'

/** Combinations that one input of the job runs. */
const spanSize = 200

/** All combinations of a file with a parameter distribution, in spans; null for any other file. Throws `drive-file-invalid`. */
export async function spansOf(reader: ScenarioFiles, file: string): Promise<VariationSpan[] | null> {
  const distribution = parseDistribution(await reader.read(file))
  if (!distribution) return null
  const scenario = resolve(dirname(file), distribution.scenarioFile)
  const spans: VariationSpan[] = []
  for (let from = 0; from < distribution.count; from += spanSize)
    spans.push({ file, scenario, from, to: Math.min(from + spanSize, distribution.count) })
  return spans
}

/** What the combinations of one file came to. */
export interface VariationTotals extends Omit<VariationCounts, 'failures'> {
  file: string
  /** Which combination failed, by its index, and why. */
  failures: string[]
}

/** Runs spans on every core of this machine; a total for each file, in the order of the spans. */
export async function runSpans(
  spans: VariationSpan[],
  report: ReportProgress,
  signal: AbortSignal,
): Promise<VariationTotals[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-variations-'))
  const executor = openLocalExecutor()
  try {
    const run = await runMany<VariationSpan, VariationCounts>(
      { module: new URL('./variation-task.ts', import.meta.url).href, export: 'runVariations' },
      spans,
      { executor, folder, chunkSize: 1, near: ({ scenario }) => [scenario] },
    )
    const cancel = () => void run.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    for await (const { inputsDone, inputs } of run.progress())
      report({ stage: 'variations', done: inputsDone, total: inputs, unit: `× ${spanSize} combinations` })
    signal.removeEventListener('abort', cancel)
    signal.throwIfAborted()
    const totals = new Map<string, VariationTotals>()
    for await (const outcome of run.outcomes()) count(totals, spans[outcome.index] as VariationSpan, outcome)
    return [...totals.values()]
  } finally {
    await executor.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function count(
  totals: Map<string, VariationTotals>,
  { file, from, to }: VariationSpan,
  outcome: Outcome<VariationCounts>,
): void {
  const total = totals.get(file) ?? { file, scenarios: 0, excluded: 0, steps: 0, failures: [] }
  totals.set(file, total)
  const name = basename(file)
  if (!outcome.ok) {
    total.failures.push(`${name} #${from}…${to - 1}: ${outcome.error.message}`)
    return
  }
  const { scenarios, excluded, steps, failures } = outcome.value
  total.scenarios += scenarios
  total.excluded += excluded
  total.steps += steps
  for (const { index, message } of failures) total.failures.push(`${name} #${index}: ${message}`)
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import { openLocalExecutor, runMany } from '@heavylift/jobs'
import type { ClearanceInput, ClearanceRow } from '../clearance/cases/clearance-row.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { determinismRuns } from './sizes.ts'
import { expandSuite } from '../clearance/suites/suite.ts'

/** How the same cases are spread: workers and cases a chunk. */
const spreads = [
  { workers: 1, chunkSize: 250 },
  { workers: 2, chunkSize: 250 },
  { workers: 2, chunkSize: 97 },
]

/** Digests of every state of every case, by the case's id. */
async function digestsOf(
  inputs: ClearanceInput[],
  spread: { workers: number; chunkSize: number },
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'drive-determinism-'))
  const executor = openLocalExecutor({ workers: spread.workers })
  try {
    const run = await runMany<ClearanceInput, ClearanceRow>(
      {
        module: new URL('../clearance/cases/clearance-task.ts', import.meta.url).href,
        export: 'runClearanceCase',
      },
      inputs,
      { executor, folder, chunkSize: spread.chunkSize },
    )
    const digests = new Map<string, string>()
    for await (const outcome of run.outcomes()) {
      signal.throwIfAborted()
      const { id } = inputs[outcome.index]!.one
      digests.set(id, outcome.ok ? JSON.stringify(outcome.value) : `failed: ${outcome.error.message}`)
      if (digests.size % 100 === 0)
        report({
          stage: `${spread.workers} workers, ${spread.chunkSize} a chunk`,
          done: digests.size,
          total: inputs.length,
          unit: 'runs',
        })
    }
    return digests
  } finally {
    await executor.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export async function runDeterminismBench({ options = {}, report, signal }: MeasureInput) {
  const n = Number(options['cases'] ?? determinismRuns)
  if (!Number.isInteger(n) || n < 1)
    throw new InvalidInputError({ code: 'option-invalid', message: '--cases takes a whole number.' })
  const named = options['version']
  const version = versionNamed(typeof named === 'string' ? named : 'idm')
  const reference = versionNamed('competent-human')
  const suite = await expandSuite('full', { n })
  const inputs = Array.from({ length: suite.count }, (_, index) => ({
    one: suite.at(index),
    version,
    reference,
  }))
  const random = createRandom('determinism')
  let first: Map<string, string> | null = null
  const differing = new Set<string>()
  for (const [index, spread] of spreads.entries()) {
    const order = index === 0 ? inputs : random.sample(inputs, inputs.length)
    const digests = await digestsOf(order, spread, report, signal)
    first ??= digests
    for (const [id, digest] of digests) if (first.get(id) !== digest) differing.add(id)
  }
  return {
    n: suite.count,
    metrics: { runs: suite.count * spreads.length, differing: differing.size },
    failures: [...differing].slice(0, 20),
  }
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, ReportProgress } from '@heavylift/core'
import { ConflictError, InvalidInputError } from '@heavylift/core'
import type { JobRun, JobsService } from '@heavylift/jobs'
import { versionHash } from '../driver/version.ts'
import type { DriverVersion } from '../driver/version.ts'
import type { ScenarioCase } from './suites/scenario-case.ts'
import type { ClearanceLimits } from './report/clearance-plan.ts'
import { buildReport } from './report/build-report.ts'
import type { ClearanceReport, ReportedVersion } from './report/clearance-report.ts'
import type { RanCase } from './cases/ran-case.ts'
import { storeReport } from './report/report-schema.ts'
import { renderReport } from './report/render-report.ts'
import { traceRun } from './report/trace-run.ts'
import type { ClearanceInput, ClearanceRow } from './cases/clearance-row.ts'
import { codeHash, suiteHash } from './cases/hashes.ts'

export interface ClearanceRequest {
  version: DriverVersion
  /** The version before, on the same cases; null for none. */
  against: DriverVersion | null
  /** Null: failures are not judged by a reference driver. */
  reference: DriverVersion | null
  suite: { name: string; cases: readonly ScenarioCase[] }
  limits: ClearanceLimits
  exposureOf: (scenarioClass: string) => number
}

export interface ClearanceTools {
  jobs: Pick<JobsService, 'run'>
  executor: 'local' | 'slurm'
  /** Where report and rows go: `<folder>/<id>/`. */
  folder: string
  clock: Clock
  report: ReportProgress
  signal: AbortSignal
  chunkSize?: number
}

export interface Cleared {
  report: ClearanceReport
  /** Folder with `report.json`, `report.html`, `rows.jsonl`. */
  folder: string
}

/** Blockers that have a picture of both runs. */
const pictured = 12
/** Safety runs go before experiments. */
const priority = 10

/**
 * Runs a suite with a version through jobs (and with the version before), judges it and writes the report. The same request goes on where an
 * earlier one was stopped, and reads what is done; results follow from the request and the code alone.
 */
export async function clearVersion(request: ClearanceRequest, tools: ClearanceTools): Promise<Cleared> {
  const { version, against, reference, suite, limits, exposureOf } = request
  if (suite.cases.length === 0)
    throw new InvalidInputError({ code: 'suite-empty', message: `Suite ${suite.name} has no cases.` })
  const code = codeHash()
  const hash = suiteHash(suite.cases)
  const id = `${version.name}-${suite.name.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}-${hash.slice(0, 6)}-${versionHash(version).slice(0, 4)}${code.slice(0, 4)}`
  const ran = await runSuite(version, request, code, tools)
  const before =
    against === null
      ? null
      : {
          version: reported(against),
          ran: await runSuite(against, { ...request, reference: null }, code, tools),
        }
  const report = buildReport({
    id,
    createdAt: new Date(tools.clock.nowMs()).toISOString(),
    version: reported(version),
    suite: { name: suite.name, hash, n: suite.cases.length },
    code,
    reference: reference === null ? null : reported(reference),
    limits,
    ran,
    before,
    exposureOf,
  })
  if (reference !== null)
    for (const [index, blocker] of report.blockers.slice(0, pictured).entries()) {
      tools.signal.throwIfAborted()
      tools.report({ stage: 'pictures of blockers', done: index, total: pictured, unit: 'runs' })
      blocker.ours = await traceRun(blocker.one, version)
      blocker.theirs = await traceRun(blocker.one, reference)
    }
  const folder = join(tools.folder, id)
  await mkdir(folder, { recursive: true })
  const rows = ran.map((one) => `${JSON.stringify({ ...one, version: version.name })}\n`)
  await writeFile(join(folder, 'rows.jsonl'), rows.join(''))
  await writeFile(join(folder, 'report.json'), storeReport(report))
  await writeFile(join(folder, 'report.html'), renderReport(report))
  return { report, folder }
}

function reported(version: DriverVersion): ReportedVersion {
  return { name: version.name, summary: version.summary, hash: versionHash(version) }
}

async function runSuite(
  version: DriverVersion,
  { suite, reference }: ClearanceRequest,
  code: string,
  { jobs, executor, report, signal, chunkSize }: ClearanceTools,
): Promise<RanCase[]> {
  const inputs = suite.cases.map((one): ClearanceInput => ({ one, version, reference }))
  const run = await jobs.run<ClearanceInput, ClearanceRow>(
    {
      module: new URL('cases/clearance-task.ts', import.meta.url).href,
      export: 'runClearanceCase',
      version: code,
    },
    inputs,
    {
      name: `Clearance of ${version.name} on ${suite.name}`,
      system: 'drive',
      priority,
      executor,
      near: ({ one }) => [one.source.kind === 'file' ? one.source.path : one.source.name],
      ...(chunkSize === undefined ? {} : { chunkSize }),
    },
  )
  await follow(run, version.name, report, signal)
  const ran: RanCase[] = []
  for await (const outcome of run.outcomes()) {
    const one = suite.cases[outcome.index]!
    ran.push(
      outcome.ok
        ? { one, row: outcome.value, error: null }
        : { one, row: null, error: outcome.error.message },
    )
  }
  return ran
}

async function follow(
  run: JobRun<ClearanceRow>,
  name: string,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<void> {
  const stop = () => void run.cancel()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    for await (const { inputs, inputsDone } of run.progress())
      report({ stage: `runs of ${name}`, done: inputsDone, total: inputs, unit: 'runs' })
    const { state } = await run.finished()
    if (state !== 'done')
      throw new ConflictError({
        code: 'clearance-stopped',
        message: `The runs of ${name} were stopped. The same command goes on with them.`,
      })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

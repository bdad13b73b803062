import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReportProgress } from '@heavylift/core'
import type { Outcome } from '@heavylift/jobs'
import { versionHash } from '../../driver/version.ts'
import type { DriverVersion } from '../../driver/version.ts'
import type { ClearanceRow } from '../cases/clearance-row.ts'
import type { RanCase } from '../cases/ran-case.ts'
import type { Suite } from '../suites/suite-part.ts'
import { buildReport } from './build-report.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import type { Blocker, ClearanceReport, ReportedVersion } from './clearance-report.ts'
import { renderReport } from './render-report.ts'
import { storeReport } from './report-schema.ts'
import { traceRun } from './trace-run.ts'

/** A clearance whose runs are done. */
export interface RanClearance {
  id: string
  /** Of the suite's cases. */
  hash: string
  /** Hash of the code that ran them. */
  code: string
  jobId: string
  /** The job of the version before; null where there is none. */
  jobIdBefore: string | null
  createdAt: string
}

export interface JudgeRequest {
  version: DriverVersion
  against: DriverVersion | null
  reference: DriverVersion | null
  suite: Suite
  limits: ClearanceLimits
  exposureOf: (scenarioClass: string) => number
}

export interface JudgeTools {
  /** Where report and rows go: `<folder>/<id>/`. */
  folder: string
  outcomes: (jobId: string) => AsyncIterable<Outcome<ClearanceRow>>
  report: ReportProgress
  signal: AbortSignal
}

export interface Cleared {
  report: ClearanceReport
  /** Folder with `report.json`, `report.html`, `rows.jsonl`, and `rows-against.jsonl` where there is a version before. */
  folder: string
}

/** Blockers that have a picture of both runs. */
const pictured = 12

/** Judges the runs of a clearance, runs blockers once more for their pictures, and writes report and rows. Heavy: keeps its thread busy. */
export async function judgeClearance(
  { version, against, reference, suite, limits, exposureOf }: JudgeRequest,
  { id, hash, code, jobId, jobIdBefore, createdAt }: RanClearance,
  { folder: folderOfAll, outcomes, report: tell, signal }: JudgeTools,
): Promise<Cleared> {
  const ranOf = async (job: string): Promise<RanCase[]> => {
    const ran: RanCase[] = []
    for await (const outcome of outcomes(job)) {
      const one = suite.at(outcome.index)
      ran.push(
        outcome.ok
          ? { one, row: outcome.value, error: null }
          : { one, row: null, error: outcome.error.message },
      )
    }
    return ran
  }
  const ran = await ranOf(jobId)
  const ranBefore = against === null || jobIdBefore === null ? null : await ranOf(jobIdBefore)
  const report = buildReport({
    id,
    createdAt,
    version: reported(version),
    suite: { name: suite.name, hash, n: suite.count },
    code,
    reference: reference === null ? null : reported(reference),
    limits,
    ran,
    before: against === null || ranBefore === null ? null : { version: reported(against), ran: ranBefore },
    exposureOf,
  })
  if (reference !== null)
    for (const [index, blocker] of inTurn(report.blockers).slice(0, pictured).entries()) {
      signal.throwIfAborted()
      tell({ stage: 'pictures of blockers', done: index, total: pictured, unit: 'runs' })
      blocker.ours = await traceRun(blocker.one, version)
      blocker.theirs = await traceRun(blocker.one, reference)
    }
  const folder = join(folderOfAll, id)
  await mkdir(folder, { recursive: true })
  await writeRows(join(folder, 'rows.jsonl'), version, ran)
  // So that whoever doubts the comparison can count it again.
  if (against !== null && ranBefore !== null)
    await writeRows(join(folder, 'rows-against.jsonl'), against, ranBefore)
  await writeFile(join(folder, 'report.json'), storeReport(report))
  await writeFile(join(folder, 'report.html'), renderReport(report))
  return { report, folder }
}

async function writeRows(path: string, version: DriverVersion, ran: readonly RanCase[]): Promise<void> {
  await pipeline(
    Readable.from(ran.values().map((one) => `${JSON.stringify({ ...one, version: version.name })}\n`)),
    createWriteStream(path),
  )
}

/** One of each class, then the second of each, so that the first few show what kinds there are. */
function inTurn(cases: readonly Blocker[]): Blocker[] {
  const places = new Map<string, number>()
  return cases
    .map((one) => {
      const place = places.get(one.one.scenarioClass) ?? 0
      places.set(one.one.scenarioClass, place + 1)
      return { one, place }
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one)
}

function reported(version: DriverVersion): ReportedVersion {
  return { name: version.name, summary: version.summary, hash: versionHash(version) }
}

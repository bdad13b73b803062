import type { Clock } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import type { JobsService } from '@heavylift/jobs'
import { versionHash } from '../driver/version.ts'
import type { DriverVersion } from '../driver/version.ts'
import { codeHash, suiteHash } from './cases/hashes.ts'
import type { ClearanceLimits } from './report/clearance-plan.ts'
import { judgeClearance } from './report/judge-clearance.ts'
import type { Cleared, RanClearance } from './report/judge-clearance.ts'
import { runSuite } from './run-suite.ts'
import type { SuiteTools } from './run-suite.ts'
import type { Suite } from './suites/suite-part.ts'

export interface ClearanceRequest {
  version: DriverVersion
  /** The version before, on the same cases; null for none. */
  against: DriverVersion | null
  /** Null: failures are not judged by a reference driver. */
  reference: DriverVersion | null
  suite: Suite
  limits: ClearanceLimits
  exposureOf: (scenarioClass: string) => number
}

export interface ClearanceTools extends SuiteTools {
  jobs: Pick<JobsService, 'run' | 'outcomes'>
  /** Where report and rows go: `<folder>/<id>/`. */
  folder: string
  clock: Clock
}

/**
 * Runs a suite with a version through jobs (and with the version before), judges it and writes the report. The same request goes on where an
 * earlier one was stopped, and reads what is done; results follow from the request and the code alone. Judging is done here, by this thread:
 * a server runs with `runClearance` and has a thread judge.
 */
export async function clearVersion(request: ClearanceRequest, tools: ClearanceTools): Promise<Cleared> {
  const ran = await runClearance(request, tools)
  const { folder, report, signal } = tools
  return judgeClearance(request, ran, {
    folder,
    report,
    signal,
    outcomes: (jobId) => tools.jobs.outcomes(jobId),
  })
}

/** Runs all that a clearance rests on. Holds the event loop for no longer than a few cases take to be made. */
export async function runClearance(
  { version, against, reference, suite }: Omit<ClearanceRequest, 'limits' | 'exposureOf'>,
  tools: SuiteTools & { clock: Clock },
): Promise<RanClearance> {
  if (suite.count === 0)
    throw new InvalidInputError({ code: 'suite-empty', message: `Suite ${suite.name} has no cases.` })
  const code = codeHash()
  const hash = await suiteHash(suite)
  return {
    id: `${version.name}-${suite.name.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}-${hash.slice(0, 6)}-${versionHash(version).slice(0, 4)}${code.slice(0, 4)}`,
    hash,
    code,
    jobId: await runSuite(version, { suite, reference }, code, tools),
    jobIdBefore: against === null ? null : await runSuite(against, { suite, reference: null }, code, tools),
    createdAt: new Date(tools.clock.nowMs()).toISOString(),
  }
}

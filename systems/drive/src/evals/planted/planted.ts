import { fileURLToPath } from 'node:url'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { compareVersions } from '../../clearance/report/statistics/mcnemar.ts'
import { usualLimits } from '../../clearance/report/clearance-plan.ts'
import { runStage } from '../../clearance/run/run-stage.ts'
import type { RunOutcome } from '../../clearance/run/run-result.ts'
import type { ScenarioCase } from '../../clearance/suites/scenario-case.ts'
import { stageOf } from '../../clearance/suites/stage-of.ts'
import type { DriverSpec } from '../../driver/version.ts'
import { versionNamed } from '../../driver/versions/versions.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { closedLoopCases } from '../closed-loop/closed-loop.ts'
import { faults, neutralChanges } from './changes.ts'
import type { Change } from './changes.ts'

/** Cases of all scenarios, as many of each, and their draw: not one that the stack was made with. */
const usualCases = 960
const seed = 23

/** What a clearance against the version without the change says of it. */
export interface Finding {
  change: Change
  broken: number
  mended: number
  /** One-sided, exact. */
  worsePValue: number
  /** Worse than the version before at the clearance's level, which would stop its release. */
  isFound: boolean
}

export function specOf(change: Change): DriverSpec {
  const path = fileURLToPath(new URL('changed-driver.ts', import.meta.url))
  return { kind: 'module', parameters: { ...versionNamed('pdm').spec.parameters, path, change } }
}

/** Runs cases with a driver, one after another. */
export async function outcomesOf(
  cases: readonly ScenarioCase[],
  driver: DriverSpec,
  { signal, report, stage: word }: { signal: AbortSignal; report: ReportProgress; stage: string },
): Promise<RunOutcome[]> {
  const files = new ScenarioFiles()
  const outcomes: RunOutcome[] = []
  for (const [index, one] of cases.entries()) {
    signal.throwIfAborted()
    if (index % 10 === 0) report({ stage: word, done: index, total: cases.length, unit: 'cases' })
    const { id: caseId, scenarioClass } = one
    outcomes.push(
      runStage(await stageOf(one, files), { caseId, scenarioClass, seed: one.seed, driver, signal }).outcome,
    )
  }
  return outcomes
}

/** Compares a change with the version before as a clearance does. */
export function findingOf(
  change: Change,
  before: readonly RunOutcome[],
  now: readonly RunOutcome[],
): Finding {
  const counts = { bothPassed: 0, bothFailed: 0, mended: 0, broken: 0 }
  for (const [index, after] of now.entries()) {
    const then = before[index]
    if (then === undefined || then === 'struck' || after === 'struck') continue
    if (then === 'passed') counts[after === 'passed' ? 'bothPassed' : 'broken']++
    else counts[after === 'passed' ? 'mended' : 'bothFailed']++
  }
  const { broken, mended, worsePValue } = compareVersions(counts)
  return { change, broken, mended, worsePValue, isFound: broken > 0 && worsePValue <= usualLimits.worseP }
}

/** Whether a clearance against the version before finds what was planted in the stack, and only that. */
export async function runPlantedEval({ options, report, signal }: MeasureInput) {
  const n = Number(options?.['cases'] ?? usualCases)
  if (!Number.isInteger(n) || n < 1)
    throw new InvalidInputError({ code: 'option-invalid', message: '--cases takes a whole number above 0.' })
  const cases = closedLoopCases(n, seed)
  const before = await outcomesOf(cases, versionNamed('pdm').spec, { signal, report, stage: 'pdm' })
  const findings: Finding[] = []
  for (const change of [...Object.keys(faults), ...Object.keys(neutralChanges)] as Change[])
    findings.push(
      findingOf(change, before, await outcomesOf(cases, specOf(change), { signal, report, stage: change })),
    )
  const found = (names: object) => findings.filter(({ change, isFound }) => isFound && change in names)
  return {
    n: cases.length,
    metrics: {
      faultsFound: found(faults).length,
      faults: Object.keys(faults).length,
      neutralFound: found(neutralChanges).length,
      neutralChanges: Object.keys(neutralChanges).length,
    },
    sources: Object.fromEntries(
      findings.map(({ change, broken, mended, worsePValue }) => [
        change,
        { n: cases.length, broken, mended, worsePValue },
      ]),
    ),
    failures: findings
      .filter(({ change, isFound }) => isFound !== change in faults)
      .map(({ change, broken, mended, worsePValue }) => {
        const all: Record<string, string> = { ...faults, ...neutralChanges }
        return `${change} (${all[change]}): ${broken} broken, ${mended} mended, p ${worsePValue.toPrecision(2)}.`
      }),
  }
}

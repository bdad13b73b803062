import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { versionNamed } from '../../driver/versions/versions.ts'
import type { DriverVersion } from '../../driver/version.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { runStage } from '../../clearance/run/run-stage.ts'
import { libraryParts } from '../../clearance/suites/library-suites.ts'
import { stageOf } from '../../clearance/suites/stage-of.ts'
import type { ScenarioCase } from '../../clearance/suites/scenario-case.ts'
import { ScoreRecorder } from './drive-score.ts'

/** Draws of each half; what the planner was made with were others, and the second half was looked at last. */
const firstSeed = 11
const heldOutSeed = 12
const casesOfHalf = 250
/** A plan is made every other step. */
const stepsOfPlan = 2

/** What a version scored on a list of cases. */
export interface ClosedLoopResult {
  score: number
  collisionsPer1000: number
  comfortPct: number
  progressPct: number
  /** Of the scenarios' own criteria. */
  passedPct: number
  /** Milliseconds of a whole run by the plans made in it: the simulator's and the score's own time are in it. */
  planMs: number
}

/** Cases over the whole library, as many of each scenario. */
export function closedLoopCases(n: number, seed: number): ScenarioCase[] {
  return libraryParts({ summary: '', cases: n, share: 'even', hasUsual: false }, { n, seed }).flatMap(
    (part) => Array.from({ length: part.count }, (_, index) => part.at(index)),
  )
}

/** Runs cases with a version. Rejects with what `stageOf` rejects with, and when `signal` aborts. */
export async function measureClosedLoop(
  cases: ScenarioCase[],
  version: DriverVersion,
  signal: AbortSignal,
  report: ReportProgress = () => undefined,
): Promise<ClosedLoopResult> {
  const files = new ScenarioFiles()
  const sums = { score: 0, collisions: 0, comfortable: 0, progress: 0, passed: 0, steps: 0, ms: 0 }
  for (const [index, one] of cases.entries()) {
    signal.throwIfAborted()
    if (index % 10 === 0) report({ stage: version.name, done: index, total: cases.length, unit: 'cases' })
    const stage = await stageOf(one, files)
    const goal = stage.criteria.find(({ kind }) => kind === 'reachesGoal')
    const recorder = new ScoreRecorder(
      goal?.kind === 'reachesGoal' ? goal.afterM : NaN,
      stage.desiredSpeedMps,
    )
    const startedMs = performance.now()
    const result = runStage(stage, {
      caseId: one.id,
      scenarioClass: one.scenarioClass,
      seed: one.seed,
      driver: version.spec,
      recorder,
      signal,
    })
    sums.ms += performance.now() - startedMs
    const { score, hasCollided, isComfortable, progress } = recorder.score(result)
    sums.score += score
    sums.collisions += hasCollided ? 1 : 0
    sums.comfortable += isComfortable ? 1 : 0
    sums.progress += progress
    sums.passed += result.outcome === 'passed' ? 1 : 0
    sums.steps += result.steps
  }
  const n = Math.max(1, cases.length)
  return {
    score: sums.score / n,
    collisionsPer1000: (1000 * sums.collisions) / n,
    comfortPct: (100 * sums.comfortable) / n,
    progressPct: (100 * sums.progress) / n,
    passedPct: (100 * sums.passed) / n,
    planMs: (stepsOfPlan * sums.ms) / Math.max(1, sums.steps),
  }
}

export async function runClosedLoopEval({ report, signal }: MeasureInput) {
  const first = closedLoopCases(casesOfHalf, firstSeed)
  const heldOut = closedLoopCases(casesOfHalf, heldOutSeed)
  const measured = async (name: string) => {
    const version = versionNamed(name)
    const a = await measureClosedLoop(first, version, signal, report)
    const b = await measureClosedLoop(heldOut, version, signal, report)
    return { ...a, heldOutScore: b.score, heldOutCollisionsPer1000: b.collisionsPer1000 }
  }
  const baseline = await measured('idm')
  const metrics = await measured('pdm')
  return { n: first.length + heldOut.length, metrics, baseline }
}

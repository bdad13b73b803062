import { plural } from '@heavylift/core/text'
import { inFlightOf } from '../driver/version.ts'
import type { DriverVersion } from '../driver/version.ts'
import type { ClearanceLimits } from './report/clearance-plan.ts'
import { limitOf } from './report/clearance-plan.ts'
import { trialsToShow } from './report/statistics/trials-to-show.ts'
import { severities } from './run/severity.ts'
import { runCaseTogether } from './suites/run-case.ts'
import type { Suite, SuiteOptions } from './suites/suite-part.ts'

/** Cases without a failure that show every limit of a class. */
export function casesWanted(limits: ClearanceLimits, scenarioClass: string): number {
  const all = [
    limits.byClass[scenarioClass] ?? limits.failureRate,
    ...severities.flatMap((severity) => limitOf(limits, scenarioClass, severity) ?? []),
  ]
  return trialsToShow(Math.min(...all), limits.confidence)
}

/** What a suite that shares its cases out should give each class so that it can reach its verdict. */
export function leastCases(limits: ClearanceLimits): NonNullable<SuiteOptions['least']> {
  const classes = Object.keys(limits.byClass).map((name) => name.split('/')[0] as string)
  return {
    any: casesWanted(limits, ''),
    byClass: Object.fromEntries(classes.map((name) => [name, casesWanted(limits, name)])),
  }
}

/** What is known of a clearance before it begins. */
export interface CasePlan {
  cases: number
  classes: number
  /** Classes that cannot reach a verdict with the cases that they have, even if nothing fails. */
  short: { scenarioClass: string; cases: number; wanted: number }[]
  /** Cases of the suite, in the same shares, with which every class could; null where that is so already. */
  casesWanted: number | null
  /** No more cases can be drawn. */
  isFixed: boolean
}

export function planCases(suite: Suite, limits: ClearanceLimits): CasePlan {
  const counts = new Map<string, number>()
  for (let index = 0; index < suite.count; index++) {
    const { scenarioClass, weight } = suite.at(index)
    counts.set(scenarioClass, (counts.get(scenarioClass) ?? 0) + (weight === 0 ? 0 : 1))
  }
  const short = [...counts]
    .map(([scenarioClass, cases]) => ({ scenarioClass, cases, wanted: casesWanted(limits, scenarioClass) }))
    .filter(({ cases, wanted }) => cases > 0 && cases < wanted)
  const factor = Math.max(1, ...short.map(({ cases, wanted }) => wanted / cases))
  return {
    cases: suite.count,
    classes: counts.size,
    short,
    casesWanted: short.length === 0 ? null : Math.ceil(suite.count * factor),
    isFixed: suite.isFixed === true,
  }
}

/** How a suite that draws nothing gets more cases. */
export const moreOfFixed =
  'The suite draws no more cases by itself: vary the parameters of its scenarios, in a parameter file (--suite FILE.json) or by an OpenSCENARIO variation.'

/** The plan in a sentence. */
export function planInWords({ cases, classes, short, casesWanted: wanted, isFixed }: CasePlan): string {
  const all = `${plural(cases, 'case')} of ${plural(classes, 'class', 'classes')}`
  if (wanted === null) return `${all}: each can reach its verdict.`
  const [first] = short.toSorted((a, b) => a.cases / a.wanted - b.cases / b.wanted)
  return `${all}: ${plural(short.length, 'class has', 'classes have')} too few to be shown within the limit even without a failure (${first!.scenarioClass} ${first!.cases} of ${first!.wanted}). ${isFixed ? moreOfFixed : `--cases ${wanted} would do.`}`
}

/** Cases that are run ahead to tell how long all will take. */
const pilotCases = 12

/** Seconds that one run takes on one core, from a few cases spread over the suite. */
export async function secondsPerCase(
  suite: Suite,
  version: DriverVersion,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<number> {
  const count = Math.min(pilotCases, suite.count)
  const run = (index: number) =>
    runCaseTogether(suite.at(Math.floor(((index + 0.5) * suite.count) / count)), version)
  // The first one reads files and compiles; it is not counted.
  await runCaseTogether(suite.at(0), version)
  const startedMs = nowMs()
  // A program is asked for several runs at once, as it will be.
  for (let index = 0; index < count;) {
    signal.throwIfAborted()
    const several = Math.min(inFlightOf(version.spec), count - index)
    await Promise.all(Array.from({ length: several }, (_, further) => run(index + further)))
    index += several
  }
  return (nowMs() - startedMs) / 1000 / count
}

import { severities, worstSeverity } from '../run/severity.ts'
import { trialsToShow } from './statistics/trials-to-show.ts'
import { compareVersions } from './statistics/mcnemar.ts'
import { weightedRate } from './statistics/weighted-rate.ts'
import { rowsDigest } from '../cases/hashes.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import { classResults } from './class-results.ts'
import { reportFormat } from './clearance-report.ts'
import type {
  Claim,
  ClassResult,
  ClearanceReport,
  Comparison,
  FailedCase,
  ReportedVersion,
  Verdict,
} from './clearance-report.ts'
import { casesToShow, headlineOf, percent } from './headline.ts'
import { coverageOf, distributionsOf, metKinds } from './coverage.ts'
import { parameterMaps, thinned } from './parameter-maps.ts'
import { replayFromS } from './replay-from.ts'
import type { RanCase } from '../cases/ran-case.ts'

/** What a report is made of beside the runs. */
export interface ReportInput {
  id: string
  createdAt: string
  version: ReportedVersion
  suite: { name: string; hash: string; n: number }
  code: string
  reference: ReportedVersion | null
  limits: ClearanceLimits
  ran: readonly RanCase[]
  /** The same cases under the version before, in the same order. */
  before: { version: ReportedVersion; ran: readonly RanCase[] } | null
  /** How often a class is met; any scale. */
  exposureOf: (scenarioClass: string) => number
}

/** Failures that each list tells one by one; the rows have them all. */
const mostTold = 1000
/** Broken and mended cases of a comparison, likewise. */
const mostCompared = 200
/** Classes above their limit that are told one by one. */
const mostClassReasons = 3

/** Judges the runs of a suite. Blockers come without pictures. */
export function buildReport(input: ReportInput): ClearanceReport {
  const { ran, limits, version } = input
  const rows = ran.flatMap(({ row }) => (row === null ? [] : [row]))
  const classes = classResults(ran, limits, input.exposureOf)
  const failed = ran
    .filter(({ row }) => row !== null && row.outcome !== 'passed')
    .map((one) => failedCase(one, input))
    .toSorted(worstFirst)
  const blockers = failed.filter(({ isBlocker }) => isBlocker)
  const others = failed.filter(({ isBlocker }) => !isBlocker)
  const own = failed.filter(({ severity }) => severity !== null)
  const ofSeverities = severities.map((severity) => {
    const group = own.filter((one) => one.severity === severity)
    return {
      severity,
      failures: group.length,
      worstImpactMps: group.reduce<number | null>(
        (most, { impactSpeedMps }) => (impactSpeedMps === null ? most : Math.max(most ?? 0, impactSpeedMps)),
        null,
      ),
    }
  })
  const comparison = input.before === null ? null : compare(input, input.before)
  const claims = claimsOf(classes, blockers.length, input, comparison)
  const verdict = verdictOf(claims)
  const drivenS = rows.reduce((sum, { durationS }) => sum + durationS, 0)
  const unsafeS = rows.reduce((sum, { metrics }) => sum + metrics.rssViolationS, 0)
  const seeds = ran.map(({ one }) => one.seed)
  return {
    format: reportFormat,
    id: input.id,
    createdAt: input.createdAt,
    version,
    suite: input.suite,
    code: input.code,
    reference: input.reference,
    verdict,
    headline: headlineOf(
      {
        verdict,
        n: rows.length,
        severities: ofSeverities,
        struck: failed.length - own.length,
        errors: ran.length - rows.length,
        blockers: blockers.length,
        reference: input.reference?.name ?? null,
        classes,
        worseThan: comparison !== null && isWorse(comparison, limits) ? comparison : null,
      },
      input.suite.n,
    ),
    casesToShow: casesToShow(classes, input.suite.n),
    reasons: reasonsOf(claims, classes, rows.length),
    claims,
    limits,
    n: rows.length,
    failures: own.length,
    severities: ofSeverities,
    struck: failed.length - own.length,
    errors: ran.length - rows.length,
    overall: weightedRate(
      classes.map(({ failures, n, exposure }) => ({ failures, n, exposure })),
      limits.confidence,
    ),
    classes,
    coverage: coverageOf(ran),
    met: metKinds(ran),
    distributions: distributionsOf(ran),
    maps: parameterMaps(ran),
    blockerCount: blockers.length,
    blockers: blockers.slice(0, mostTold).map((one) => ({ ...one, ours: null, theirs: null })),
    others: others.slice(0, mostTold),
    untold: Math.max(0, blockers.length - mostTold) + Math.max(0, others.length - mostTold),
    comparison,
    rssViolationSPerHour: drivenS === 0 ? 0 : unsafeS / (drivenS / 3600),
    drivenH: drivenS / 3600,
    seeds: {
      least: seeds.reduce((a, b) => Math.min(a, b), Infinity),
      most: seeds.reduce((a, b) => Math.max(a, b), -Infinity),
    },
    digest: rowsDigest(rows),
  }
}

/** Why it is cleared or not; what weighs most comes first. */
function reasonsOf(claims: readonly Claim[], classes: readonly ClassResult[], n: number): string[] {
  const broken = claims.filter(({ state }) => state !== 'holds')
  if (broken.length === 0) return [`All ${claims.length} claims hold on ${n} runs.`]
  const say = ({ statement, evidence }: Claim) => `Not shown: ${statement} ${evidence}`
  const ofClasses = broken.filter(({ isOfClass }) => isOfClass)
  const others = broken.filter(({ isOfClass }) => !isOfClass).map(say)
  if (ofClasses.length <= mostClassReasons) return [...others, ...ofClasses.map(say)]
  const worst = classes.filter(({ state }) => state !== 'within').toSorted((a, b) => b.upper - a.upper)
  const named = worst
    .slice(0, mostClassReasons)
    .map(({ scenarioClass, upper }) => `${scenarioClass} up to ${percent(upper)}`)
  const unseen = worst.filter(({ failures }) => failures === 0).length
  const few = unseen === 0 ? '' : ` ${unseen} of them had no failure and too few runs.`
  return [
    ...others,
    `Not shown: the limit of ${ofClasses.length} of ${classes.length} classes. The worst: ${named.join(', ')}.${few}`,
  ]
}

/** By severity, then by the speed of the impact, then by name; what another did comes last. */
function worstFirst(a: FailedCase, b: FailedCase): number {
  const rank = ({ severity }: FailedCase) =>
    severity === null ? severities.length : severities.indexOf(severity)
  return (
    rank(a) - rank(b) ||
    (b.impactSpeedMps ?? 0) - (a.impactSpeedMps ?? 0) ||
    (a.one.id < b.one.id ? -1 : a.one.id > b.one.id ? 1 : 0)
  )
}

/** Something against it is shown; or something for it is not; or all is. */
function verdictOf(claims: readonly Claim[]): Verdict {
  if (claims.some(({ state }) => state === 'broken')) return 'not cleared'
  return claims.some(({ state }) => state === 'undecided') ? 'undecided' : 'cleared'
}

function failedCase({ one, row }: RanCase, { id, version, reference }: ReportInput): FailedCase {
  const { failures, metrics, reference: judged, digest } = row!
  const isBlocker = judged?.avoidsIt === true
  const set = Object.entries(one.parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  const name = one.source.kind === 'file' ? one.source.path : one.source.name
  // A built-in case is told by its words, another one by the clearance that has it.
  const words: Record<string, string> =
    one.source.kind === 'builtIn'
      ? { scenario: name, set, seed: String(one.seed) }
      : { clearance: id, case: one.id }
  const query = new URLSearchParams({
    ...words,
    version: version.name,
    ...(isBlocker && reference !== null ? { against: reference.name } : {}),
    t: String(replayFromS(failures)),
  })
  return {
    one,
    severity: worstSeverity(failures),
    failures,
    impactSpeedMps: metrics.impactSpeedMps,
    minTtcS: metrics.minTtcS,
    reference: judged,
    isBlocker,
    viewer: `/drive/viewer?${query}`,
    command: `npx heavylift drive replay ${one.id} --clearance ${id}`,
    digest,
  }
}

function compare(input: ReportInput, before: NonNullable<ReportInput['before']>): Comparison {
  const counts = { bothPassed: 0, bothFailed: 0, mended: 0, broken: 0 }
  const brokenCases: FailedCase[] = []
  const mendedCases: string[] = []
  for (const [index, now] of input.ran.entries()) {
    const then = before.ran[index]
    if (now.row === null || !then?.row) continue
    if (now.row.outcome === 'struck' || then.row.outcome === 'struck') continue
    const passes = now.row.outcome === 'passed'
    const passed = then.row.outcome === 'passed'
    if (passes && passed) counts.bothPassed++
    else if (!passes && !passed) counts.bothFailed++
    else if (passes) {
      counts.mended++
      mendedCases.push(now.one.id)
    } else {
      counts.broken++
      brokenCases.push(failedCase(now, input))
    }
  }
  return {
    ...compareVersions(counts),
    against: before.version,
    brokenCases: thinned(brokenCases.toSorted(worstFirst), mostCompared),
    mendedCases: thinned(mendedCases, mostCompared),
  }
}

/** Whether it breaks more of the same cases than chance would. */
function isWorse({ worsePValue, broken }: Comparison, { worseP }: ClearanceLimits): boolean {
  return worsePValue <= worseP && broken > 0
}

function claimsOf(
  classes: readonly ClassResult[],
  blockers: number,
  { limits, ran, reference }: ReportInput,
  comparison: Comparison | null,
): Claim[] {
  const errors = ran.filter(({ row }) => row === null)
  const claims: Claim[] = [
    {
      statement: 'Every case of the suite was run.',
      evidence:
        errors.length === 0
          ? `${ran.length} of ${ran.length}.`
          : `${errors.length} of ${ran.length} could not be run, the first because: ${errors[0]!.error}`,
      state: errors.length === 0 && ran.length > 0 ? 'holds' : 'undecided',
      isOfClass: false,
    },
  ]
  for (const { scenarioClass, n, failures, upper, lower, limit, severities: ofSeverities } of classes) {
    const state = upper <= limit ? 'holds' : lower > limit ? 'broken' : 'undecided'
    claims.push({
      statement: `${scenarioClass}: fails in at most ${percent(limit)} of encounters, at ${percent(limits.confidence)} confidence.`,
      evidence: `${failures} of ${n} failed: ${state === 'broken' ? `at least ${percent(lower)}` : `at most ${percent(upper)}`}.${state === 'undecided' && failures === 0 ? ` It takes ${trialsToShow(limit, limits.confidence)} cases without a failure.` : ''}`,
      state,
      isOfClass: true,
    })
    for (const one of ofSeverities)
      if (one.limit !== null)
        claims.push({
          statement: `${scenarioClass}: ${one.severity} in at most ${percent(one.limit)} of encounters, at ${percent(limits.confidence)} confidence.`,
          evidence: `${one.failures} of ${n}: at most ${percent(one.upper)}.`,
          state: one.state === 'within' ? 'holds' : one.state === 'above' ? 'broken' : 'undecided',
          isOfClass: true,
        })
  }
  if (reference !== null)
    claims.push({
      statement: `No failure that ${reference.name} avoids.`,
      evidence: blockers === 0 ? 'None was found.' : `${blockers} ${blockers === 1 ? 'was' : 'were'} found.`,
      state: blockers === 0 ? 'holds' : 'broken',
      isOfClass: false,
    })
  if (comparison !== null) {
    const { broken, mended, worsePValue, against } = comparison
    claims.push({
      statement: `Not worse than ${against.name} on the same cases.`,
      evidence: `${broken} broken, ${mended} mended (p = ${worsePValue.toPrecision(2)}, exact, one-sided).`,
      state: isWorse(comparison, limits) ? 'broken' : 'holds',
      isOfClass: false,
    })
  }
  return claims
}

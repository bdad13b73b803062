import { listInWords, plural } from '@heavylift/core/text'
import type { ClassResult, ClearanceReport, Comparison, Verdict } from './clearance-report.ts'

/** Of what the headline is made. */
export interface Judged {
  verdict: Verdict
  /** Cases that were run, and that could not be. */
  n: number
  errors: number
  severities: ClearanceReport['severities']
  struck: number
  blockers: number
  /** Name of the reference driver; null without one. */
  reference: string | null
  classes: readonly ClassResult[]
  /** Null where the comparison is no obstacle. */
  worseThan: Comparison | null
}

export const percent = (rate: number) => `${Number((rate * 100).toPrecision(3))} %`

/**
 * Cases of the whole suite, drawn in the same shares, after which every class that has too few would have enough if nothing more failed. Null where none
 * has too few, or no number is known.
 */
export function casesToShow(classes: readonly ClassResult[], suiteCases: number): number | null {
  const wanting = classes.filter(({ state }) => state === 'undecided')
  if (wanting.length === 0) return null
  const sizes = wanting.map(({ n, moreCases }) =>
    moreCases === null || n === 0 ? NaN : Math.ceil((suiteCases * (n + moreCases)) / n),
  )
  const most = Math.max(...sizes)
  return Number.isFinite(most) ? most : null
}

/** Cleared, not cleared or undecided, and plainly what it rests on or what is missing, in one or two sentences. */
export function headlineOf(judged: Judged, suiteCases: number): string {
  const { verdict, n, errors, blockers, reference, classes, worseThan } = judged
  const limits = [...new Set(classes.map(({ limit }) => limit))].toSorted((a, b) => a - b)
  const rate = limits.length === 1 ? percent(limits[0] as number) : 'its limit'
  const told = failuresInWords(judged)
  if (verdict === 'cleared')
    return `${classes.length === 1 ? 'Its class' : `Each of the ${classes.length} classes`} is shown to fail in at most ${rate} of encounters, by ${plural(n, 'case')}.${told}`
  const few = classes.filter(({ state }) => state === 'undecided')
  const over = classes.filter(({ state }) => state === 'above')
  const wanted = casesToShow(classes, suiteCases)
  const missing = [
    ...(errors > 0 ? [`${plural(errors, 'case')} could not be run`] : []),
    ...(blockers > 0
      ? [`${reference ?? 'the reference driver'} avoids ${blockers.toLocaleString('en-US')} of the failures`]
      : []),
    ...(over.length > 0
      ? [
          `${plural(over.length, 'class is', 'classes are')} shown to fail more often than allowed (${worst(over)})`,
        ]
      : []),
    ...(worseThan ? [`it is worse than ${worseThan.against.name}`] : []),
    ...(few.length > 0
      ? [
          `${plural(few.length, 'class has', 'classes have')} too few cases to tell${
            wanted === null
              ? ''
              : `: ${(wanted - suiteCases).toLocaleString('en-US')} more (${wanted.toLocaleString('en-US')} in all) without another failure would show ${rate}`
          }`,
        ]
      : []),
  ]
  const text = listInWords(missing)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.${told}`
}

/** The classes that are furthest over, each with what is shown of it. */
function worst(over: readonly ClassResult[]): string {
  const named = over
    .toSorted((a, b) => b.lower - a.lower)
    .slice(0, 3)
    .map((one) => {
      const severe = one.severities.find(({ state }) => state === 'above')
      return severe === undefined
        ? `${one.scenarioClass} in ${percent(one.lower)} or more`
        : `${one.scenarioClass}: ${plural(severe.failures, 'run')} of ${one.n.toLocaleString('en-US')} with ${severe.severity} as the worst`
    })
  return `${named.join(', ')}${over.length > named.length ? ', …' : ''}`
}

/** `Failures: 3 collisions of its own (up to 8.2 m/s), 4 rule, 1 progress. Another drove into it in 2 runs.` */
function failuresInWords({ severities, struck }: Judged): string {
  const told = severities
    .filter(({ failures }) => failures > 0)
    .map(({ severity, failures, worstImpactMps }) =>
      severity === 'collision'
        ? `${plural(failures, 'collision')} of its own${worstImpactMps === null ? '' : ` (up to ${worstImpactMps.toFixed(1)} m/s)`}`
        : `${failures.toLocaleString('en-US')} ${severity}`,
    )
  const failures = told.length === 0 ? '' : ` Failures: ${told.join(', ')}.`
  return `${failures}${struck === 0 ? '' : ` Another drove into it in ${plural(struck, 'run')}, which count for neither.`}`
}

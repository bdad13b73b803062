import { listInWords, plural } from '@heavylift/core/text'
import type { ClassResult, Comparison } from './clearance-report.ts'

/** Of what the headline is made. */
export interface Judged {
  isCleared: boolean
  /** Cases that were run, and that could not be. */
  n: number
  errors: number
  blockers: number
  /** Name of the reference driver; null without one. */
  reference: string | null
  classes: readonly ClassResult[]
  /** Null where the comparison is no obstacle. */
  worseThan: Comparison | null
}

const percent = (rate: number) => `${Number((rate * 100).toPrecision(3))} %`

/** Not shown though it has not failed more often than its limit: the cases were too few to tell. */
export function hasTooFew({ isWithin, rate, limit, n }: ClassResult): boolean {
  return !isWithin && (n === 0 || rate <= limit)
}

/**
 * Cases of the whole suite, drawn in the same shares, after which every class that has too few would have enough if nothing more failed. Null where none
 * has too few, or no number is known.
 */
export function casesToShow(classes: readonly ClassResult[], suiteCases: number): number | null {
  const wanting = classes.filter(hasTooFew)
  if (wanting.length === 0) return null
  const sizes = wanting.map(({ n, moreCases }) =>
    moreCases === null || n === 0 ? NaN : Math.ceil((suiteCases * (n + moreCases)) / n),
  )
  const most = Math.max(...sizes)
  return Number.isFinite(most) ? most : null
}

/** Cleared or not, and plainly what is missing, in one sentence. */
export function headlineOf(judged: Judged, suiteCases: number): string {
  const { isCleared, n, errors, blockers, reference, classes, worseThan } = judged
  const limits = [...new Set(classes.map(({ limit }) => limit))].toSorted((a, b) => a - b)
  const rate = limits.length === 1 ? percent(limits[0] as number) : 'its limit'
  if (isCleared)
    return `${classes.length === 1 ? 'Its class' : `Each of the ${classes.length} classes`} is shown to fail in at most ${rate} of encounters, by ${plural(n, 'case')}.`
  const few = classes.filter(hasTooFew)
  const over = classes.filter((one) => !one.isWithin && !hasTooFew(one))
  const wanted = casesToShow(classes, suiteCases)
  const missing = [
    ...(errors > 0 ? [`${plural(errors, 'case')} could not be run`] : []),
    ...(blockers > 0
      ? [`${reference ?? 'the reference driver'} avoids ${blockers.toLocaleString('en-US')} of the failures`]
      : []),
    ...(over.length > 0
      ? [`${plural(over.length, 'class fails', 'classes fail')} more often than ${rate}`]
      : []),
    ...(few.length > 0
      ? [
          `${plural(few.length, 'class has', 'classes have')} too few cases to tell${
            wanted === null
              ? ''
              : `: ${(wanted - suiteCases).toLocaleString('en-US')} more (${wanted.toLocaleString('en-US')} in all) without another failure would show ${rate}`
          }`,
        ]
      : []),
    ...(worseThan ? [`it is worse than ${worseThan.against.name}`] : []),
  ]
  const text = listInWords(missing)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

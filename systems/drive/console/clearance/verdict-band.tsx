import { cx } from '@heavylift/ui'
import type { ReactNode } from 'react'
import type { Verdict } from '../../src/clearance/report/clearance-report.ts'
import styles from './verdict-band.module.css'

/** How a verdict looks, wherever it stands. */
export const verdictMarks: Record<Verdict, { sign: string; state: 'good' | 'warn' | 'bad' }> = {
  cleared: { sign: '✓', state: 'good' },
  undecided: { sign: '…', state: 'warn' },
  'not cleared': { sign: '✕', state: 'bad' },
}

/** Cleared, undecided or not, plainly why, and what to do next. */
export function VerdictBand({
  verdict,
  headline,
  reasons = [],
  children,
}: {
  verdict: Verdict
  /** One sentence: what is shown, or what is missing. */
  headline: string
  reasons?: readonly string[]
  /** Ways on from here. */
  children?: ReactNode
}) {
  return (
    <section className={styles['verdict']} data-verdict={verdict} aria-label={`${verdict}: ${headline}`}>
      <b>
        <span aria-hidden="true">{verdictMarks[verdict].sign}</span> {verdict}
      </b>
      <div>
        <p className={styles['headline']}>{headline}</p>
        {reasons.length > 0 ? (
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
        {children ? <p className={cx('hl-row', styles['next'])}>{children}</p> : null}
      </div>
    </section>
  )
}

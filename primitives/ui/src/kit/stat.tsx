import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './stat.module.css'

/** One number with its unit and what it is measured over; never a bare figure. */
export function Stat({
  label,
  value,
  unit,
  detail,
  tone,
}: {
  label: string
  value: string
  unit?: string
  detail?: ReactNode
  tone?: 'good' | 'warn' | 'bad'
}) {
  return (
    <div className={cx('hl-stat', styles['stat'])} data-tone={tone}>
      <span className={styles['label']}>{label}</span>
      <span className={cx('hl-number', styles['value'])}>
        {value}
        {unit ? <small> {unit}</small> : null}
      </span>
      {detail ? <span className={styles['detail']}>{detail}</span> : null}
    </div>
  )
}

/** Figures beside each other, as many as fit; the last of an odd number fills its row on a phone. */
export function Stats({ children }: { children: ReactNode }) {
  return <div className={cx('hl-stats', styles['stats'])}>{children}</div>
}

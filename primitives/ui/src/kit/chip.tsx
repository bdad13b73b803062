import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './chip.module.css'

export function Chip({ tone, children }: { tone?: 'accent' | 'warn' | 'bad' | 'good'; children: ReactNode }) {
  return (
    <span className={cx('hl-chip', styles['chip'])} data-tone={tone}>
      {children}
    </span>
  )
}

/** Share of a whole as a bar; `label` names it for screen readers, and without one it only decorates the words beside it. */
export function Bar({
  share,
  label,
  tone,
}: {
  share: number
  label?: string
  tone?: 'accent' | 'good' | 'warn' | 'bad'
}) {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`
  return (
    <span
      className={cx('hl-bar', styles['bar'])}
      data-tone={tone}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <span style={{ width }} />
    </span>
  )
}

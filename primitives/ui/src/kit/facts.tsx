import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './facts.module.css'

/** A name and what it is; null and undefined are left out. */
export type Fact = readonly [name: string, value: ReactNode] | null | undefined | false

/**
 * Names with what they are: one a line with the names in a column, or `isInline` one after the other in a line that wraps.
 */
export function Facts({
  facts,
  isInline = false,
  className,
}: {
  facts: readonly Fact[]
  isInline?: boolean
  className?: string | undefined
}) {
  return (
    <dl className={cx(styles['facts'], className)} data-inline={isInline || undefined}>
      {facts.map((fact) =>
        fact ? (
          <div key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

import { useEffect, useState } from 'react'
import { cx } from './cx.ts'
import styles from './skeleton.module.css'

/**
 * The shape of what comes: lines of text, rows of a table, cards, one chart. Past a second it says what it waits for. It stands
 * alone (`@heavylift/ui/skeleton`): pages outside the console, such as the storefront, load nothing else with it.
 */
export function Skeleton({
  lines = 6,
  what = 'Loading',
  shape = 'lines',
}: {
  /** How many lines, rows or cards. */
  lines?: number
  what?: string
  shape?: 'lines' | 'table' | 'cards' | 'chart'
}) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 1000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div
      className={cx('hl-skeleton', styles['skeleton'])}
      data-shape={shape}
      role="status"
      aria-label={what}
      aria-busy="true"
    >
      {Array.from({ length: shape === 'chart' ? 1 : lines }, (_, index) => (
        <span
          key={index}
          style={shape === 'lines' || shape === 'table' ? { width: `${92 - ((index * 37) % 48)}%` } : {}}
        />
      ))}
      {isLong ? <p>{what}…</p> : null}
    </div>
  )
}

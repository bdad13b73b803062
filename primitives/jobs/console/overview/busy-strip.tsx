import { format } from '@heavylift/ui'
import type { NodeSummary } from '../../src/service/job-summary.ts'
import styles from './busy-strip.module.css'

/** How busy a node was: a bar a span, the oldest at the left, full height for all its workers. */
export function BusyStrip({ node, windowMs }: { node: NodeSummary; windowMs: number }) {
  const { busyShares } = node
  const mean = busyShares.reduce((sum, share) => sum + share, 0) / Math.max(1, busyShares.length)
  const label = `${node.node} was ${format.formatPercent(mean)} busy over the last ${Math.round(windowMs / 60_000)} min`
  return (
    <span className={styles['strip']}>
      <svg viewBox={`0 0 ${busyShares.length} 20`} preserveAspectRatio="none" role="img" aria-label={label}>
        {busyShares.map((share, i) => (
          <rect key={i} x={i + 0.1} y={20 - 20 * share} width={0.8} height={20 * share} />
        ))}
      </svg>
      <span className="hl-number">{format.formatPercent(mean)}</span>
    </span>
  )
}

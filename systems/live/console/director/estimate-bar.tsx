import { clamp } from '@heavylift/core/math'
import { Bar } from '@heavylift/ui'
import type { Estimate } from '../../src/domain/insight.ts'
import type { Match } from '../../src/domain/match.ts'
import { sideStyle } from '../scene/side-style.ts'
import { estimateWords } from '../words.ts'
import styles from './director.module.css'

/**
 * An estimate as a bar: a share, or an interval with its middle and what happened. With `sides` the share is the home side's, in its
 * colour, and the rest the other's.
 */
export function EstimateBar({
  estimate,
  happened,
  sides = null,
}: {
  estimate: Estimate
  happened: number | string | null
  sides?: Pick<Match, 'home' | 'away'> | null
}) {
  const label = estimateWords(estimate)
  if (estimate.type === 'probability' && sides !== null)
    return (
      <span className={styles['versus-bar']} style={sideStyle(sides)} role="img" aria-label={label}>
        <span style={{ width: `${(1 - estimate.probability) * 100}%` }} />
      </span>
    )
  if (estimate.type === 'probability') return <Bar share={estimate.probability} label={label} tone="accent" />
  if (estimate.type === 'score') {
    const share = (estimate.value - estimate.low) / (estimate.high - estimate.low)
    return <Bar share={share} label={label} tone="accent" />
  }
  if (estimate.type === 'classes')
    return (
      <div className={styles['classes']}>
        {estimate.classes.map(({ name, probability }) => (
          <div key={name}>
            <span>{name}</span>
            <Bar share={probability} label={`${name} ${Math.round(probability * 100)} %`} tone="accent" />
          </div>
        ))}
      </div>
    )
  const outcome = typeof happened === 'number' ? happened : null
  const top = Math.max(estimate.high, outcome ?? 0) * 1.15 || 1
  const place = (value: number) => `${clamp(value / top, 0, 1) * 100}%`
  return (
    <div className={styles['interval']} role="img" aria-label={label}>
      <span
        className={styles['interval-band']}
        style={{ left: place(estimate.low), right: `calc(100% - ${place(estimate.high)})` }}
      />
      <span className={styles['interval-value']} style={{ left: place(estimate.value) }} />
      {outcome === null ? null : (
        <span className={styles['interval-happened']} style={{ left: place(outcome) }}>
          ◆
        </span>
      )}
    </div>
  )
}

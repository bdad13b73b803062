import type { ReactNode } from 'react'
import { formatDuration, formatTime } from './format.ts'
import { stateShapes } from './states.tsx'
import type { StateName } from './states.tsx'
import styles from './timeline.module.css'

export interface TimelineEvent {
  key: string
  /** Epoch milliseconds; or a text, where time runs otherwise (`at 12.4 s`). */
  at: number | string
  title: ReactNode
  detail?: ReactNode
  state?: StateName
}

/** What happened, one below the other, each with its time. */
export function Timeline({ label, events }: { label: string; events: readonly TimelineEvent[] }) {
  return (
    <ol className={styles['timeline']} aria-label={label}>
      {events.map(({ key, at, title, detail, state = 'idle' }) => (
        <li key={key} data-state={state}>
          <span className={styles['shape']} aria-hidden="true">
            {stateShapes[state]}
          </span>
          {typeof at === 'number' ? (
            <time className="hl-number" dateTime={new Date(at).toISOString()} title={formatTime(at)}>
              {formatTime(at).slice(11)}
            </time>
          ) : (
            <span className="hl-number">{at}</span>
          )}
          <span className={styles['title']}>{title}</span>
          {detail ? <div className={styles['detail']}>{detail}</div> : null}
        </li>
      ))}
    </ol>
  )
}

export interface Span {
  key: string
  name: ReactNode
  fromMs: number
  toMs: number
  state?: StateName
  /** Opens below when asked for: what went in, what came out. */
  detail?: ReactNode
}

/** Parts of one stretch of time as a waterfall: where each began, how long it took. Zero is where the whole began. */
export function Spans({ label, spans }: { label: string; spans: readonly Span[] }) {
  const totalMs = Math.max(0.001, ...spans.map(({ toMs }) => toMs))
  return (
    <ol className={styles['spans']} aria-label={label}>
      {spans.map((span) => (
        <li key={span.key}>
          {span.detail ? (
            <details>
              <summary>
                <SpanLine span={span} totalMs={totalMs} />
              </summary>
              <div className={styles['opened']}>{span.detail}</div>
            </details>
          ) : (
            <SpanLine span={span} totalMs={totalMs} />
          )}
        </li>
      ))}
    </ol>
  )
}

function SpanLine({ span, totalMs }: { span: Span; totalMs: number }) {
  const lengthMs = Math.max(0, span.toMs - span.fromMs)
  return (
    <span className={styles['span']}>
      <span className="hl-cut">{span.name}</span>
      <span className={styles['track']} data-state={span.state ?? 'busy'} aria-hidden="true">
        <i style={{ left: `${(span.fromMs / totalMs) * 100}%`, width: `${(lengthMs / totalMs) * 100}%` }} />
      </span>
      <span className="hl-number hl-fine">{formatDuration(lengthMs)}</span>
    </span>
  )
}

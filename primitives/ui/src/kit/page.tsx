import type { ReactNode } from 'react'

/** A page's frame: title, one line on what it answers, actions, content. */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="hl-page">
      <header className="hl-page-head">
        <div>
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {actions ? <div className="hl-page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

export function Panel({
  title,
  note,
  actions,
  flush = false,
  children,
}: {
  title?: ReactNode
  /** Unit, time range, count: what the content is measured in. */
  note?: ReactNode
  actions?: ReactNode
  /** Content reaches the edges (tables). */
  flush?: boolean
  children: ReactNode
}) {
  return (
    <section className="hl-panel" data-flush={flush || undefined}>
      {title ? (
        <header>
          <h2>{title}</h2>
          {note ? <span className="hl-note">{note}</span> : null}
          {actions ? <span className="hl-panel-actions">{actions}</span> : null}
        </header>
      ) : null}
      <div className="hl-panel-body">{children}</div>
    </section>
  )
}

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
    <div className="hl-stat" data-tone={tone}>
      <span className="hl-stat-label">{label}</span>
      <span className="hl-stat-value hl-number">
        {value}
        {unit ? <small> {unit}</small> : null}
      </span>
      {detail ? <span className="hl-stat-detail">{detail}</span> : null}
    </div>
  )
}

export function Stats({ children }: { children: ReactNode }) {
  return <div className="hl-stats">{children}</div>
}

export function Chip({ tone, children }: { tone?: 'accent' | 'warn' | 'bad' | 'good'; children: ReactNode }) {
  return (
    <span className="hl-chip" data-tone={tone}>
      {children}
    </span>
  )
}

/** Share of a whole as a bar; `label` names it for screen readers. */
export function Bar({
  share,
  label,
  tone,
}: {
  share: number
  label: string
  tone?: 'accent' | 'good' | 'bad'
}) {
  return (
    <span className="hl-bar" data-tone={tone} role="img" aria-label={label}>
      <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  )
}

import { useRef } from 'react'
import type { HTMLAttributes, ReactNode } from 'react'
import { cx } from './cx.ts'
import { useArrival } from './place.ts'
import styles from './page.module.css'

/** A page's frame: title (of the document too), one line on what it answers, actions, content. */
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
  const heading = useRef<HTMLHeadingElement>(null)
  useArrival(title, heading)
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {actions ? <div className={styles['actions']}>{actions}</div> : null}
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
  className,
  children,
  ...rest
}: {
  title?: ReactNode
  /** Unit, time range, count: what the content is measured in. */
  note?: ReactNode
  actions?: ReactNode
  /** Content reaches the edges (tables). */
  flush?: boolean
  children: ReactNode
} & Omit<HTMLAttributes<HTMLElement>, 'title'>) {
  return (
    <section className={cx('hl-panel', styles['panel'], className)} data-flush={flush || undefined} {...rest}>
      {title ? (
        <header>
          <h2>{title}</h2>
          {note ? <span className="hl-note">{note}</span> : null}
          {actions ? <span className={styles['panelActions']}>{actions}</span> : null}
        </header>
      ) : null}
      <div className={styles['body']}>{children}</div>
    </section>
  )
}

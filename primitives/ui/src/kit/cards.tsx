import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import styles from './cards.module.css'

/** Things with a picture, as many beside each other as fit. `minPx`: the least width of one. */
export function Cards({
  label,
  minPx = 240,
  children,
}: {
  label: string
  minPx?: number
  children: ReactNode
}) {
  return (
    <ul
      className={styles['cards']}
      aria-label={label}
      style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(${minPx}px, 100%), 1fr))` }}
    >
      {children}
    </ul>
  )
}

/** One of `Cards`: leads somewhere (`to` with `search`), or does something (`onOpen`), as a whole. */
export function Card({
  title,
  picture,
  foot,
  to,
  search,
  onOpen,
  isSelected = false,
  children,
}: {
  title: ReactNode
  picture?: ReactNode
  /** Small print below: chips, counts. */
  foot?: ReactNode
  to?: string
  search?: Record<string, string>
  onOpen?: () => void
  isSelected?: boolean
  children?: ReactNode
}) {
  const inside = (
    <>
      {picture ? <span className={styles['picture']}>{picture}</span> : null}
      <span className={styles['words']}>
        <b>{title}</b>
        {children ? <span className={styles['text']}>{children}</span> : null}
        {foot ? <span className={styles['foot']}>{foot}</span> : null}
      </span>
    </>
  )
  const shared = { className: styles['card'], 'data-selected': isSelected || undefined }
  return (
    <li className={styles['item']}>
      {to === undefined ? (
        onOpen ? (
          <button type="button" aria-pressed={isSelected} onClick={onOpen} {...shared}>
            {inside}
          </button>
        ) : (
          <div {...shared}>{inside}</div>
        )
      ) : (
        <Link to={to as '/'} search={(search ?? {}) as never} {...shared}>
          {inside}
        </Link>
      )}
    </li>
  )
}

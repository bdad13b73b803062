import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** The figures of the overview cover the time since then. */
const windowMs = 5 * 60_000

/** Leads to the calls that a figure of the overview counts. */
export function CallsLink({
  nowMs,
  filter,
  children,
  ...attributes
}: {
  nowMs: number
  /** Of the calls page, apart from the time. */
  filter: { model?: string; text?: string; status?: string }
  children: ReactNode
  className?: string
  title?: string
  'data-bad'?: boolean | undefined
}) {
  return (
    <Link
      to={'/models/calls' as never}
      search={{ ...filter, from: Math.floor(nowMs - windowMs) } as never}
      {...attributes}
    >
      {children}
    </Link>
  )
}

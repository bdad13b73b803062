import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import { Copy } from './copy.tsx'
import { formatAgo } from './format.ts'
import { Icon } from './icons.tsx'

export type StateName = 'good' | 'warn' | 'bad' | 'busy' | 'idle'

const shapes: Record<StateName, string> = { good: '●', warn: '▲', bad: '■', busy: '◐', idle: '○' }

/** A state as shape, colour and word, so that none of them has to be told apart alone. */
export function StateMark({ state, children }: { state: StateName; children: ReactNode }) {
  return (
    <span className={`hl-state hl-state-${state}`}>
      <span aria-hidden="true">{shapes[state]}</span> {children}
    </span>
  )
}

/** The shape of what comes; past a second it says what it waits for. */
export function Skeleton({ lines = 6, what = 'Loading' }: { lines?: number; what?: string }) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 1000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="hl-skeleton" role="status" aria-label={what}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} style={{ width: `${92 - ((index * 37) % 48)}%` }} />
      ))}
      {isLong ? <p>{what}…</p> : null}
    </div>
  )
}

export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="hl-empty">
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}

/** What went wrong, why, what to do, with an id that the server's log knows. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : null
  const message = error instanceof Error ? error.message : String(error)
  const isOffline = known?.code === 'offline'
  return (
    <div className="hl-error" role="alert">
      <Icon name="warn" />
      <div>
        <strong>{isOffline ? 'No connection to the server' : 'This could not be loaded'}</strong>
        <p>{message}</p>
        <div className="hl-error-foot">
          {retry ? (
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try again
            </Button>
          ) : null}
          {known && !isOffline ? (
            <Copy text={known.requestId ?? known.code} label="Copy the error's id" />
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** Says that the picture is old and how old; shows nothing while all is well. */
export function StaleBanner({ sinceMs }: { sinceMs: number | null }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className="hl-stale" role="status">
      <StateMark state="warn">Not connected</StateMark> Connecting again by itself.{' '}
      {sinceMs === null ? 'Nothing has arrived yet.' : `This picture is from ${formatAgo(sinceMs, nowMs)}.`}
    </div>
  )
}

/** Shows a query in each of its states, so that no page forgets one. Old data stays visible while it is refetched. */
export function Loaded<T>({
  of,
  what,
  lines,
  children,
}: {
  of: UseQueryResult<T>
  /** What is being loaded, for people who wait: `Loading products`. */
  what?: string
  lines?: number
  children: (data: T) => ReactNode
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.isError) return <ErrorState error={of.error} retry={() => void of.refetch()} />
  return <Skeleton {...(what ? { what } : {})} {...(lines ? { lines } : {})} />
}

import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import { Copy } from './copy.tsx'
import { cx } from './cx.ts'
import { formatAgo } from './format.ts'
import { Icon } from './icons.tsx'
import { Skeleton } from './skeleton.tsx'
import styles from './states.module.css'

export type StateName = 'good' | 'warn' | 'bad' | 'busy' | 'idle'

export const stateShapes: Record<StateName, string> = { good: '●', warn: '▲', bad: '■', busy: '◐', idle: '○' }

/** A state as shape, colour and word, so that none of them has to be told apart alone. */
export function StateMark({ state, children }: { state: StateName; children: ReactNode }) {
  return (
    <span className={cx('hl-state', styles['state'])} data-state={state}>
      <span aria-hidden="true">{stateShapes[state]}</span> {children}
    </span>
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
    <div className={cx('hl-empty', styles['empty'])}>
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}

/**
 * Something to know beside the content: `bad` is read out at once, the others when there is a pause. `actions` stand below the
 * words.
 */
export function Notice({
  tone = 'info',
  title,
  actions,
  children,
}: {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  title?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <div
      className={cx(tone === 'bad' && 'hl-error', styles['notice'])}
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon name={tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'warn'} />
      <div>
        {title ? <strong>{title}</strong> : null}
        {children}
        {actions ? <div className={styles['foot']}>{actions}</div> : null}
      </div>
    </div>
  )
}

/** What went wrong, why, what to do, with an id that the server's log knows. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : null
  const message = error instanceof Error ? error.message : String(error)
  const isOffline = known?.code === 'offline'
  const id = known && !isOffline ? (known.requestId ?? known.code) : null
  return (
    <Notice
      tone="bad"
      title={isOffline ? 'No connection to the server' : 'This did not work'}
      actions={
        retry || id ? (
          <>
            {retry ? (
              <Button size="compact-sm" variant="default" onClick={retry}>
                Try again
              </Button>
            ) : null}
            {id ? <Copy text={id} label="Copy the error's id" /> : null}
          </>
        ) : null
      }
    >
      <p>{message}</p>
    </Notice>
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
    <Notice tone="warn" title="Not connected.">
      {' '}
      Connecting again by itself.{' '}
      {sinceMs === null ? 'Nothing has arrived yet.' : `This picture is from ${formatAgo(sinceMs, nowMs)}.`}
    </Notice>
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

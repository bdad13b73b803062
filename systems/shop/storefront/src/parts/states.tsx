import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

export function Note({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="note">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}

/** A query in each of its states; `skeleton` has the shape of what comes. */
export function Ready<T>({
  of,
  skeleton,
  children,
}: {
  of: UseQueryResult<T>
  skeleton: ReactNode
  children: (data: T) => ReactNode
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.isError) {
    return (
      <Note
        title="That did not load"
        action={
          <button type="button" className="button" onClick={() => void of.refetch()}>
            Try again
          </button>
        }
      >
        {of.error.message}
      </Note>
    )
  }
  return <>{skeleton}</>
}

export function Bones({ count, kind }: { count: number; kind: 'card' | 'line' }) {
  return (
    <div className={kind === 'card' ? 'grid' : 'lines'} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`bone bone-${kind}`} />
      ))}
    </div>
  )
}

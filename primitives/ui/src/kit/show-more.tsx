import { Button } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Skeleton } from './skeleton.tsx'
import { ErrorState } from './states.tsx'
import styles from './show-more.module.css'

/** A button below a list that has more. `label`: `Show 50 more`. */
export function ShowMore({
  label,
  isLoading = false,
  onMore,
}: {
  label: string
  isLoading?: boolean
  onMore: () => void
}) {
  return (
    <div className={styles['more']}>
      <Button variant="subtle" size="xs" loading={isLoading} onClick={onMore}>
        {label}
      </Button>
    </div>
  )
}

/** A list that comes page by page, in each of its states: on the way, failed, empty, there with more to come. */
export function LoadedPages<Answer, Row>({
  of,
  rows: rowsOf,
  what,
  lines = 6,
  empty,
  more,
  children,
}: {
  of: UseInfiniteQueryResult<InfiniteData<Answer>>
  rows: (answer: Answer) => readonly Row[]
  /** What is being loaded, for people who wait: `Loading decisions`. */
  what: string
  lines?: number
  empty: ReactNode
  /** `Show 50 more` */
  more: string
  children: (rows: readonly Row[]) => ReactNode
}) {
  if (of.data === undefined) {
    return of.isError ? (
      <ErrorState error={of.error} retry={() => void of.refetch()} />
    ) : (
      <Skeleton what={what} lines={lines} shape="table" />
    )
  }
  const rows = of.data.pages.flatMap(rowsOf)
  return (
    <>
      {of.isError ? <ErrorState error={of.error} retry={() => void of.refetch()} /> : null}
      {rows.length === 0 ? empty : children(rows)}
      {of.hasNextPage ? (
        <ShowMore label={more} isLoading={of.isFetchingNextPage} onMore={() => void of.fetchNextPage()} />
      ) : null}
    </>
  )
}

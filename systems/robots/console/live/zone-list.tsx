import { Button } from '@mantine/core'
import { ErrorState } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { CellBox } from './floor-view.ts'
import styles from './live.module.css'

/** A zone that people have drawn. */
export interface DrawnZone extends CellBox {
  id: number
  type: string
  reason: string
}

/** Zones of a floor, and the button that opens each again. */
export function ZoneList({
  zones,
  open,
  empty,
}: {
  zones: readonly DrawnZone[]
  open: (id: number) => Promise<unknown>
  /** What is said where there is none. */
  empty: ReactNode
}) {
  const opening = useMutation({ mutationFn: open })
  return (
    <>
      {zones.length === 0 ? (
        empty
      ) : (
        <ul className={styles['zones']}>
          {zones.map(({ id, type, top, left, bottom, right, reason }) => (
            <li key={id}>
              <span>
                <strong>{type}</strong>{' '}
                <span className="hl-dim">
                  rows {top}–{bottom}, columns {left}–{right}: {reason}
                </span>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Open zone ${id}`}
                onClick={() => opening.mutate(id)}
              >
                Open
              </Button>
            </li>
          ))}
        </ul>
      )}
      {opening.isError ? <ErrorState error={opening.error} /> : null}
    </>
  )
}

import type { KeyboardEvent, ReactNode } from 'react'

export interface Column<Row> {
  key: string
  title: ReactNode
  /** Numbers sit right in the tabular face. */
  isNumber?: boolean
  /** CSS width; columns without one share what is left. */
  width?: string
  /** Takes all the room that is left, and cuts its text to it. */
  isWide?: boolean
  /** Left out on phones. */
  isSecondary?: boolean
  render: (row: Row) => ReactNode
}

/** Dense rows (32 px). With `onOpen`, a row opens on click and on Enter, and arrow keys move between rows. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  onOpen,
  selected,
  isTall = false,
}: {
  /** Names the table for screen readers. */
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  onOpen?: (row: Row) => void
  selected?: string | null
  /** Rows of 48 px, for pictures. */
  isTall?: boolean
}) {
  const move = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.key === 'Enter' && onOpen) onOpen(row)
    const target =
      event.key === 'ArrowDown'
        ? event.currentTarget.nextElementSibling
        : event.key === 'ArrowUp'
          ? event.currentTarget.previousElementSibling
          : null
    if (target instanceof HTMLElement) {
      event.preventDefault()
      target.focus()
    }
  }
  return (
    <div className="hl-table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="hl-table" data-tall={isTall || undefined}>
        <caption className="hl-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-number={column.isNumber}
                data-secondary={column.isSecondary}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row)
            return (
              <tr
                key={key}
                data-open={onOpen ? true : undefined}
                aria-selected={selected === key ? true : undefined}
                {...(onOpen
                  ? {
                      tabIndex: 0,
                      onClick: () => onOpen(row),
                      onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => move(event, row),
                    }
                  : {})}
              >
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-number={column.isNumber}
                    data-wide={column.isWide}
                    data-secondary={column.isSecondary}
                  >
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

import type { ReactNode } from 'react'

export interface Column<Row> {
  key: string
  title: ReactNode
  /** The title as text, where it is not: for the choice of columns and for screen readers. */
  name?: string
  /** Numbers sit right in the tabular face. */
  isNumber?: boolean
  /** CSS width; columns without one share what is left. */
  width?: string
  /** Takes all the room that is left, and cuts its text to it. */
  isWide?: boolean
  /** Left out on phones. */
  isSecondary?: boolean
  /** Makes the column sortable: numbers by size, texts as people order them, null last either way. */
  sortBy?: (row: Row) => number | string | null
  /** Not shown until it is chosen; needs `hasColumnChoice`. */
  isExtra?: boolean
  render: (row: Row) => ReactNode
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  onOpen?: (row: Row) => void
  selected?: string | null
  /** Rows of 48 px, for pictures. */
  isTall?: boolean
  /** A button that chooses which columns are shown. */
  hasColumnChoice?: boolean
  /** Tells tables of one page apart in the URL, which keeps `sort` and `columns`; for the second table and on. */
  urlName?: string
  /** A table of more than a hundred rows scrolls inside this height, and draws only the rows in view. Default 640 px. */
  heightPx?: number
}

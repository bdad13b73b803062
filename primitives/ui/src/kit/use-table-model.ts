import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ColumnDef } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Column, DataTableProps } from './data-table-props.ts'
import { useUrlState } from './url-state.ts'

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
})

export interface TableModel<Row> {
  /** Columns that are shown, in their order. */
  shown: Column<Row>[]
  ordered: readonly Row[]
  sort: { key: string; isDescending: boolean } | null
  /** Ascending first (numbers: the largest first), then the other way, then as the page gave the rows. */
  toggleSort: (key: string) => void
  chosen: ReadonlySet<string>
  choose: (key: string, isShown: boolean) => void
}

/** Which columns a table shows and in which order its rows stand: TanStack Table over the state in the URL. */
export function useTableModel<Row>({
  columns,
  rows,
  keyOf,
  urlName = '',
}: DataTableProps<Row>): TableModel<Row> {
  const names = {
    sort: urlName === '' ? 'sort' : `${urlName}Sort`,
    columns: urlName === '' ? 'columns' : `${urlName}Columns`,
  }
  const [url, setUrl] = useUrlState({ [names.sort]: '', [names.columns]: '' })
  const sort = readSort(url[names.sort] ?? '', columns)
  const chosen = readChosen(url[names.columns] ?? '', columns)

  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, { row: Row }> => ({
        id: column.key,
        // The library puts what is undefined last, whichever way it sorts.
        accessorFn: ({ row }) => column.sortBy?.(row) ?? undefined,
        enableSorting: column.sortBy !== undefined,
        sortUndefined: 'last',
        sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  )
  const data = useMemo(() => rows.map((row) => ({ row })), [rows])
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => keyOf(row),
    state: {
      sorting: sort ? [{ id: sort.key, desc: sort.isDescending }] : [],
      columnVisibility: Object.fromEntries(columns.map(({ key }) => [key, chosen.has(key)])),
    },
  })
  const visible = new Set(table.getVisibleLeafColumns().map(({ id }) => id))

  return {
    shown: columns.filter(({ key }) => visible.has(key)),
    ordered: table.getRowModel().rows.map(({ original }) => original.row),
    sort,
    toggleSort: (key) => {
      const isNumber = columns.find((column) => column.key === key)?.isNumber === true
      const steps = isNumber ? [`-${key}`, key, ''] : [key, `-${key}`, '']
      const at = steps.indexOf(url[names.sort] ?? '')
      const next = at < 0 || at === 2 ? steps[0] : steps[at + 1]
      setUrl({ [names.sort]: next ?? '' })
    },
    chosen,
    choose: (key, isShown) => {
      const next = columns.filter((column) => (column.key === key ? isShown : chosen.has(column.key)))
      const isDefault = columns.every((column) => next.includes(column) === !column.isExtra)
      setUrl({ [names.columns]: isDefault ? '' : next.map((column) => column.key).join('.') })
    },
  }
}

/** `took`, `-took` (descending); null for what names no sortable column. */
function readSort<Row>(text: string, columns: readonly Column<Row>[]): TableModel<Row>['sort'] {
  const isDescending = text.startsWith('-')
  const key = isDescending ? text.slice(1) : text
  return columns.some((column) => column.key === key && column.sortBy) ? { key, isDescending } : null
}

/** Keys with dots between; empty means all but the extra ones. One column always stays. */
function readChosen<Row>(text: string, columns: readonly Column<Row>[]): ReadonlySet<string> {
  const asked = new Set(text.split('.'))
  const known = columns.filter(({ key }) => asked.has(key))
  return new Set((known.length > 0 ? known : columns.filter(({ isExtra }) => !isExtra)).map(({ key }) => key))
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a), String(b))
}

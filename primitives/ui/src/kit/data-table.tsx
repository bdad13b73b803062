import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { cx } from './cx.ts'
import { ColumnChoice } from './column-choice.tsx'
import { Icon } from './icons.tsx'
import type { DataTableProps } from './data-table-props.ts'
import { useTableModel } from './use-table-model.ts'
import { useVirtualRows } from './use-virtual-rows.ts'
import styles from './data-table.module.css'

/**
 * Dense rows (32 px). With `onOpen`, a row opens on click and on Enter; Tab reaches one row, arrow keys, Home and End move between
 * them. Order and columns are kept in the URL.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, keyOf, onOpen, selected, isTall = false, hasColumnChoice = false } = props
  const frame = useRef<HTMLDivElement>(null)
  const { shown, ordered, sort, toggleSort, chosen, choose } = useTableModel(props)
  const { isVirtual, items, beforePx, afterPx, measure } = useVirtualRows(frame, ordered.length, isTall)
  const keys = ordered.map(keyOf)
  // Tab reaches the row that is chosen, else the first; arrows go on from there.
  const entry = Math.max(0, selected ? keys.indexOf(selected) : 0)

  const move = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && onOpen) onOpen(row)
    const own = event.currentTarget
    const rows = [...(own.parentElement?.querySelectorAll<HTMLElement>('tr[data-open]') ?? [])]
    const at = rows.indexOf(own)
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (target === undefined) return
    event.preventDefault()
    rows[target]?.focus()
  }

  return (
    <div
      ref={frame}
      className={cx('hl-table-frame', styles['frame'])}
      data-virtual={isVirtual || undefined}
      data-choice={hasColumnChoice || undefined}
      style={isVirtual ? { maxHeight: props.heightPx ?? 640 } : undefined}
      role="region"
      aria-label={caption}
      {...(onOpen ? {} : { tabIndex: 0 })}
    >
      {hasColumnChoice ? <ColumnChoice columns={columns} chosen={chosen} choose={choose} /> : null}
      <table
        className={cx('hl-table', styles['table'])}
        data-tall={isTall || undefined}
        {...(isVirtual ? { 'aria-rowcount': ordered.length + 1 } : {})}
      >
        <caption className="hl-hidden">{caption}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-number={column.isNumber}
                data-secondary={column.isSecondary}
                style={column.width ? { width: column.width } : undefined}
                {...(sort?.key === column.key
                  ? { 'aria-sort': sort.isDescending ? ('descending' as const) : ('ascending' as const) }
                  : {})}
              >
                {column.sortBy ? (
                  <button type="button" onClick={() => toggleSort(column.key)}>
                    {column.title}
                    <Icon
                      name={
                        sort?.key === column.key ? (sort.isDescending ? 'descending' : 'ascending') : 'sort'
                      }
                      width={12}
                      height={12}
                    />
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {beforePx > 0 ? <Space heightPx={beforePx} columns={shown.length} /> : null}
          {items.map((index) => {
            const row = ordered[index]
            const key = keys[index]
            if (row === undefined || key === undefined) return null
            return (
              <tr
                key={key}
                data-index={index}
                data-open={onOpen ? true : undefined}
                aria-selected={selected === key ? true : undefined}
                {...(isVirtual ? { ref: measure, 'aria-rowindex': index + 2 } : {})}
                {...(onOpen
                  ? {
                      tabIndex: index === entry ? 0 : -1,
                      onClick: () => onOpen(row),
                      onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => move(event, row),
                    }
                  : {})}
              >
                {shown.map((column) => (
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
          {afterPx > 0 ? <Space heightPx={afterPx} columns={shown.length} /> : null}
        </tbody>
      </table>
    </div>
  )
}

/** Room of rows that are not drawn. */
function Space({ heightPx, columns }: { heightPx: number; columns: number }) {
  return (
    <tr aria-hidden="true" className={styles['space']}>
      <td colSpan={columns} style={{ height: heightPx }} />
    </tr>
  )
}

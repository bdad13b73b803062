import { Chip, StateMark, cx } from '@heavylift/ui'
import type { TriedMapping } from '../../src/routes/mappings.ts'
import { tellEvent } from './mapping-draft.ts'
import styles from './mappings.module.css'

/** Columns beside the events: those that are used, then the others. */
const columnsShown = 12

/** The first rows of a feed, each beside what it becomes; what does not fit stands in its cell and says why. */
export function RowsBesideEvents({
  tried,
  used,
  onOpen,
}: {
  tried: TriedMapping
  used: ReadonlySet<string>
  onOpen: (row: TriedMapping['rows'][number]) => void
}) {
  const columns = tried.columns
    .toSorted((a, b) => Number(used.has(b.path)) - Number(used.has(a.path)))
    .slice(0, columnsShown)
  return (
    // The table scrolls in itself, so the keyboard has to be able to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label="First rows beside their events">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col" className={styles['becomes']}>
              Becomes
            </th>
            {columns.map(({ path }) => (
              <th key={path} scope="col" data-used={used.has(path)} title={path}>
                {path}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tried.rows.map((row) => (
            <tr key={row.ref}>
              <th scope="row">{row.ref.replace('row ', '')}</th>
              <td className={styles['becomes']}>
                {row.faults.map(({ reason }) => (
                  <StateMark key={reason} state="bad">
                    {reason}
                  </StateMark>
                ))}
                {row.events.map((event, index) => (
                  <button key={index} type="button" className={styles['event']} onClick={() => onOpen(row)}>
                    <Chip>{event.kind}</Chip> {tellEvent(event)}
                  </button>
                ))}
                {row.events.length + row.faults.length === 0 ? (
                  <span className="hl-fine">passed over</span>
                ) : null}
              </td>
              {columns.map(({ path }) => {
                const fault = row.faults.find(({ column }) => column === path)
                return (
                  <td
                    key={path}
                    className={cx('hl-number', fault !== undefined && styles['wrong'])}
                    title={fault?.reason ?? row.cells[path]}
                  >
                    {row.cells[path] ?? ''}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

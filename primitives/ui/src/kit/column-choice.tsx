import { Popover } from '@mantine/core'
import type { Column } from './data-table-props.ts'
import { Icon } from './icons.tsx'
import styles from './data-table.module.css'

/** A button at the table's corner that opens a list of its columns to switch on and off. */
export function ColumnChoice<Row>({
  columns,
  chosen,
  choose,
}: {
  columns: readonly Column<Row>[]
  chosen: ReadonlySet<string>
  choose: (key: string, isShown: boolean) => void
}) {
  return (
    <Popover position="bottom-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles['choose']} aria-label="Choose columns" title="Choose columns">
          <Icon name="columns" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={styles['choices']}>
          <legend>Columns</legend>
          {columns.map(({ key, title, name }) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={chosen.has(key)}
                // The last one stays: a table without columns could not be brought back.
                disabled={chosen.size === 1 && chosen.has(key)}
                onChange={(event) => choose(key, event.currentTarget.checked)}
              />
              {name ?? title}
            </label>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}

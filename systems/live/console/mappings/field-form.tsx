import { NativeSelect } from '@mantine/core'
import { readings } from '../../src/feeds/mapping/readings.ts'
import type { TriedMapping } from '../../src/routes/mappings.ts'
import type { DraftField } from './mapping-draft.ts'
import styles from './mappings.module.css'

/** Each field with the column that it is read from, how that is written, and what it says in the first row. */
export function FieldForm({
  fields,
  columns,
  faults,
  onChange,
}: {
  fields: DraftField[]
  columns: TriedMapping['columns']
  faults: TriedMapping['faults']
  onChange: (field: DraftField, column: string | null, as: string) => void
}) {
  const options = [
    { value: '', label: '–' },
    ...columns.map(({ path, samples }) => ({
      value: path,
      label: `${path}${samples[0] === undefined ? '' : `  (${samples[0].slice(0, 24)})`}`,
    })),
  ]
  return (
    <div className={styles['fields']}>
      {(['Match', 'Clock', 'Event'] as const).map((group) => (
        <section key={group} aria-label={group}>
          <h3 className={styles['group']}>{group}</h3>
          {fields
            .filter((field) => field.group === group)
            .map((field) => {
              const fault = faults.find(({ field: at }) => at === field.key || at.startsWith(`${field.key}.`))
              return (
                <div
                  key={field.key}
                  className={styles['field']}
                  data-used={field.column !== null || field.rule !== null}
                >
                  <span className={styles['field-name']} title={field.key}>
                    {field.label}
                  </span>
                  {field.rule === null ? (
                    <>
                      <NativeSelect
                        aria-label={`Column of ${field.label}`}
                        size="xs"
                        value={field.column ?? ''}
                        data={
                          field.column === null || columns.some(({ path }) => path === field.column)
                            ? options
                            : [...options, { value: field.column, label: field.column }]
                        }
                        error={fault?.message}
                        onChange={({ currentTarget: { value } }) =>
                          onChange(field, value === '' ? null : value, likelyReading(field, columns, value))
                        }
                      />
                      <NativeSelect
                        aria-label={`How ${field.label} is written`}
                        size="xs"
                        disabled={field.column === null}
                        value={field.as}
                        data={
                          field.as === 'values'
                            ? [{ value: 'values', label: 'by its words' }, ...readings]
                            : [...readings]
                        }
                        onChange={({ currentTarget: { value } }) => onChange(field, field.column, value)}
                      />
                    </>
                  ) : (
                    <span className={styles['rule']}>
                      {field.rule}
                      {fault === undefined ? null : <em className={styles['fault']}>{fault.message}</em>}
                    </span>
                  )}
                </div>
              )
            })}
        </section>
      ))}
    </div>
  )
}

/** How a newly chosen column is read: as its values are written, but teams by their side. */
function likelyReading(field: DraftField, columns: TriedMapping['columns'], path: string): string {
  if (field.label.startsWith('Team ')) return 'side'
  const written = columns.find((column) => column.path === path)?.written ?? 'text'
  const isText = field.group === 'Match' && field.label !== 'Day of the match'
  return isText || written === 'blank' || written === 'list' ? 'text' : written
}

import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '@heavylift/ui'
import { isRecord } from '../../src/files/change.ts'
import type { FieldComponent, FieldProps, FieldSpec } from './field-spec.ts'
import styles from './studio.module.css'

type Records = Record<string, unknown>
type Props = FieldProps & { field: FieldComponent }

/** Fields of a value of their own: owner, limits. What the form does not know stays as it is. */
export function GroupField({ field: Field, spec, value, error, onChange }: Props) {
  const of = isRecord(value) ? value : {}
  if (value !== undefined && !isRecord(value))
    return <Field spec={{ ...spec, kind: 'json' }} value={value} error={error} onChange={onChange} />
  return (
    <fieldset className={styles['group']}>
      <legend>{spec.label}</legend>
      {spec.help === undefined ? null : <p className="hl-fine">{spec.help}</p>}
      <RecordFields
        field={Field}
        fields={fieldsOf(spec, of)}
        of={of}
        onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
      />
      {error === undefined ? null : <p className={styles['fault']}>{error}</p>}
    </fieldset>
  )
}

/** A list of values with fields: tools, triggers, rules, cases. */
export function ListOfRecords({ field: Field, spec, value, error, onChange }: Props) {
  const kinds = spec.choices ?? []
  const [kind, setKind] = useState(kinds[0]?.value ?? '')
  const all: unknown[] = Array.isArray(value) ? value : []
  if ((value !== undefined && !Array.isArray(value)) || !all.every(isRecord))
    return <Field spec={{ ...spec, kind: 'json' }} value={value} error={error} onChange={onChange} />
  const records = all as Records[]
  const put = (next: Records[]) => onChange(next.length === 0 && spec.isOptional === true ? undefined : next)
  const word = spec.one ?? 'entry'
  return (
    <fieldset className={styles['group']}>
      <legend>{spec.label}</legend>
      {spec.help === undefined ? null : <p className="hl-fine">{spec.help}</p>}
      {records.map((record, at) => (
        // Records have no other name that stays while its id is typed.
        <details
          key={at}
          className={styles['record']}
          open={records.length === 1 || isUnfinished(spec, record)}
        >
          <summary>
            <span className="hl-code">{shown(record['id']) || `${word} ${at + 1}`}</span>{' '}
            {spec.tell?.(record) ?? ''}
          </summary>
          <div className={styles['form']}>
            <RecordFields
              field={Field}
              fields={fieldsOf(spec, record)}
              of={record}
              onChange={(next) => put(records.with(at, next))}
            />
            <span>
              {at === 0 ? null : (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => put(records.with(at, records[at - 1]!).with(at - 1, record))}
                >
                  Up
                </Button>
              )}
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                leftSection={<Icon name="bin" width={14} height={14} />}
                onClick={() => put(records.toSpliced(at, 1))}
              >
                Remove {shown(record['id']) || word}
              </Button>
            </span>
          </div>
        </details>
      ))}
      <span className={styles['add']}>
        {kinds.length < 2 ? null : (
          <NativeSelect
            size="xs"
            aria-label={`Kind of ${word}`}
            data={kinds}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
          />
        )}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => put([...records, { id: freeId(records, kind || word), ...spec.fresh?.(kind) }])}
        >
          Add {article(word)} {word}
        </Button>
      </span>
      {error === undefined ? null : <p className={styles['fault']}>{error}</p>}
    </fieldset>
  )
}

function RecordFields({
  field: Field,
  fields,
  of,
  onChange,
}: {
  field: FieldComponent
  fields: readonly FieldSpec[]
  of: Records
  onChange: (next: Records) => void
}) {
  return fields.map((field) => (
    <Field
      key={field.name}
      spec={field}
      value={of[field.name]}
      onChange={(value) => {
        const { [field.name]: _, ...rest } = of
        if (value === undefined) onChange(rest)
        else onChange({ ...of, [field.name]: value })
      }}
    />
  ))
}

const fieldsOf = ({ fields = [] }: FieldSpec, of: Records): readonly FieldSpec[] =>
  typeof fields === 'function' ? fields(of) : fields

const isUnfinished = (spec: FieldSpec, record: Records): boolean =>
  fieldsOf(spec, record).some(({ name, isOptional }) => isOptional !== true && shown(record[name]) === '')

const shown = (value: unknown): string => (typeof value === 'string' ? value : '')
const article = (word: string): string => (/^[aeiou]/.test(word) ? 'an' : 'a')

/** `schedule`, or `schedule_2` where that is taken. */
export function freeId(records: readonly Records[], word: string): string {
  const base = word.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  const taken = new Set(records.map(({ id }) => id))
  for (let at = 1; ; at++) {
    const id = at === 1 ? base : `${base}_${at}`
    if (!taken.has(id)) return id
  }
}

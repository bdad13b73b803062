import { Facts, Json } from '@heavylift/ui'
import { isRecord } from '../../src/files/change.ts'
import styles from './approvals.module.css'

/** Deeper than this a value is shown as JSON. */
const deepest = 3
/** Rows or items of a list that are shown at once; all of them stand in its JSON. */
const mostShown = 50

/** A value as a person reads it: texts as they are, lists of alike things as a table, others by their fields; as JSON for who wants that. */
export function ShownValue({ value, label }: { value: unknown; label: string }) {
  return (
    <div className={styles['shown']} role="group" aria-label={label}>
      <Value value={value} depth={0} />
      {typeof value === 'object' && value !== null ? (
        <details>
          <summary className="hl-fine">As JSON</summary>
          <Json value={value} label={`${label}, as JSON`} />
        </details>
      ) : null}
    </div>
  )
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (value === null || value === undefined || value === '') return <span className="hl-fine">nothing</span>
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>
  if (typeof value === 'number') return <span className="hl-number">{value}</span>
  if (typeof value === 'string') return <span className={styles['text']}>{value}</span>
  if (depth >= deepest) return <code className={styles['text']}>{JSON.stringify(value)}</code>
  if (!Array.isArray(value)) return <Fields record={value as Record<string, unknown>} depth={depth} />
  if (value.length === 0) return <span className="hl-fine">an empty list</span>
  const columns = columnsOf(value)
  return (
    <>
      {columns === null ? (
        <ul>
          {value.slice(0, mostShown).map((item, at) => (
            <li key={at}>
              <Value value={item} depth={depth + 1} />
            </li>
          ))}
        </ul>
      ) : (
        <Rows rows={value as Record<string, unknown>[]} columns={columns} depth={depth} />
      )}
      {value.length > mostShown ? (
        <p className="hl-fine">
          The first {mostShown} of {value.length}.
        </p>
      ) : null}
    </>
  )
}

function Rows({
  rows,
  columns,
  depth,
}: {
  rows: readonly Record<string, unknown>[]
  columns: readonly string[]
  depth: number
}) {
  return (
    <div className={styles['scroll']}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {wordsOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostShown).map((row, at) => (
            <tr key={at}>
              {columns.map((name) => (
                <td key={name}>{name in row ? <Value value={row[name]} depth={depth + 1} /> : null}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Fields({ record, depth }: { record: Record<string, unknown>; depth: number }) {
  const fields = Object.entries(record)
  if (fields.length === 0) return <span className="hl-fine">nothing</span>
  return (
    <Facts
      facts={fields.map(([name, value]) => [
        wordsOf(name),
        <Value key={name} value={value} depth={depth + 1} />,
      ])}
    />
  )
}

/** The fields of a list of alike things; null where it is none, or one too wide for a table. */
function columnsOf(list: readonly unknown[]): string[] | null {
  if (!list.every(isRecord)) return null
  const names = [...new Set(list.flatMap((each) => Object.keys(each)))]
  return names.length >= 1 && names.length <= 8 ? names : null
}

/** `orderId` and `order_id` as `order id`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll('_', ' ')
    .trim()
}

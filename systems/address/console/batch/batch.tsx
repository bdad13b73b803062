import { Button, FileInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Bar, ErrorState, Facts, Page, Panel, StateMark, format, useUrlState } from '@heavylift/ui'
import { createCsvReader, csvLine } from '@heavylift/core/rows'
import { findAddressColumns } from '../../src/evidence/address-columns.ts'
import type { AddressColumns } from '../../src/evidence/address-columns.ts'
import { addressFileOf } from '../../src/evidence/address-row.ts'
import { api } from '../api.ts'
import type { PlaceView } from '../api.ts'
import { PlaceTable } from '../places/place-table.tsx'

const atOnce = 50
const example =
  'id,address,name\n1,"400 Main Ave Apt 4B, Easton, VA 22030",Ruth Kim\n2,"PO Box 112, Granby, MO 64844",\n3,"77 Mill Blvd, Easton, VA 22030",Reed Hardware Inc\n'

function decideBatch(places: ReturnType<typeof readRows>['rows'], usual: string) {
  return api.post('/places/batch', { body: { places, ...(usual === '' ? {} : { usual }) } })
}

type Expected = NonNullable<Awaited<ReturnType<typeof decideBatch>>['expectedRight']>

interface Progress {
  done: number
  total: number
  rejected: { line: number; reason: string }[]
  columns: AddressColumns | null
}

/** A CSV file of addresses, decided in parts; the rows that cannot be read are told. */
export default function Batch() {
  const client = useQueryClient()
  const [state, set] = useUrlState({ place: '' })
  const [file, setFile] = useState<File | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const [places, setPlaces] = useState<PlaceView[]>([])
  const [usual, setUsual] = useState('')
  const [expected, setExpected] = useState<Expected | null>(null)
  const isStopped = useRef(false)
  const run = useMutation({
    mutationFn: async (text: string) => {
      isStopped.current = false
      const { rows, rejected, columns } = readRows(text)
      const decided: PlaceView[] = []
      setPlaces([])
      setExpected(null)
      setProgress({ done: 0, total: rows.length, rejected, columns })
      for (let from = 0; from < rows.length && !isStopped.current; from += atOnce) {
        const answer = await decideBatch(rows.slice(from, from + atOnce), usual.trim())
        const before = decided.length
        decided.push(...answer.places)
        setPlaces([...decided])
        setExpected((known) => meanOf(known, before, answer.expectedRight, answer.places.length))
        setProgress({ done: decided.length, total: rows.length, rejected, columns })
      }
      await client.invalidateQueries({ queryKey: ['address'] })
    },
  })
  return (
    <Page
      title="Batch"
      lead={
        <>
          A file of addresses becomes a file of decisions. For a million rows there is{' '}
          <code>heavylift address classify</code>, which goes on where it was stopped.
        </>
      }
    >
      <Panel
        title="Your file"
        note="CSV with addresses, whatever its columns are called; id, name, unit, lat, lon and columns of a record are used where there are any"
      >
        <div className="hl-stack">
          <div className="hl-row">
            <FileInput
              aria-label="Choose a CSV file"
              placeholder="Choose a CSV file"
              accept=".csv,text/csv"
              value={file}
              onChange={setFile}
              style={{ flex: '1 1 240px' }}
              clearable
            />
            <Button
              disabled={file === null}
              loading={run.isPending}
              onClick={() => void file?.text().then((text) => run.mutate(text))}
            >
              Decide
            </Button>
            <Button variant="default" disabled={run.isPending} onClick={() => run.mutate(example)}>
              Try three addresses
            </Button>
            {run.isPending ? (
              <Button variant="default" onClick={() => (isStopped.current = true)}>
                Stop
              </Button>
            ) : null}
          </div>
          <TextInput
            label="What it mostly holds, if you know"
            description="Kinds in percent: single family, multi unit, unit, business, home business, institution, vacant …"
            placeholder="business 80, institution 15"
            value={usual}
            onChange={({ currentTarget: { value } }) => setUsual(value)}
          />
          {progress === null ? null : (
            <>
              <Bar
                share={progress.total === 0 ? 1 : progress.done / progress.total}
                label={`${progress.done} of ${progress.total} addresses decided`}
                tone="accent"
              />
              <Facts
                isInline
                facts={[
                  [
                    'Decided',
                    `${format.formatCount(progress.done)} of ${format.formatCount(progress.total)}`,
                  ],
                  [
                    'To ask about',
                    format.formatCount(places.filter(({ decision }) => decision.action === 'ask').length),
                  ],
                  ...(expected === null
                    ? []
                    : ([['May be right', toldExpected(expected)]] satisfies [string, string][])),
                  ['Could not be read', format.formatCount(progress.rejected.length)],
                  ['Columns', toldColumns(progress.columns)],
                ]}
              />
              {expected === null ? null : (
                <p>
                  Nobody told yet what is usual among your places. Answer 30 of the{' '}
                  <Link to="/address/queue">queue</Link> first: from 10 on, the others are decided by what you
                  said.
                </p>
              )}
              {progress.rejected.length === 0 ? null : (
                <ul>
                  {progress.rejected.slice(0, 20).map(({ line, reason }) => (
                    <li key={line}>
                      Line {line}: {reason}
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
          {run.isSuccess && places.length > 0 ? (
            <div className="hl-row">
              <StateMark state="good">Done</StateMark>
              <Button variant="default" onClick={() => download(places)}>
                Download the decisions
              </Button>
            </div>
          ) : null}
          {run.isError ? <ErrorState error={run.error} /> : null}
        </div>
      </Panel>
      {places.length === 0 ? null : (
        <Panel title="Decisions" flush>
          <PlaceTable
            caption="Decisions of the batch"
            places={places}
            chosen={state.place}
            choose={(place) => set({ place })}
            empty=""
          />
        </Panel>
      )}
    </Page>
  )
}

/** Over what was decided before and now, each address counting the same. */
function meanOf(
  known: Expected | null,
  before: number,
  now: Expected | null,
  count: number,
): Expected | null {
  if (now === null) return null
  if (known === null) return now
  const mean = (of: keyof Expected) => (known[of] * before + now[of] * count) / (before + count)
  return { likely: mean('likely'), low: mean('low'), high: mean('high') }
}

/** `78 % (44 to 97 %)`: the likely share, and what nine of ten lists lay between. */
function toldExpected({ likely, low, high }: Expected): string {
  const percent = (share: number) => Math.round(share * 100)
  return `${percent(likely)} % (nine of ten lists: ${percent(low)} to ${percent(high)} %)`
}

/** `Situs Addr as address, Zip5 as ZIP code`: which columns were taken for what. */
function toldColumns(columns: AddressColumns | null): string {
  if (columns === null) return 'none is an address'
  const { address, ...others } = columns
  return [
    `${address.join(' + ')} as address`,
    ...Object.entries(others).flatMap(([role, column]) => (column === null ? [] : [`${column} as ${role}`])),
  ].join(', ')
}

function readRows(text: string) {
  const reader = createCsvReader()
  const rejected: Progress['rejected'] = []
  const raw = [...reader.push(text), ...reader.end()]
  const columns = findAddressColumns(raw.flatMap((row) => ('fields' in row ? [row.fields] : [])))
  const rows = raw.flatMap((row) => {
    if ('reason' in row) {
      rejected.push({ line: row.line, reason: row.reason })
      return []
    }
    const file = columns === null ? null : addressFileOf(row.fields, columns)
    if (file === null) {
      rejected.push({
        line: row.line,
        reason:
          columns === null
            ? 'No column looks like an address. Name it "address".'
            : `The row has no address. Fill the column "${columns.address.join('", "')}".`,
      })
      return []
    }
    const { id, ...rest } = file
    return [id !== null && /^[\w.:-]{1,100}$/.test(id) ? { ...rest, id } : rest]
  })
  return { rows, rejected, columns }
}

function download(places: readonly PlaceView[]): void {
  const header = [
    'id',
    'address',
    'kind',
    'confidence',
    'action',
    'question',
    'unit_needed',
    'unit',
    'hours',
    'instructions',
  ]
  const lines = places.map(({ id, address, decision }) => [
    id,
    address,
    decision.kind,
    decision.confidence.toFixed(4),
    decision.action,
    decision.question,
    decision.unit.needed,
    decision.unit.value,
    decision.hours,
    decision.instructions.join(' | '),
  ])
  const url = URL.createObjectURL(new Blob([header, ...lines].map(csvLine), { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'kinds.csv'
  link.click()
  URL.revokeObjectURL(url)
}

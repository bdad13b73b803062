import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'
import { kindNamed } from '../../domain/kinds.ts'
import { caseOfLicence, caseOfSale } from './truth.ts'
import type { TrueCase } from './truth.ts'

/** How the cases of a folder are kept. */
export type CaseForm = 'sales' | 'licences' | 'documents'

/**
 * Cases of a folder: property sales of New York, business licences, or `addresses.csv` with `labels.csv` and `documents/<id>/*`. Rows
 * whose kind is not told are left out. Throws `address-data-unknown` when nothing fits.
 */
export function readCases(dir: string): { form: CaseForm; cases: TrueCase[] } {
  if (existsSync(join(dir, 'addresses.csv'))) return { form: 'documents', cases: readDocumentCases(dir) }
  const cases: TrueCase[] = []
  let form: CaseForm = 'sales'
  for (const file of readdirSync(dir).sort()) {
    if (!/\.csv(?:\.gz)?$/i.test(file)) continue
    const rows = readRows(join(dir, file))
    for (const [at, row] of rows.entries()) {
      const isLicence = 'Classification' in row
      const one = isLicence
        ? caseOfLicence(row, at + 1)
        : 'BUILDING CLASS CATEGORY' in row
          ? caseOfSale(row, at + 1)
          : null
      if (one === null) continue
      if (isLicence) form = 'licences'
      cases.push(one)
    }
  }
  if (cases.length === 0)
    throw new InvalidInputError({
      code: 'address-data-unknown',
      message: `${dir} has no addresses whose kind is told. Give a folder with addresses.csv and labels.csv, with sales (BUILDING CLASS CATEGORY), or with licences (Classification).`,
    })
  return { form, cases }
}

/** Rows of a CSV file, plain or gzipped; lines above the header (which has an address) are skipped. */
export function readRows(file: string): Record<string, string>[] {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '')
  const lines = text.split('\n')
  const header = lines
    .slice(0, 20)
    .findIndex((line) => /(?:^|[,;\t])"?(?:address|id)"?(?:$|[,;\t\r])/i.test(line))
  const reader = createCsvReader()
  const rows = [...reader.push(lines.slice(Math.max(header, 0)).join('\n')), ...reader.end()]
  return rows.flatMap((row) => ('fields' in row ? [trimmed(row.fields)] : []))
}

function trimmed(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.trim(), String(value)]))
}

const ofAddress = /^(?:id|address|unit|name|city|state|zip|source|town)$/i

function readDocumentCases(dir: string): TrueCase[] {
  const labels = new Map(
    readRows(join(dir, 'labels.csv')).map((row) => [pick(row, 'id', 'address_id') ?? '', row]),
  )
  return readRows(join(dir, 'addresses.csv')).flatMap((row) => {
    const id = pick(row, 'id', 'address_id') ?? ''
    const label = labels.get(id)
    const kind = label === undefined ? null : kindNamed(pick(label, 'kind', 'label', 'class') ?? '')
    if (label === undefined || kind === null || kind === 'unknown') return []
    const record = Object.fromEntries(Object.entries(row).filter(([name]) => !ofAddress.test(name)))
    const ordered = pick(label, 'injected', 'ordered', 'injected_kind')
    const needed = pick(label, 'unit_needed', 'unitNeeded', 'needs_unit')
    const unit = pick(label, 'unit')
    return [
      {
        id,
        source: pick(row, 'source', 'town', 'city') ?? 'all',
        address: [
          pick(row, 'address', 'full_address', 'street') ?? '',
          [pick(row, 'city', 'town'), pick(row, 'state'), pick(row, 'zip', 'zipcode')]
            .filter(Boolean)
            .join(' '),
        ]
          .filter(Boolean)
          .join(', '),
        unit: pick(row, 'unit', 'apt'),
        name: pick(row, 'name', 'recipient', 'business'),
        record: Object.keys(record).length === 0 ? null : record,
        documents: readDocuments(join(dir, 'documents', id)),
        kind,
        ...(needed === null
          ? unit === null
            ? {}
            : /^(?:yes|no|true|false|needed|missing|none)$/i.test(unit)
              ? { unitNeeded: isYes(unit) }
              : {}
          : { unitNeeded: isYes(needed) }),
        ...('hours' in label || 'opening_hours' in label
          ? { hours: pick(label, 'hours', 'opening_hours') }
          : {}),
        ...(ordered === null ? {} : { ordered: kindNamed(ordered) }),
      },
    ]
  })
}

const isYes = (text: string) => /^(?:y|yes|true|1|needed|missing)$/i.test(text)

function pick(row: Record<string, string>, ...names: string[]): string | null {
  for (const name of names) {
    const value = row[name]?.trim()
    if (value !== undefined && value !== '') return value
  }
  return null
}

const readable = new Set(['.eml', '.html', '.htm', '.txt', '.json', '.md', '.csv'])

function readDocuments(dir: string): TrueCase['documents'] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .sort()
    .filter((name) => readable.has(extname(name).toLowerCase()))
    .map((name) => ({ name, content: readFileSync(join(dir, name), 'utf8') }))
}

import { textOf } from './address-columns.ts'
import type { AddressColumns } from './address-columns.ts'
import type { AddressFile } from './observe-case.ts'

/** An address out of a row of a table, whose other columns become its record. */
export interface AddressRow extends Omit<AddressFile, 'documents'> {
  id: string | null
  /** Degrees; null where the row has none. */
  latitude: number | null
  longitude: number | null
}

/** The address of a row. Null for a row without one. */
export function addressFileOf(
  fields: Readonly<Record<string, unknown>>,
  columns: AddressColumns,
): AddressRow | null {
  const cell = (column: string | null) => (column === null ? '' : textOf(fields[column]))
  const street = addressText(fields, columns)
  if (street === '') return null
  const used = new Set<string | null>([
    ...columns.address,
    ...Object.values(columns).filter((one) => typeof one === 'string'),
  ])
  const record = Object.fromEntries(Object.entries(fields).filter(([name]) => !used.has(name)))
  return {
    id: cell(columns.id) || null,
    address: street,
    unit: cell(columns.unit) || null,
    name: cell(columns.name) || null,
    record: Object.keys(record).length === 0 ? null : record,
    latitude: degrees(cell(columns.latitude), 90),
    longitude: degrees(cell(columns.longitude), 180),
  }
}

/** Number and street with the city, the state and the ZIP code that it does not end in already; '' where there is no letter or digit. */
export function addressText(fields: Readonly<Record<string, unknown>>, columns: AddressColumns): string {
  const street = columns.address
    .map((column) => textOf(fields[column]))
    .filter((text) => text !== '')
    .join(' ')
  if (!/[a-z0-9]/i.test(street)) return ''
  const last = [columns.city, columns.state, columns.zip]
    .map((column) => (column === null ? '' : textOf(fields[column]).replace(/\.0$/, '')))
    .filter((text) => text !== '')
  const isThere = last.length > 0 && last.every((text) => street.toUpperCase().includes(text.toUpperCase()))
  return last.length === 0 || isThere ? street : `${street}, ${last.join(' ')}`
}

function degrees(text: string, most: number): number | null {
  const value = text === '' ? Number.NaN : Number(text)
  return Math.abs(value) <= most ? value : null
}

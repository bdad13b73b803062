import { expect, test } from 'vitest'
import { findAddressColumns } from '../../src/evidence/address-columns.ts'
import { addressFileOf } from '../../src/evidence/address-row.ts'

const read = (...rows: Record<string, unknown>[]) => {
  const columns = findAddressColumns(rows)
  return columns === null ? null : rows.map((row) => addressFileOf(row, columns))
}

test('an address is found under other names, and not that of its owner [ADDRESS-CSV-03]', () => {
  const rows = read({
    APN: '102-17-421',
    OWNER_ADDRESS: '9 Elsewhere Blvd',
    OWNER_ZIP: '10001',
    SITUS_ADDR: '10401 W Oak Rd',
    'Situs City': 'Easton',
    ST: 'VA',
    Situs_Zip: '22030',
    YR_BLT: '1983',
  })
  expect(rows?.[0]).toMatchObject({
    address: '10401 W Oak Rd, Easton VA 22030',
    record: { APN: '102-17-421', OWNER_ADDRESS: '9 Elsewhere Blvd', OWNER_ZIP: '10001', YR_BLT: '1983' },
  })
})

test('number and street that stand apart are put together [ADDRESS-CSV-03]', () => {
  const rows = read(
    { 'House No': '12', Dir: 'N', Street: 'Elm', 'Street Type': 'ST', Town: 'Granby', 'Apt #': '4' },
    { 'House No': '14', Dir: '', Street: 'Oak', 'Street Type': 'LN', Town: 'Granby', 'Apt #': '' },
  )
  expect(rows?.map((row) => [row?.address, row?.unit])).toEqual([
    ['12 Elm ST, Granby', '4'],
    ['14 Oak LN, Granby', null],
  ])
})

test('a column is an address by what stands in it, whatever it is called [ADDRESS-CSV-03]', () => {
  const rows = read(
    { a: '1', wohin: '400 Main Ave Apt 4B', b: 'VA', c: 'Ruth Kim' },
    { a: '2', wohin: 'PO Box 112', b: 'MO', c: '' },
    { a: '3', wohin: '77 Mill Blvd', b: 'VA', c: 'Reed' },
  )
  expect(rows?.map((row) => row?.address)).toEqual([
    '400 Main Ave Apt 4B, VA',
    'PO Box 112, MO',
    '77 Mill Blvd, VA',
  ])
})

test('a city and a ZIP code that the address ends in already are not said twice [ADDRESS-CSV-03]', () => {
  expect(
    read({ address: '1 Oak Ln, Easton, VA 22030', city: 'Easton', state: 'VA', zip: '22030' })?.[0]?.address,
  ).toBe('1 Oak Ln, Easton, VA 22030')
})

test('a table without addresses has none [ADDRESS-CSV-03]', () => {
  expect(findAddressColumns([{ price: '12', colour: 'red' }])).toBeNull()
  expect(findAddressColumns([])).toBeNull()
})

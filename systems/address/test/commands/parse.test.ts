import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'
import { commandInput } from '@heavylift/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runParse } from '../../src/commands/parse.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'address-parse-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const parse = (file: string, options: CommandInput['options'] = {}) =>
  runParse(commandInput({ args: { file }, options, dataDir: folder }))

function rowsOf(file: string) {
  const reader = createCsvReader()
  return [...reader.push(readFileSync(file, 'utf8')), ...reader.end()].map((row) =>
    'fields' in row ? row.fields : {},
  )
}

const source = [
  'id,address,city,zip',
  '1,"12 Oak Street, Apt 4",Reno,89501',
  '2,,,',
  '3,PO Box 7,Reno,89501,too,many',
  '4,"77 Blue',
  'Street",Austin,78701',
  '5,???,,',
  `6,${'long '.repeat(300)},,`,
  '7,"never closed,Reno,89501',
  '8,9 Elm Ct,Reno,89501',
  '',
].join('\n')

test('writes a row for every row of the input, broken ones with the reason [ADDRESS-CLI-01]', async () => {
  const file = join(folder, 'in.csv')
  writeFileSync(file, source)
  const { rows, counts, out } = await parse(file, { columns: 'address,city,zip' })
  const written = rowsOf(out)
  expect(rows).toBe(8)
  expect(written.map(({ line, status }) => [line, status])).toEqual([
    ['2', 'ok'],
    ['3', 'no-address'],
    ['4', 'too-many-cells'],
    ['5', 'ok'],
    ['7', 'not-understood'],
    ['8', 'too-long'],
    ['9', 'unclosed-quote'],
    ['10', 'ok'],
  ])
  expect(counts).toMatchObject({ ok: 3, 'too-many-cells': 1 })
  expect(written[0]).toMatchObject({
    number: '12',
    street: 'OAK ST',
    unitNumber: '4',
    city: 'RENO',
    zip: '89501',
  })
  expect(written[2]).toMatchObject({ address: '3,PO Box 7,Reno,89501,too,many' })
  expect(written[2]?.['reason']).toMatch(/6 cells/)
})

test('loses one row alone to a quote that is never closed, whatever follows [ADDRESS-CLI-01]', async () => {
  const file = join(folder, 'in.csv')
  writeFileSync(
    file,
    'id;address\n1;"12 Oak St, Reno NV\n2;3 Elm Ct\n3;"77 Blue Street, Austin TX"\n4;"9 Fir ""B"" Ln\nReno NV"\n',
  )
  const { out } = await parse(file)
  expect(rowsOf(out).map(({ line, status, deliveryLine }) => [line, status, deliveryLine])).toEqual([
    ['2', 'unclosed-quote', ''],
    ['3', 'ok', '3 ELM CT'],
    ['4', 'ok', '77 BLUE ST'],
    ['5', 'ok', '9 FIR B LN'],
  ])
})

test('goes on after a kill in the middle of a row, to the same bytes [ADDRESS-CLI-02]', async () => {
  const file = join(folder, 'in.csv')
  writeFileSync(file, source)
  const whole = join(folder, 'whole.csv')
  await parse(file, { columns: 'address,city,zip', out: whole })
  const expected = readFileSync(whole)
  for (const kept of [0, 10, 200, 350, 480, expected.length - 3, expected.length]) {
    const out = join(folder, 'cut.csv')
    writeFileSync(out, expected)
    truncateSync(out, kept)
    const { rows, skipped } = await parse(file, { columns: 'address,city,zip', out })
    expect(readFileSync(out).equals(expected)).toBe(true)
    expect(rows + skipped).toBe(8)
  }
})

test('goes on with rows that were added, and does not write over a file of another kind [ADDRESS-CLI-02]', async () => {
  const file = join(folder, 'in.csv')
  writeFileSync(file, 'address\n1 A St\n')
  await parse(file)
  appendFileSync(file, '2 B St\n')
  expect(await parse(file)).toMatchObject({ rows: 1, skipped: 1 })
  await expect(parse(file, { fields: 'google' })).rejects.toThrow(/--fresh/)
  expect((await parse(file, { fields: 'smarty', fresh: true })).rows).toBe(2)
})

test('says which columns there are where none is known to hold the address [ADDRESS-CLI-01]', async () => {
  const file = join(folder, 'in.csv')
  writeFileSync(file, 'a,b\n1,2\n')
  await expect(parse(file)).rejects.toThrow(/--columns.*a, b/)
  await expect(parse(file, { columns: 'c' })).rejects.toThrow(/a, b/)
  await expect(parse(join(folder, 'none.csv'))).rejects.toThrow(/no file/)
  await expect(parse(file, { columns: 'a', fields: 'bing' })).rejects.toThrow(/standard, smarty, google/)
})

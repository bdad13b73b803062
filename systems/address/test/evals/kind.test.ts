import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCases } from '../../src/evals/kind/read-cases.ts'
import { calibrationError, macroF1, selective } from '../../src/evals/kind/score.ts'
import type { ScoredDecision } from '../../src/evals/kind/score.ts'
import { caseOfLicence, caseOfSale } from '../../src/evals/kind/truth.ts'
import type { Kind } from '../../src/domain/kinds.ts'

let dir: string
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'kind-'))))
afterEach(() => rm(dir, { recursive: true, force: true }))

test('a sale does not tell its kind to the model [ADDRESS-KIND-08]', () => {
  const sale = caseOfSale(
    {
      BOROUGH: '4',
      'BUILDING CLASS CATEGORY': '13 CONDOS - ELEVATOR APARTMENTS',
      'BUILDING CLASS AT PRESENT': 'R4',
      'TAX CLASS AT PRESENT': '2',
      ADDRESS: '10 FIRST STREET, 4B',
      'APARTMENT NUMBER': '',
      'ZIP CODE': '11101',
      'RESIDENTIAL UNITS': '1',
    },
    3,
  )
  expect(sale).toMatchObject({
    source: 'Queens',
    kind: 'unit',
    unit: '4B',
    record: { 'RESIDENTIAL UNITS': '1' },
  })
  expect(Object.keys(sale?.record ?? {}).join()).not.toMatch(/CLASS/)
  expect(caseOfSale({ 'BUILDING CLASS CATEGORY': '44 CONDO PARKING', ADDRESS: '1 A ST' }, 1)).toBeNull()
})

test('a licence that names a trade and not a place is left out, home based ones are not [ADDRESS-KIND-08]', () => {
  const licence = (trade: string, address = '1 Elm St') =>
    caseOfLicence({ Classification: trade, Address: address, City: 'X', Business: 'B' }, 1)?.kind ?? null
  expect(
    ['RESTAURANTS', 'COMPUTER SERVICES, HOME BASED', 'INTERNET SALES', 'NURSING HOMES'].map((one) =>
      licence(one),
    ),
  ).toEqual(['business', 'home-business', null, 'institution'])
  expect(licence('REAL ESTATE', 'PO BOX A')).toBe('po-box')
})

test('reads addresses with documents, whose labels stand elsewhere [ADDRESS-KIND-08]', async () => {
  await writeFile(
    join(dir, 'addresses.csv'),
    'id,address,name,town,landUse\n1,"1 Elm St",Kim,Easton,Duplex\n2,"2 Elm St",,Easton,\n3,"3 Elm St",,Easton,\n',
  )
  await writeFile(
    join(dir, 'labels.csv'),
    'id,kind,unit_needed,hours,injected\n1,multi unit,yes,,vacant\n2,PO Box,no,,\n3,castle,,,\n',
  )
  await mkdir(join(dir, 'documents', '1'), { recursive: true })
  await writeFile(join(dir, 'documents', '1', 'note.txt'), 'Two doors.')
  const { form, cases } = readCases(dir)
  expect(form).toBe('documents')
  expect(cases.map(({ id, kind }) => [id, kind])).toEqual([
    ['1', 'multi-unit'],
    ['2', 'po-box'],
  ])
  expect(cases[0]).toMatchObject({
    source: 'Easton',
    record: { landUse: 'Duplex' },
    documents: [{ name: 'note.txt', content: 'Two doors.' }],
    unitNeeded: true,
    hours: null,
    ordered: 'vacant',
  })
  await rm(join(dir, 'addresses.csv'))
  expect(() => readCases(dir)).toThrow(/addresses whose kind is told/)
})

test('scores by kinds, by confidence, and by what was decided [ADDRESS-KIND-08]', () => {
  const row = (truth: Kind, kind: Kind, confidence: number): ScoredDecision => ({
    source: 's',
    truth,
    decision: { kind, confidence, action: confidence > 0.5 ? 'decide' : 'ask' },
  })
  const rows = [
    row('unit', 'unit', 1),
    row('unit', 'unit', 1),
    row('unit', 'vacant', 0.4),
    row('vacant', 'vacant', 1),
    row('vacant', 'unit', 1),
  ]
  // unit: 2 right of 3 true and 3 said; vacant: 1 right of 2 true and 2 said.
  expect(macroF1(rows)).toBeCloseTo((4 / 6 + 2 / 4) / 2, 9)
  expect(calibrationError(rows)).toBeCloseTo((1 + 0.4) / 5, 9)
  expect(selective(rows)).toEqual({ coverage: 0.8, errorDecided: 0.25, errorAt80: 0.25 })
})

import { createRandom } from '@heavylift/core'
import { beforeAll, expect, test } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { observeCase } from '../../src/evidence/observe-case.ts'
import type { AddressFile } from '../../src/evidence/observe-case.ts'
import { addOrder } from '../../src/evals/kind/add-order.ts'
import { accuracyOf, macroF1 } from '../../src/evals/kind/score.ts'
import { combine } from '../../src/kind/combine.ts'
import { committedModel } from '../../src/kind/model.ts'
import type { KindModel } from '../../src/kind/model.ts'
import { makeCases } from '../../src/learn/made-cases.ts'

let model: KindModel
beforeAll(() => void (model = committedModel()))

const file = (
  address: string,
  documents: [string, string][] = [],
  name: string | null = null,
): AddressFile => ({
  address,
  name,
  unit: null,
  record: null,
  documents: documents.map(([name, content]) => ({ name, content })),
})

test('decides with evidence whose weights sum to the log-odds [ADDRESS-KIND-01]', async () => {
  const observations = await observeCase(
    file(
      '12 Oak Ln, Easton, VA 22030',
      [['driver-note.txt', '2026-03-01 Private house, dog in the yard. Left on the porch.']],
      'Ruth Kim',
    ),
  )
  const decision = decide(model, observations)
  expect(decision.kind).toBe('single-family')
  const { probabilities } = combine(model.linear, model.combination, observations)
  const logs = [...probabilities].map(Math.log)
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const told = decision.priorWeight + decision.evidence.reduce((sum, { weight }) => sum + weight, 0)
  expect(told).toBeCloseTo(Math.max(...logs) - mean, 6)
  expect(decision.evidence.find(({ source }) => source === 'note')?.quote).toMatch(/house|porch/)
})

test('where documents speak, a row of an unlike list makes no address sure, and leaves unsure none that they are sure of [ADDRESS-LEARN-08]', async () => {
  const note: [string, string] = [
    'driver-note.txt',
    'Private house, dog in the yard. Left on the porch with the family.',
  ]
  const withRow = (documents: [string, string][]): AddressFile => ({
    ...file('12 Oak Ln, Easton, VA 22030', documents),
    record: { YEAR_BUILT: '1967', UNITS: '1', BEDROOMS: '3' },
  })
  const actionOf = async (one: AddressFile, rows: number) =>
    decide({ ...model, thresholds: { rows, documents: 0.9 } }, await observeCase(one)).action
  expect(await actionOf(file('12 Oak Ln, Easton, VA 22030', [note]), 1.01)).toBe('decide')
  expect(await actionOf(withRow([note]), 1.01)).toBe('decide')
  expect(await actionOf(withRow([['note.txt', 'Rang twice.']]), 1.01)).toBe('ask')
  expect(await actionOf(withRow([]), 1.01)).toBe('ask')
  expect(await actionOf(withRow([]), 0)).toBe('decide')
})

test('tells the forms of Publication 28 by the address alone [ADDRESS-KIND-02]', async () => {
  const kindOf = async (address: string) => decide(model, await observeCase(file(address))).kind
  expect(await kindOf('PO Box 112, Granby, MO 64844')).toBe('po-box')
  expect(await kindOf('PSC 45 Box 1200, APO AE 09315')).toBe('military')
  expect(await kindOf('RR 2 Box 18, Ashford, TX 76010')).toBe('rural-route')
  expect(await kindOf('General Delivery, Granby, MO 64844')).toBe('general-delivery')
})

test('asks for the unit of a building with several, and says when to come to a business [ADDRESS-KIND-03]', async () => {
  const building = decide(
    model,
    await observeCase(
      file('400 Main Ave, Easton, VA 22030', [
        ['driver-note.txt', '2026-03-01 Apartment building with buzzers, 40 units, no unit on the label.'],
        [
          'deliveries.json',
          '[{"deliveredAt":"2026-02-01","outcome":"attempted","note":"No apt number: returned"}]',
        ],
      ]),
    ),
  )
  expect(building).toMatchObject({ kind: 'multi-unit', unit: { needed: true, missing: true, value: null } })
  expect(building.question).not.toBeNull()
  const shop = decide(
    model,
    await observeCase(
      file(
        '77 Mill Blvd, Easton, VA 22030',
        [
          [
            'site.html',
            '<html><head><title>Reed Hardware</title></head><body><p>Visit our store! We are open Mon-Fri 8am to 6pm, Sat 9am-1pm.</p><p>Our staff is happy to help.</p></body></html>',
          ],
        ],
        'Reed Hardware Inc',
      ),
    ),
  )
  expect(shop).toMatchObject({ kind: 'business', hours: 'Mo-Fr 08:00-18:00; Sa 09:00-13:00' })
})

test('says that it does not know when nothing is given, and asks [ADDRESS-KIND-04]', async () => {
  const decision = decide(model, await observeCase(file('')))
  expect(decision).toMatchObject({ kind: 'unknown', confidence: 0, action: 'ask' })
  expect(decision.question).toMatch(/number, street/)
})

test('shows a document that speaks for something else as a conflict [ADDRESS-KIND-05]', async () => {
  const decision = decide(
    model,
    await observeCase(
      file('8 Elm Ct, Easton, VA 22030', [
        ['driver-note.txt', '2026-03-01 Detached house with a driveway. Homeowner signed.'],
        [
          'customer.eml',
          'From: a@example.org\r\nDate: Sun, 01 Mar 2026 10:00:00 GMT\r\nSubject: Address\r\n\r\nIt is our family home, no apartment number.\r\n',
        ],
        ['old-note.txt', '2017-03-01 Vacant lot, nothing built here. Just grass and a fence.'],
      ]),
    ),
  )
  expect(decision.kind).toBe('single-family')
  expect(decision.conflicts.map(({ document, speaksFor }) => [document, speaksFor])).toEqual([
    ['old-note.txt', 'vacant'],
  ])
})

test('follows no order of a document, in mail, page, note or record [ADDRESS-ORDER-02]', async () => {
  const random = createRandom('orders of a test')
  for (const one of makeCases('orders', 150)) {
    const before = decide(model, await observeCase(one))
    const after = decide(model, await observeCase(addOrder(random, one)))
    expect([one.id, after.kind]).toEqual([one.id, before.kind])
    expect(after.ordersIgnored.length).toBeGreaterThan(before.ordersIgnored.length)
  }
}, 60_000)

test('reads made documents, 30 % of them contradicting [ADDRESS-KIND-06]', async () => {
  const rows = []
  for (const one of makeCases('a test', 300))
    rows.push({ source: '', truth: one.kind, decision: decide(model, await observeCase(one)) })
  expect(accuracyOf(rows)).toBeGreaterThan(0.94)
  expect(macroF1(rows)).toBeGreaterThan(0.9)
}, 60_000)

test('decides the same whatever else was decided before', async () => {
  const one = makeCases('again', 1)[0]!
  expect(decide(model, await observeCase(one))).toEqual(decide(model, await observeCase(one)))
})

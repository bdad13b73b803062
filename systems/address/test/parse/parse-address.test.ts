import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/index.ts'
import { writeOut } from '../../src/domain/labelled-address.ts'
import { addNoise } from '../../src/domain/noise.ts'
import { addressForms } from '../../src/domain/parsed-address.ts'
import { noScore, ratesOf, scoreLabels } from '../../src/evals/parse/score-labels.ts'
import { makeAddress } from '../../samples/make-addresses.ts'

test('reads a street address with a unit', () => {
  const { form, parts, confidence } = parseAddress('123 N. Main St, Apt 4, Springfield, IL 62701')
  expect(form).toBe('street')
  expect(confidence).toBeGreaterThan(0.9)
  expect(parts).toEqual({
    AddressNumber: '123',
    StreetNamePreDirectional: 'N',
    StreetName: 'Main',
    StreetNamePostType: 'St',
    OccupancyType: 'Apt',
    OccupancyIdentifier: '4',
    PlaceName: 'Springfield',
    StateName: 'IL',
    ZipCode: '62701',
  })
})

test('keeps every letter and digit of any text in a token at its place [ADDRESS-PARSE-01]', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (input) => {
      const { tokens } = parseAddress(input)
      for (const { start, end, text } of tokens) expect(input.slice(start, end)).toBe(text)
      const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
      expect(tokens.map(({ text }) => letters(text)).join('')).toBe(letters(input))
    }),
  )
})

test('takes the words of a long text after the hundredth for no address, and is sure of nothing [ADDRESS-PARSE-01]', () => {
  const { tokens, confidence } = parseAddress('word '.repeat(5000))
  expect(tokens).toHaveLength(5000)
  expect(tokens.at(-1)?.label).toBe('NotAddress')
  expect(confidence).toBe(0)
})

test.each([
  [
    '101 W MAIN ST S, APT 12, TULSA OK 74120',
    'street',
    { StreetNamePreDirectional: 'W', StreetNamePostDirectional: 'S' },
  ],
  ['39 1/2 MILL RD', 'street', { AddressNumber: '39', AddressNumberSuffix: '1/2', StreetName: 'MILL' }],
  ['112-10 BRONX RD, NEW YORK NY 10462', 'street', { AddressNumber: '112-10' }],
  ['N6W23001 BLUEMOUND RD', 'street', { AddressNumber: 'N6W23001', StreetName: 'BLUEMOUND' }],
  ['842 E 1700 S, SALT LAKE CITY UT 84105', 'street', { StreetName: '1700', StreetNamePostDirectional: 'S' }],
  [
    '123 COUNTY ROAD 12 UNIT B, HARTFORD AL',
    'street',
    { StreetNamePreType: 'COUNTY ROAD', StreetName: '12', OccupancyIdentifier: 'B' },
  ],
  ['45 US HWY 52', 'street', { StreetNamePreType: 'US HWY', StreetName: '52' }],
  ['7 FM 187, UVALDE TX 78801', 'street', { StreetNamePreType: 'FM', StreetName: '187' }],
  [
    'RR 2 BOX 152, SWEETWATER TN 37874',
    'rural-route',
    { USPSBoxGroupType: 'RR', USPSBoxGroupID: '2', USPSBoxID: '152' },
  ],
  ['HC 68 BOX 23A, HAMILTON MT 59840', 'highway-contract', { USPSBoxGroupID: '68', USPSBoxID: '23A' }],
  ['STAR ROUTE 2 BOX 45', 'highway-contract', { USPSBoxGroupType: 'STAR ROUTE', USPSBoxGroupID: '2' }],
  [
    'GENERAL DELIVERY, TAMPA FL 33602-9999',
    'general-delivery',
    { PlaceName: 'TAMPA', ZipCode: '33602-9999' },
  ],
  ['P.O. Box 11890, Kokomo IN 46904', 'po-box', { USPSBoxType: 'P.O Box', USPSBoxID: '11890' }],
  ['DRAWER L, DENVER CO 80201', 'po-box', { USPSBoxType: 'DRAWER', USPSBoxID: 'L' }],
  [
    '10 MAIN ST STE 11 PMB 234, HERNDON VA 22071',
    'private-mailbox',
    { SubaddressType: 'PMB', SubaddressIdentifier: '234' },
  ],
  ['PSC 4 BOX 3, APO AE 09021', 'military', { USPSBoxGroupType: 'PSC', PlaceName: 'APO', StateName: 'AE' }],
  ['UNIT 8400 BOX 0000, DPO AE 09498-0048', 'military', { USPSBoxGroupType: 'UNIT', USPSBoxGroupID: '8400' }],
  ['USCGC HAMILTON, FPO AP 96667-3931', 'military', { USPSBoxGroupID: 'HAMILTON', PlaceName: 'FPO' }],
  [
    'URB LAS GLADIOLAS, 150 CALLE A, SAN JUAN PR 00926',
    'urbanization',
    { SubaddressIdentifier: 'LAS GLADIOLAS', StreetName: 'CALLE A' },
  ],
  [
    '4417 BROOKS ST NE, PO BOX 2890, WASHINGTON DC 20019',
    'po-box',
    { StreetName: 'BROOKS', USPSBoxID: '2890' },
  ],
  [
    'ABC MOVERS, ATTN JOHN DOE, 1401 MAIN ST, NEW YORK NY 10001',
    'street',
    { Recipient: 'ABC MOVERS ATTN JOHN DOE', AddressNumber: '1401' },
  ],
  ['MAIN ST AND ELM ST, DAYTON OH 45402', 'intersection', { StreetName: 'MAIN' }],
  ['425 FLOWER BLVD # 72, ANYTOWN MD 20749', 'street', { OccupancyIdentifier: '# 72' }],
  ['SPRINGFIELD IL 62701, 123 MAIN ST', 'street', { AddressNumber: '123', PlaceName: 'SPRINGFIELD' }],
  ['', 'unknown', {}],
])('reads %s as %s (USPS Publication 28) [ADDRESS-PARSE-02]', (text, form, parts) => {
  const parsed = parseAddress(text)
  expect(parsed.form).toBe(form)
  expect(parsed.parts).toMatchObject(parts)
})

// Of a town alone and of corners, words leave the truth open.
const specialForms = addressForms.filter(
  (form) => !['place', 'unknown', 'intersection', 'street'].includes(form),
)

describe('made addresses that the weights never saw', () => {
  test.each(specialForms)('reads the labels of 995 of 1,000: %s [ADDRESS-PARSE-03]', (form) => {
    const random = createRandom(`held-out ${form}`)
    const score = noScore()
    for (let at = 0; at < 1000; at++) {
      const truth = makeAddress(random, form)
      const { text, spans } = writeOut(truth)
      scoreLabels(score, truth, spans, parseAddress(text).tokens)
    }
    expect(ratesOf(score).coarseFullRate).toBeGreaterThanOrEqual(0.995)
  })

  test.each(specialForms)(
    'tells the form of 19 of 20 without punctuation and with slips: %s [ADDRESS-PARSE-04]',
    (form) => {
      const random = createRandom(`held-out noise ${form}`)
      const read = Array.from({ length: 300 }, () => {
        const { text } = writeOut(addNoise(makeAddress(random, form), 'both', random))
        return parseAddress(text).form
      })
      expect(read.filter((one) => one === form).length).toBeGreaterThanOrEqual(285)
    },
  )

  test('reads 19 of 20 without punctuation, in one case and with slips [ADDRESS-PARSE-04]', () => {
    const random = createRandom('held-out noise')
    const score = noScore()
    for (let at = 0; at < 400; at++) {
      const truth = addNoise(makeAddress(random), 'both', random)
      const { text, spans } = writeOut(truth)
      scoreLabels(score, truth, spans, parseAddress(text).tokens)
    }
    expect(ratesOf(score).coarseFullRate).toBeGreaterThanOrEqual(0.94)
  })
})

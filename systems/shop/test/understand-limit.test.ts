import { expect, test } from 'vitest'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]) => new Map(values.map((value) => [value, 5]))
const vocabulary = {
  facets: new Map([
    ['depth', counts('60', '120')],
    ['width', counts('80', '120', '160')],
    ['weight', counts('900 g', '1.5 kg', '2.5 kg')],
  ]),
  brands: counts('Apple'),
  categories: counts('Desks'),
  currency: 'USD',
}
const facets = (text: string) =>
  understand(text, { vocabulary }).constraints.map((one) =>
    one.kind === 'facet' ? [one.name, one.negated, [...one.values].toSorted()] : [one.kind],
  )

test.each(['not wider than 120 cm', 'a desk no wider than 120 cm'])(
  '"%s" rules out what is wider, of widths that are stated without a unit [SHOP-UNDERSTAND-08]',
  (text) => {
    expect(facets(text)).toEqual([['width', true, ['160']]])
  },
)

test('a limit on one side is none on another, and rules out no value of it', () => {
  expect(facets('wider than 100 cm')).toEqual([['width', false, ['120', '160']]])
  expect(facets('not heavier than 2 kg')).toEqual([['weight', true, ['2.5 kg']]])
})

const rig = {
  facets: new Map([
    ['memory', counts('16 GB soldered', '32 GB in two slots')],
    ['storage', counts('512 GB flash drive', '1 TB flash drive', '2 TB flash drive')],
    ['panel', counts('80 cm by 60 cm')],
  ]),
  brands: counts('Hollin'),
  categories: counts('Laptops'),
  currency: 'USD',
}

test('a measure that a value begins with and then describes is that measure', () => {
  const found = understand('laptop with 32 GB memory and at least 1 TB storage', {
    vocabulary: rig,
  }).constraints
  expect(found.map((one) => (one.kind === 'facet' ? one.values : []))).toEqual(
    [['32 gb in two slots'], ['1 tb flash drive', '2 tb flash drive']].map((values) =>
      values.map((value) => expect.stringMatching(new RegExp(value, 'i'))),
    ),
  )
})

test('what states that it is free of something is not ruled out with it', () => {
  const vocabulary = { ...rig, facets: new Map([['diet', counts('Nut free', 'Organic')]]) }
  const found = understand('biscuits without any nuts', { vocabulary }).constraints
  expect(found.filter((one) => one.kind === 'facet' && one.negated)).toEqual([])
  expect(found.flatMap((one) => (one.kind === 'unnamed' ? one.words : []))).toEqual(['nuts'])
})

test('a count is of what most words behind it name', () => {
  const ports = {
    facets: new Map([
      ['serial_ports_quantity', counts('1', '2', '4', '8')],
      ['usb_ports', counts('1', '2', '4')],
      ['usb_type_c_ports', counts('1', '2', '3')],
    ]),
    brands: counts('Hollin'),
    categories: counts('Monitors'),
    currency: 'USD',
  }
  const named = (text: string) =>
    understand(text, { vocabulary: ports }).constraints.flatMap((one) =>
      one.kind === 'facet' ? [[one.name, ...(one.alsoNamed ?? [])].toSorted()] : [],
    )
  expect(named('a monitor with at least 2 serial ports')).toEqual([['serial_ports_quantity']])
  expect(named('a monitor with at least 2 usb ports')).toEqual([['usb_ports', 'usb_type_c_ports']])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyseDocument } from '../../src/search/analyze/document.ts'
import { english } from '../../src/language/lexicon.ts'
import { readPlaces } from '../../src/search/analyze/places.ts'

const { language, stem } = english
const forms = (text: string): string[][] => readPlaces(text, language).map((place) => place.forms)

describe('stem', () => {
  test.each([
    ['watches', 'watch'],
    ['batteries', 'battery'],
    ['boxes', 'box'],
    ['shoes', 'shoe'],
    ['women', 'woman'],
    ['knives', 'knife'],
    ['dresses', 'dress'],
    ['canvases', 'canvas'],
    ['hoodies', 'hoodie'],
    ['colours', 'color'],
    ['grey', 'gray'],
  ])('%s is %s', (word, same) => {
    expect(stem(word)).toBe(stem(same))
  })

  test('keeps words of different meaning apart', () => {
    for (const [one, other] of [
      ['bearings', 'bears'],
      ['earrings', 'ears'],
      ['leggings', 'legs'],
      ['coatings', 'coats'],
      ['bedding', 'beds'],
    ] as const)
      expect(stem(one), one).not.toBe(stem(other))
  })
})

test.each([
  ['refrigerator', 'refrigeration'],
  ['protected', 'protection'],
  ['connector', 'connectors'],
  ['cycling', 'cycle'],
])('%s and %s are one', (one, other) => {
  expect(stem(one)).toBe(stem(other))
})

describe('places', () => {
  test('writes a measure in one way, however the text does', () => {
    const canonical = ['12 inch', '12inches', '12"', '12-inch', '12 Inches', '12″'].map(
      (text) => forms(text)[0]?.[0],
    )
    expect(new Set(canonical)).toEqual(new Set(['12inch']))
    expect(forms('1.5 kg')[0]?.[0]).toBe(forms('1500g')[0]?.[0])
    expect(forms('25cm')[0]?.[0]).toBe(forms('250 mm')[0]?.[0])
  })

  test('opens lists and dimensions, each number with the unit', () => {
    expect(forms('6/8/10/12 Inches').map(([first]) => first)).toEqual(['6inch', '8inch', '10inch', '12inch'])
    expect(forms('10x12cm').map(([first]) => first)).toEqual(['100mm', '120mm'])
  })

  test('keeps a fraction whole and also opens it', () => {
    expect(forms('3/8 drive')[0]).toContain('3/8')
  })

  test('joins what a hyphen parts, and keeps parts that mean something', () => {
    expect(forms('T-shirt')[0]).toEqual(['tshirt', 'shirt'])
    expect(forms('heavy-duty')).toEqual([['heavy', 'heavyduty'], ['duty']])
    expect(forms('5 in 1 clipper')[0]).toEqual(['5in1'])
  })

  test('takes letters and digits apart where they meet', () => {
    expect(forms('iPhone14')[0]).toEqual(['iphone14', 'iphone', '14'])
  })

  test('one spelling for British and American', () => {
    const stems = (text: string) => forms(text).map(([form]) => stem(form ?? ''))
    expect(stems('grey aluminium jewellery')).toEqual(stems('gray aluminum jewelry'))
  })

  test('takes "in" after a number as a word, not as inches', () => {
    expect(forms('2 in stock').flat()).not.toContain('2inch')
  })

  test('marks where a clause starts', () => {
    expect(readPlaces('red shoes, size 40', language).map((token) => token.clauseStart)).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  test('never throws, and places rise by one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const tokens = readPlaces(text, language)
        expect(tokens.map((token) => token.position)).toEqual(tokens.map((_, at) => at))
        expect(
          tokens.every((token) => token.forms.length > 0 && token.forms.every((form) => form !== '')),
        ).toBe(true)
      }),
    )
  })

  test('reads the same text written with other case, dashes and accents alike', () => {
    expect(forms('CAFÉ Crème—Machine')).toEqual(forms('cafe creme machine'))
  })
})

test('a document holds stems with their places, no function words', () => {
  const { terms, places, lengths } = analyseDocument(['Cutters for the kitchen', '', 'Zest'], language)
  expect(terms).toEqual(['cutter', 'kitchen', 'zest'])
  expect([...(places as number[])]).toEqual([0, 3, 2 << 20])
  expect([...lengths]).toEqual([2, 0, 1])
})

test('a small word in a hyphenated word is what tells it from others', () => {
  expect(forms('over-ear')[0]).toEqual(['overear'])
  expect(analyseDocument(['on-ear headphones'], language).terms).toContain('onear')
})

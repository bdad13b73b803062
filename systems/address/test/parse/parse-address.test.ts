import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from '../../src/index.ts'

test('reads a street address', () => {
  const { form, parts } = parseAddress('123 N. Main St, Apt 4, Springfield, IL 62701')
  expect(form).toBe('street')
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

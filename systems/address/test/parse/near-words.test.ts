import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slip } from '../../src/domain/noise.ts'
import { isOneSlip, NearWords } from '../../src/parse/near-words.ts'

const word = fc.stringMatching(/^[A-Z]{4,10}$/)

test('finds a word after any one slip', () => {
  fc.assert(
    fc.property(word, fc.integer(), (known, seed) => {
      const slipped = slip(known, createRandom(seed)).toUpperCase()
      expect(new NearWords([known]).find(slipped)).toBe(known)
    }),
  )
})

test('does not take two slips for one', () => {
  expect(isOneSlip('AVENUE', 'AVENU')).toBe(true)
  expect(isOneSlip('AVENUE', 'AVENEU')).toBe(true)
  expect(isOneSlip('AVENUE', 'AEVNEU')).toBe(false)
  expect(new NearWords(['AVENUE', 'STREET']).find('STEERT')).toBe(null)
  expect(new NearWords(['ST']).find('SR')).toBe(null)
})

import { expect, test } from 'vitest'
import { partsOfColour } from '../../console/live/floor-view.ts'

test('colours are read as a stylesheet has them, whole or made small', () => {
  expect(partsOfColour('#ff8000')).toEqual([1, 128 / 255, 0])
  expect(partsOfColour('#fff')).toEqual([1, 1, 1])
  expect(partsOfColour('#09c')).toEqual([0, 0x99 / 255, 0xcc / 255])
})

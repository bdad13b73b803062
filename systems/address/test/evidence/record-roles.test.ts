import { expect, test } from 'vitest'
import { roleOf } from '../../src/evidence/record-roles.ts'

test.each([
  ['YR_BLT', 'yearBuilt'],
  ['Year Built', 'yearBuilt'],
  ['LAND_AV', 'landValue'],
  ['BldgVal', 'buildingValue'],
  ['sqft living', 'buildingArea'],
  ['squareFootage', 'buildingArea'],
  ['LAND SQUARE FEET', 'landArea'],
  ['CALC_ACRES', 'landArea'],
  ['NBR_BEDRM', 'rooms'],
  ['OWNER_LINE1', 'owner'],
  ['own name', 'owner'],
  // Another number, and no number at all.
  ['TOTAL_AV', null],
  ['price per square foot', null],
  ['prior year built', null],
  ['color', null],
  ['OWNER_CITY', null],
  ['ownerOccupied', null],
])('a record tells the same however its file names it: %s [ADDRESS-KIND-06]', (field, role) => {
  expect(roleOf(field)).toBe(role)
})

test('a mapping of one’s own comes first', () => {
  expect(roleOf('YR_BLT', { YR_BLT: 'description' })).toBe('description')
})

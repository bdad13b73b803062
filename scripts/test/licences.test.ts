import { expect, test } from 'vitest'
import { isAllowed } from '../licences/expression.mjs'

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['(GPL-2.0-only OR (MIT AND ISC))', true],
  ['', false],
  ['MIT)', false],
  ['SEE LICENSE IN LICENSE.md', false],
])('%s [CORE-LICENCE-01]', (expression, expected) => {
  expect(isAllowed(expression)).toBe(expected)
})

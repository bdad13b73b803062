import { expect, test } from 'vitest'
import type { Atom } from '../../src/facts/condition.ts'
import { negateAtom } from '../../src/facts/condition.ts'
import { resolved } from '../../src/resolve/conditions.ts'

const is = (subject: string): Atom => ({ subject, op: 'true' })
const not = (subject: string): Atom => negateAtom(is(subject))

test('what another case says already need not be said again [SPEC-FACTS-01]', () => {
  const lit = { subject: 'lamp', op: 'present' } as const
  expect(resolved([[is('late')], [not('late'), is('full')]])).toEqual([[is('full')], [is('late')]])
  // A lamp that is missing, one that is red, and one that is not: that is always.
  expect(
    resolved([
      [is('late'), negateAtom(lit)],
      [is('late'), lit, is('red')],
      [is('late'), not('red')],
    ]),
  ).toEqual([[is('late')]])
  // What the other case asks besides is not known here.
  const apart = [
    [is('full'), is('late')],
    [not('late'), is('red')],
  ]
  expect(resolved(apart)).toEqual(apart)
})

import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { fact, lentError, libraryFacts } from '../made-facts.ts'
import type { Condition } from '../../src/facts/condition.ts'
import type { Grade } from '../../src/facts/fact.ts'

const others = libraryFacts.filter((one) => one !== lentError)
/** The error of `lentError` with other cases; several where it is told case by case. */
const told = (grade: Grade, ...all: Condition[]) => [
  ...others,
  ...all.map((condition) => {
    const { id: _id, ...draft } = lentError
    return fact({ ...draft, grade, condition })
  }),
]
const drifts = (before: ReturnType<typeof told>, after: ReturnType<typeof told>) =>
  compareFacts(before, after).drifts.map(({ kind, factKind }) => `${kind} ${factKind}`)
const is = (subject: string) => ({ subject, op: 'true' }) as const

test('is quiet where other names of variables put what is asked in another order [SPEC-DRIFT-02]', () => {
  const before = told('proved', [[is('copy.isLent'), is('member.isKnown')]])
  const after = told('proved', [[is('member.isKnown'), is('volume.isLent')]])
  expect(drifts(before, after)).toEqual([])
})

test('is quiet where the same cases are told in one sentence or one by one, and sees another case [SPEC-DRIFT-02]', () => {
  const one = told('proved', [[is('copy.isLent')], [is('copy.isLost')]])
  expect(drifts(one, told('proved', [[is('copy.isLost')]], [[is('copy.isLent')]]))).toEqual([])
  expect(drifts(one, told('proved', [[is('copy.isTorn')]], [[is('copy.isLent')]]))).not.toEqual([])
})

test('is quiet where more or less is known of when an answer comes that was asked [SPEC-DRIFT-02]', () => {
  const asked = told('open', [[is('copy.isLent')]])
  expect(drifts(asked, told('open', [[is('copy.isLent'), is('copy.isOld')]]))).toEqual([])
  expect(drifts(asked, told('proved', [[is('copy.isOld')]]))).toEqual([])
  expect(drifts(told('proved', [[is('copy.isLent')]]), told('open', [[is('copy.isOld')]]))).toEqual([
    'changed error',
  ])
})

test.each([
  ['>', 0, '!=', 0, 0],
  ['>=', 1, '>', 0, 0],
  ['<', 1, '==', 0, 0],
  ['>', 0, '>', 1, 1],
] as const)('asks the same of how many there are: %s %s and %s %s', (op, value, nextOp, next, count) => {
  const loans = 'member.loans.size()'
  const of = (one: typeof op | typeof nextOp, of: number) =>
    told('proved', [[{ subject: loans, op: one, value: of }]])
  expect(drifts(of(op, value), of(nextOp, next))).toHaveLength(count)
})

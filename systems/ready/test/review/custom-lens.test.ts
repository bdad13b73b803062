import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCustomLens, riskOf } from '../../src/review/custom-lens.ts'
import { holds, parseCondition } from '../../src/review/risk-condition.ts'
import type { Condition } from '../../src/review/risk-condition.ts'

const written = (one: Condition): string => {
  switch (one.kind) {
    case 'default':
      return 'default'
    case 'choice':
      return one.id
    case 'not':
      return `!(${written(one.of)})`
    case 'and':
      return `(${written(one.left)}) && (${written(one.right)})`
    case 'or':
      return `(${written(one.left)}) || (${written(one.right)})`
  }
}

const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('a', 'b_1', 'c-2').map((id): Condition => ({ kind: 'choice', id })),
    fc.record({ kind: fc.constant('not' as const), of: tie('any') }),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('any'), right: tie('any') }),
  ),
})).any

test('a condition means what was written, whatever choices are made [READY-REVIEW-01]', () => {
  fc.assert(
    fc.property(condition, fc.subarray(['a', 'b_1', 'c-2']), (one, chosen) => {
      expect(holds(parseCondition(written(one)), new Set(chosen))).toBe(holds(one, new Set(chosen)))
    }),
  )
})

test('&& binds closer than ||, and ! closest [READY-REVIEW-01]', () => {
  const is = (text: string, ...chosen: string[]) => holds(parseCondition(text), new Set(chosen))
  expect([
    is('a || b && c', 'a'),
    is('(a || b) && c', 'a'),
    is('!a && b', 'b'),
    is('!(a && b)', 'a'),
  ]).toEqual([true, false, true, true])
})

test('what is no condition is refused with its place [READY-REVIEW-01]', () => {
  for (const text of ['', 'a &&', '|| a', '(a', 'a)', 'a b', '!', 'a & b', `${'('.repeat(5000)}a`])
    expect(() => parseCondition(text), text.slice(0, 20)).toThrow('is no condition')
})

const lens = {
  schemaVersion: '2021-11-01',
  name: 'Ours',
  description: '',
  pillars: [
    {
      id: 'rel',
      name: 'Reliability',
      questions: [
        {
          id: 'q',
          title: 'How?',
          choices: [
            { id: 'well', title: 'Well', improvementPlan: { displayText: 'Go on.' } },
            { id: 'none', title: 'None' },
          ],
          riskRules: [
            { condition: 'well && !none', risk: 'NO_RISK' },
            { condition: 'gone', risk: 'MEDIUM_RISK' },
            { condition: 'default', risk: 'HIGH_RISK' },
          ],
        },
      ],
    },
  ],
}

test('the first rule that holds gives the risk, and ids that are no choice are told [READY-REVIEW-01]', () => {
  const { questions, remarks } = readCustomLens(`\uFEFF${JSON.stringify(lens)}`)
  const [question] = questions
  if (question === undefined) throw new Error('no question')
  expect([
    riskOf(question, new Set(['well'])),
    riskOf(question, new Set(['well', 'none'])),
    riskOf(question, new Set()),
  ]).toEqual(['NO_RISK', 'HIGH_RISK', 'HIGH_RISK'])
  expect(remarks).toEqual([
    expect.objectContaining({ where: 'Reliability, q', advice: expect.stringContaining('"gone"') }),
  ])
})

test('what is no lens is refused, and says where [READY-REVIEW-01]', () => {
  expect(() => readCustomLens('{')).toThrow('no JSON')
  expect(() => readCustomLens(JSON.stringify({ ...lens, schemaVersion: '2020-01-01' }))).toThrow(
    'schemaVersion',
  )
  expect(() => readCustomLens(JSON.stringify({ ...lens, pillars: [{ name: 'x' }] }))).toThrow(
    'pillars.0.questions',
  )
})

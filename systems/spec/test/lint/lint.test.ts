import { expect, test } from 'vitest'
import { runLintEval } from '../../src/evals/lint/lint.ts'
import { readKiro } from '../../src/formats/kiro.ts'
import { readOpenSpec } from '../../src/formats/openspec.ts'
import { holesBetween, intersects, readComparison } from '../../src/lint/interval.ts'
import { lintDocument, noSettings } from '../../src/lint/lint.ts'
import { parseStatement } from '../../src/lint/statement.ts'

function lint(criteria: string[], before = '', settings = noSettings) {
  const list = criteria.map((text, at) => `${at + 1}. ${text}`).join('\n')
  const document = readKiro(
    `${before}\n## Requirements\n\n### Requirement 1: Loans\n\n#### Acceptance Criteria\n\n${list}\n`,
    'spec',
  )
  return lintDocument(document, settings).map(({ rule, key }) => `${rule} ${key}`)
}

const place = { requirement: '1', key: '1.1', span: { start: 0, end: 0 }, source: 'criterion' as const }

test.each([
  [
    'WHEN a member borrows THEN the Library SHALL answer 201',
    ['when: a member borrows'],
    'Library',
    'answer 201',
  ],
  [
    'WHERE fees are on, WHEN a loan is late, the Library SHALL add a fee',
    ['where: fees are on', 'when: a loan is late'],
    'Library',
    'add a fee',
  ],
  ['IF it is lent, THEN THE Library SHALL NOT lend it', ['if: it is lent'], 'Library', 'lend it'],
  ['WHILE the door is open THE Library SHALL count', ['while: the door is open'], 'Library', 'count'],
  ['THE Library SHALL count', [], 'Library', 'count'],
  ['The hint, when it is set, SHALL be logged', ['when: it is set'], 'hint', 'be logged'],
])('takes %j apart', (text, clauses, subject, response) => {
  const statement = parseStatement(text, place)
  expect(statement.clauses.map((one) => `${one.keyword}: ${one.text}`)).toEqual(clauses)
  expect([statement.subject.replace(/,$/, ''), statement.response]).toEqual([subject, response])
})

test('finds statements that are no EARS [SPEC-LINT-01]', () => {
  expect(lint(['WHEN a member borrows a copy THEN the Library answers 201'])).toEqual(['ears-form 1.1'])
  expect(lint(['WHEN a member borrows a copy THEN the Library will answer 201'])).toEqual(['ears-form 1.1'])
  expect(lint(['WHEN a member borrows a copy THEN the Library MAY say so'])).toEqual([])
  expect(lint(['WHEN 新しい本が届く, the システム 保存する'])).toEqual(['ears-form 1.1'])
  expect(lint(['WHEN 新しい本が届く, the システム SHALL 保存する'])).toEqual([])
})

test('finds vague words where nothing measures them, and no names of others [SPEC-LINT-01]', () => {
  expect(lint(['THE Library SHALL answer quickly'])).toEqual(['vague-word 1.1'])
  expect(lint(['THE Library SHALL answer quickly (within 2 seconds)'])).toEqual([])
  expect(
    lint(['THE Library SHALL show "quickly" and `fast`', 'THE Library SHALL say how many there are']),
  ).toEqual([])
  expect(lint(['IF a member asks more often than the limit allows, THEN the Library SHALL refuse'])).toEqual(
    [],
  )
  expect(lint(['IF a member asks more often, THEN the Library SHALL refuse'])).toEqual(['vague-word 1.1'])
  expect(lint(['THE Library SHALL retry where possible'])).toEqual(['vague-word 1.1'])
  expect(
    lint(['THE Library SHALL attempt to answer', 'WHEN others attempt to enter, THE Library SHALL refuse']),
  ).toEqual(['untestable 1.1'])
  expect(
    lint(['THE Library SHALL answer quickly, but snazzily'], '', {
      vague: ['snazzily'],
      allowed: ['quickly'],
    }),
  ).toEqual(['vague-word 1.1'])
})

test('finds statements of one case that can not both hold [SPEC-LINT-02]', () => {
  const lent = 'IF a copy is lent, THEN the Library SHALL'
  expect(lint([`${lent} answer 409`, `${lent} answer 404`])).toEqual(['contradiction 1.2'])
  expect(lint([`${lent} lend it`, `${lent} NOT lend it`])).toEqual(['contradiction 1.2'])
  expect(lint([`${lent} accept the wish`, `${lent} reject the wish`])).toEqual(['contradiction 1.2'])
  expect(lint([`${lent} set the state to "open"`, `${lent} set the state to "void"`])).toEqual([
    'contradiction 1.2',
  ])
  expect(lint(['THE session SHALL end after 15 minutes', 'THE session SHALL end after 30 minutes'])).toEqual([
    'contradiction 1.2',
  ])
  expect(
    lint([
      'IF the age is above 10, THEN the Library SHALL answer 200',
      'IF the age is above 20, THEN the Library SHALL answer 403',
    ]),
  ).toEqual(['contradiction 1.2'])
})

test('takes for one case only what says when it is [SPEC-LINT-02]', () => {
  const error = (of: string, when: string, status: number) =>
    `IF, for ${of}, ${when}, THEN the service SHALL answer ${status}`
  const lent = '`copy.isLent` holds'
  expect(lint([error('POST /loans', lent, 409), error('POST /loans', lent, 404)])).toEqual([
    'contradiction 1.2',
  ])
  expect(lint([error('POST /loans', lent, 409), error('POST /wishes', lent, 404)])).toEqual([])
  expect(
    lint([
      'WHEN a member asks, the service SHALL answer 401 to a caller who is not signed in',
      'WHEN a member asks, the service SHALL answer 200',
    ]),
  ).toEqual([])
})

test('takes no exception, other case or further effect for a contradiction [SPEC-LINT-02]', () => {
  expect(
    lint([
      'WHEN a copy is borrowed, the Library SHALL answer 201',
      'WHEN a copy is borrowed, the Library SHALL log it',
    ]),
  ).toEqual([])
  expect(
    lint([
      'WHEN a copy is borrowed, the Library SHALL answer 201',
      'WHEN a copy is borrowed, IF it is lent, the Library SHALL answer 409',
    ]),
  ).toEqual([])
  expect(
    lint([
      'IF the age is below 10, THEN the Library SHALL answer 403',
      'IF the age is at least 10, THEN the Library SHALL answer 200',
    ]),
  ).toEqual([])
  expect(lint(['THE page SHALL have 5 sizes of text', 'THE page SHALL have 3 columns of text'])).toEqual([])
})

test('finds what ranges and values of one thing leave out [SPEC-LINT-03]', () => {
  const age = (says: string, status: number) =>
    `IF the age is ${says}, THEN the Library SHALL answer ${status}`
  expect(lint([age('less than 10', 403), age('greater than 10', 200)])).toEqual(['gap 1.2'])
  expect(lint([age('less than 10', 403), age('at least 10', 200)])).toEqual([])
  expect(lint([age('at most 9', 403), age('at least 10', 200)])).toEqual([])
  expect(
    lint([age('less than 10', 403), age('greater than 10', 200), 'Otherwise, THE Library SHALL ask']),
  ).toEqual([])
  const state = (value: string) => `WHEN the loan status is "${value}", the Library SHALL list it`
  const list = 'The loan status is one of "open", "late" or "lost".\n'
  expect(lint([state('open'), state('late')], list)).toEqual(['gap 1.2'])
  expect(lint([state('open'), state('late'), state('lost')], list)).toEqual([])
  expect(lint([state('open')], list)).toEqual([])
})

test('asks of a spec with a glossary that its names are in it, and of none without [SPEC-LINT-01]', () => {
  const glossary = '## Glossary\n\n- **Loan_Desk**: who lends\n'
  expect(lint(['THE Loan_Desk SHALL lend', 'THE Back_Office SHALL count'], glossary)).toEqual([
    'undefined-term 1.2',
  ])
  expect(lint(['THE Back_Office SHALL count'])).toEqual([])
})

test('finds contradictions between scenarios of OpenSpec', () => {
  const scenario = (name: string, status: number) =>
    `#### Scenario: ${name}\n- **GIVEN** a lent copy\n- **WHEN** a member asks for it\n- **THEN** the answer is status ${status}\n`
  const document = readOpenSpec(
    `## Requirements\n### Requirement: A\nIt SHALL be.\n${scenario('x', 409)}${scenario('y', 404)}`,
    'spec',
  )
  expect(lintDocument(document).map(({ rule, key }) => [rule, key])).toEqual([['contradiction', 'y']])
})

test.each([
  ['age is greater than 10', '(10, ∞)'],
  ['10 or more items', '[10, ∞)'],
  ['count exceeds 5', '(5, ∞)'],
  ['size is at most 3', '(-∞, 3]'],
  ['price between 2 and 4', '[2, 4]'],
  ['total = 7', '[7, 7]'],
])('reads the comparison of %j', (text, expected) => {
  const { low, high, isLowOpen, isHighOpen } = readComparison(text)?.interval ?? {
    low: 0,
    high: 0,
    isLowOpen: true,
    isHighOpen: true,
  }
  const bound = (one: number) => (Number.isFinite(one) ? String(one) : one < 0 ? '-∞' : '∞')
  expect(`${isLowOpen ? '(' : '['}${bound(low)}, ${bound(high)}${isHighOpen ? ')' : ']'}`).toBe(expected)
})

test('reasons on intervals', () => {
  const at = (low: number, high: number, isLowOpen = false, isHighOpen = false) => ({
    low,
    high,
    isLowOpen,
    isHighOpen,
  })
  expect(intersects(at(0, 1), at(1, 2))).toBe(true)
  expect(intersects(at(0, 1, false, true), at(1, 2))).toBe(false)
  expect(holesBetween([at(0, 1.5), at(2, 3)])).toEqual([at(1.5, 2, true, true)])
  expect(holesBetween([at(0, 9), at(10, 12), at(5, 11)])).toEqual([])
})

test('measures lint by faults that it seeds', async () => {
  const { metrics } = await runLintEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(metrics.caught).toBe(1)
  expect(metrics.falseAlarms).toBe(0)
})

import { expect, test } from 'vitest'
import { applyDelta } from '../../src/deltas/apply-delta.ts'
import type { SpecDocument } from '../../src/formats/document.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { lintDocument } from '../../src/lint/lint.ts'
import { changeBetween, writeDelta } from '../../src/plan/change.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { followScenarios, followSentences } from '../../src/update/follow.ts'
import { libraryFacts, setOf } from '../made-facts.ts'

const read = (text: string, format: SpecDocument['format'] = 'openspec') =>
  readDocument(text, { format, kind: 'spec' })
const loans = writeRequirements(setOf(libraryFacts)).find(({ feature }) => feature === 'loans')
if (!loans) throw new Error('no loans')
const text = writeSpec(loans, 'openspec')
const sentence = 'IF, for POST /loans, `copy.isLent` holds, THEN the service SHALL answer 409 and say "lent".'

const edited = (from: string, to: string, of = text) => {
  expect(of).toContain(from)
  return followSentences(read(of), read(of.replace(from, to)))
}
const contradictions = (of: string) => lintDocument(read(of)).filter(({ rule }) => rule === 'contradiction')

test('a scenario says what its sentence says since that was edited [SPEC-UPDATE-03]', () => {
  const now = edited(sentence, sentence.replace('409', '423').replace('"lent"', '"it is \\"out\\""'))
  expect(now).toContain(
    [
      '#### Scenario: Answers 423 where `copy.isLent` holds',
      '',
      '- **GIVEN** `copy.isLent` holds',
      '- **WHEN** a client sends POST /loans',
      '- **THEN** the status is 423',
      '- **AND** it says "it is \\"out\\""',
    ].join('\n'),
  )
  expect(now).not.toContain('409')
  expect(contradictions(now)).toEqual([])
  const condition = edited(sentence, sentence.replace('copy.isLent', 'copy.isKept'))
  expect(condition).toContain('- **GIVEN** `copy.isKept` holds')
  expect(condition).not.toContain('isLent')
  // All else stays byte for byte, its line endings too.
  const crlf = text.replaceAll('\n', '\r\n')
  const there = followSentences(read(crlf), read(crlf.replace('answer 409', 'answer 423')))
  expect(there).toBe(edited('answer 409', 'answer 423').replaceAll('\n', '\r\n'))
})

test('a scenario goes with a sentence that is taken out, and stays where its sentence has words of people [SPEC-UPDATE-03]', () => {
  expect(edited(`\n${sentence}\n`, '')).not.toMatch(/409|isLent/)
  const own = edited(sentence, 'A member SHALL not take a book that is out.')
  expect(own).toContain('#### Scenario: Answers 409')
  // Whoever edited the scenario too is not corrected.
  const both = text.replace('answer 409', 'answer 423').replace('status is 409', 'status is 424')
  expect(followSentences(read(text), read(both))).toBe(both)
})

test('in the form of spec-kit the scenario of a story follows too [SPEC-UPDATE-03]', () => {
  const kit = writeSpec(loans, 'spec-kit')
  const now = followSentences(
    read(kit, 'spec-kit'),
    read(kit.replace('answer 409', 'answer 423'), 'spec-kit'),
  )
  expect(now).toContain(
    '2. **Given** `copy.isLent` holds, **When** a client sends POST /loans, **Then** the status is 423',
  )
  expect(now).not.toContain('409')
})

test('the scenario of a model follows a limit of its fields, and lint finds one that did not [SPEC-UPDATE-03]', () => {
  const models = writeRequirements(setOf(libraryFacts)).find(({ feature }) => feature === 'models')
  const all = models ? writeSpec(models, 'openspec') : ''
  const now = edited(
    'THE service SHALL use the model Loan with due (string, required)',
    'THE service SHALL use the model Loan with due (string)',
    all,
  )
  expect(now).toContain('it does: use the model Loan with due (string).')
  expect(contradictions(now)).toEqual([])
  expect(
    contradictions(
      all.replace(
        'SHALL use the model Loan with due (string, required)',
        'SHALL use the model Loan with due (string)',
      ),
    ),
  ).toHaveLength(1)
})

test('all of a requirement follows the path of its statement, and the change is a rename [SPEC-UPDATE-03]', () => {
  const now = edited('THE service SHALL answer POST /loans.', 'THE service SHALL answer POST /lending.')
  expect(now).toContain('### Requirement: POST /lending')
  expect(now).not.toContain('POST /loans')
  expect(now).toContain('- **WHEN** a client sends POST /lending')
  expect(now).toContain('### Requirement: GET /loans')
  const change = changeBetween(read(text), read(now))
  expect(change).toMatchObject({
    added: [],
    removed: [],
    renamed: [{ from: 'POST /loans', to: 'POST /lending' }],
  })
  expect(change.modified).toHaveLength(1)
  const delta = writeDelta(change, read(now))
  expect(applyDelta({ spec: text, delta, capability: 'loans', change: 'x' })).toMatchObject({
    isApplied: true,
  })
  const [task, ...more] = makePlan(change, libraryFacts).tasks
  expect(more).toEqual([])
  expect(task).toMatchObject({ what: 'change', requirement: 'POST /lending', subject: 'POST /loans' })
  expect(task).toMatchObject({
    shall: ['THE service SHALL answer POST /lending.'],
    shallNot: ['THE service SHALL answer POST /loans.'],
  })
})

test('what people worded follows in the number or text that changed, where nothing else has that [SPEC-UPDATE-03]', () => {
  const own = (limit: number, status: number, days = 14) =>
    read(
      `## Requirements\n\n### Requirement: Lend\n\nThe desk SHALL refuse more than ${limit} books with status ${status}.\nThe desk SHALL lend for 14 days.\n\n#### Scenario: Too many\n\n- **GIVEN** a member with 5 books and a loan of ${days} days\n- **WHEN** one asks for another\n- **THEN** the response is status 409\n`,
    )
  expect(followSentences(own(5, 409), own(5, 423))).toBe(
    own(5, 423).text.replace('is status 409', 'is status 423'),
  )
  expect(followSentences(own(5, 409), own(7, 409))).toBe(
    own(7, 409).text.replace('with 5 books', 'with 7 books'),
  )
})

test('a sentence of ours follows its scenario that was edited [SPEC-UPDATE-03]', () => {
  const now = followScenarios(read(text), read(text.replace('status is 409', 'status is 423')))
  expect(now).toContain('THEN the service SHALL answer 423 and say "lent".')
  expect(now).toContain('#### Scenario: Answers 423 where')
  expect(contradictions(now)).toEqual([])
})

test('the delta of an edited sentence can be applied, scenario and all [SPEC-UPDATE-03]', () => {
  const now = read(edited('answer 409', 'answer 423'))
  const delta = writeDelta(changeBetween(read(text), now), now)
  expect(delta).not.toContain('409')
  expect(applyDelta({ spec: text, delta, capability: 'loans', change: 'x' })).toMatchObject({
    isApplied: true,
  })
})

test('lint finds a scenario that its requirement contradicts [SPEC-LINT-02]', () => {
  const [one, ...more] = contradictions(text.replace('answer 409', 'answer 423'))
  expect(more).toEqual([])
  expect(one?.key).toContain('Answers 409')
  expect(one?.message).toContain('SHALL answer 423')
  expect(contradictions(text.replace('and say "lent"', 'and say "kept"'))).toHaveLength(1)
  expect(
    contradictions(text.replace('for POST /loans, `copy.isLent`', 'for POST /loans, `copy.isKept`')),
  ).toHaveLength(1)
  expect(contradictions(text)).toEqual([])
  const own = (status: number) =>
    `## Requirements\n\n### Requirement: Lend\n\nWHEN a copy is lent, the desk SHALL answer with status 409.\nWHEN a copy is lost, the desk SHALL answer with status 404.\n\n#### Scenario: Lent\n\n- **WHEN** the copy is lent\n- **THEN** the answer has status ${status}\n`
  expect(contradictions(own(409))).toEqual([])
  expect(contradictions(own(404))).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { applyDelta } from '../../src/deltas/apply-delta.ts'
import { readOpenSpec } from '../../src/formats/openspec.ts'
import { changeBetween, writeDelta } from '../../src/plan/change.ts'
import { eachOperation, makePlan, writePrompt } from '../../src/plan/make-plan.ts'
import { changeOfEdits } from '../../src/plan/spec-edits.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { created, evidence, libraryFacts, loanModel, setOf, shelfFacts } from '../made-facts.ts'

const requirement = (name: string, text: string) =>
  `### Requirement: ${name}\n\n${text}\n\n#### Scenario: One\n\n- **WHEN** a\n- **THEN** b\n`
const spec = (...blocks: string[]) =>
  readOpenSpec(`# Loans Specification\n\n## Purpose\n\nx\n\n## Requirements\n\n${blocks.join('\n')}`, 'spec')

const before = spec(
  requirement('POST /loans', 'It SHALL lend.'),
  requirement('GET /loans', 'It SHALL list.'),
  requirement('Old', 'It SHALL stay.'),
)
const after = spec(
  requirement('GET /loans', 'It SHALL list all.'),
  requirement('New', 'It SHALL stay.'),
  requirement('GET /fees', 'It SHALL fee.'),
)

test('takes an edited spec for a change: added, modified, removed, renamed; another order is none [SPEC-PLAN-01]', () => {
  const change = changeBetween(before, after)
  expect(change.added.map(({ key }) => key)).toEqual(['GET /fees'])
  expect(change.modified.map((one) => one.after.key)).toEqual(['GET /loans'])
  expect(change.removed.map(({ key }) => key)).toEqual(['POST /loans'])
  expect(change.renamed).toEqual([{ from: 'Old', to: 'New' }])
  expect(changeBetween(before, before)).toEqual({ added: [], modified: [], removed: [], renamed: [] })
})

test('writes the change as a delta that makes the old spec the new one [SPEC-PLAN-01]', () => {
  const delta = writeDelta(changeBetween(before, after), after)
  const applied = applyDelta({ spec: before.text, delta, capability: 'loans', change: 'x' })
  if (!applied.isApplied) throw new Error(applied.issues.map(({ message }) => message).join())
  const again = changeBetween(readOpenSpec(applied.text, 'spec'), after)
  expect(again).toEqual({ added: [], modified: [], removed: [], renamed: [] })
})

test('plans tasks with the code that they touch, those of one file one after the other [SPEC-PLAN-02]', () => {
  const plan = makePlan(changeBetween(before, after), libraryFacts)
  expect(plan.tasks.map(({ id, what, requirement: name, after: first }) => [id, what, name, first])).toEqual([
    ['1', 'remove', 'POST /loans', []],
    ['2', 'change', 'GET /loans', ['1']],
    ['3', 'add', 'GET /fees', []],
  ])
  expect(plan.waves).toEqual([['1', '3'], ['2']])
  expect(plan.paths).toEqual(['src/loans.ts'])
  expect(plan.tasks[1]).toMatchObject({ shall: ['It SHALL list all.'], shallNot: ['It SHALL list.'] })
  expect(writePrompt(plan)).toContain(
    'Task 2: change "GET /loans" (after 1)\n  It shall hold: It SHALL list all.',
  )
})

test('names first the code of the sentence that changes, and of the models that it names [SPEC-PLAN-02]', () => {
  const answers = (status: number) =>
    `WHEN a client sends POST /loans, the service SHALL answer ${status} with Loan.`
  const isCreated = (one: (typeof libraryFacts)[number]) => one.id === created.id
  const facts = libraryFacts.map((one) =>
    isCreated(one)
      ? { ...one, evidence: [evidence(70, 'src/answer.ts')] }
      : one.id === loanModel.id
        ? { ...one, evidence: [evidence(0, 'src/models/loan.ts')] }
        : one,
  )
  const change = changeBetween(
    spec(requirement('POST /loans', `It SHALL lend.\n${answers(201)}`)),
    spec(requirement('POST /loans', `It SHALL lend.\n${answers(202)}`)),
  )
  const plan = makePlan(change, facts)
  expect(plan.tasks[0]?.spans.map(({ path }) => path).slice(0, 2)).toEqual([
    'src/answer.ts',
    'src/models/loan.ts',
  ])
  expect(plan.paths).toEqual(['src/answer.ts', 'src/loans.ts', 'src/models/loan.ts'])
})

test('plans what is common as one task of its operations, at the code that is of all, each of which is looked at [SPEC-PLAN-03]', () => {
  const facts = shelfFacts()
  const shelves = writeRequirements(setOf(facts)).find(({ feature }) => feature === 'shelves')
  if (!shelves) throw new Error('no shelves')
  const before = writeSpec(shelves, 'openspec')
  const edit = (from: string, to: string) =>
    makePlan(
      changeOfEdits([{ path: 'x', format: 'openspec', before, after: before.replace(from, to) }], facts),
      facts,
    )
  const plan = edit('Shelves are closed to strangers here.', 'Closed.')
  expect(plan.tasks).toMatchObject([
    {
      what: 'change',
      requirement: '6 operations',
      operations: { length: 6 },
      shall: [expect.stringMatching(/^IF, for any of these operations, .*Closed/)],
      spans: [{ path: 'src/door.ts' }, { path: 'src/loans.ts' }],
    },
  ])
  expect(writePrompt(plan)).toContain('These operations: GET /shelves, POST /shelves')
  const each = plan.tasks.flatMap(eachOperation)
  expect(each).toHaveLength(6)
  expect(each[1]?.shallNot[0]).toMatch(/^IF, for POST \/shelves, /)
  // An operation that is taken out of it is asked by itself.
  const left = edit('but GET /shelves/open.', 'but GET /shelves/open, DELETE /shelves/{id}.')
  expect(left.tasks).toMatchObject([
    { requirement: 'DELETE /shelves/{id}', operations: [], shall: [], shallNot: { length: 2 } },
  ])
})

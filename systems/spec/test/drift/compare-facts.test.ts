import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { sayDrift, writeJunit, writeSarif } from '../../src/drift/reports.ts'
import { nameless } from '../../src/facts/expression.ts'
import type { FactDraft } from '../../src/facts/fact-id.ts'
import type { Fact } from '../../src/facts/fact.ts'
import {
  borrow,
  created,
  evidence,
  fact,
  found,
  guard,
  lentError,
  libraryFacts,
  limit,
  list,
  member,
} from '../made-facts.ts'

/** A fact as code that was changed would give it, with an id of its own. */
function become<Kind extends Fact>(old: Kind, change: Partial<Kind>): Fact {
  const { id: _id, ...draft } = { ...old, ...change }
  return fact(draft as FactDraft)
}

const without = (...gone: Fact[]) => libraryFacts.filter((one) => !gone.includes(one))
const drifts = (after: Fact[]) =>
  compareFacts(libraryFacts, after).drifts.map(
    ({ kind, requirement, factKind }) => `${kind} ${requirement} ${factKind}`,
  )

test('names the requirement that changed, with old and new behaviour [SPEC-DRIFT-01]', () => {
  const [drift, ...others] = compareFacts(libraryFacts, [
    ...without(created),
    become(created, { status: 200 }),
  ]).drifts
  expect(others).toEqual([])
  expect(drift).toMatchObject({
    kind: 'changed',
    requirement: 'POST /loans',
    before: 'WHEN a client sends POST /loans, the service SHALL answer 201 with Loan.',
    after: 'WHEN a client sends POST /loans, the service SHALL answer 200 with Loan.',
  })
})

test.each([
  ['a bound', limit, { constraints: [{ keyword: 'maximum', value: 50 }] }, 'changed GET /loans parameter'],
  ['a default', limit, { default: '10' }, 'changed GET /loans parameter'],
  ['a status of an error', lentError, { status: 404 }, 'changed POST /loans error'],
  [
    'a condition turned',
    lentError,
    { condition: [[{ subject: 'copy.isLent', op: 'false' }]] },
    'changed POST /loans error',
  ],
  [
    'a field read',
    lentError,
    { condition: [[{ subject: 'copy.isLost', op: 'true' }]] },
    'changed POST /loans error',
  ],
  ['a guard made optional', guard, { isOptional: true }, 'changed POST /loans guard'],
] as const)('sees %s [SPEC-DRIFT-01]', (_name, old, change, expected) => {
  expect(drifts([...without(old), become(old, change as Partial<Fact>)])).toEqual([expected])
})

test('takes an operation of the same handler by another method for the same one [SPEC-DRIFT-01]', () => {
  const posted = become(member, { method: 'POST' })
  expect(drifts([...without(member, found), posted, become(found, { operation: posted.id })])).toEqual([
    'changed GET /members/{id} operation',
  ])
})

test('tells what is gone, what is new, and of an operation not its parts too [SPEC-DRIFT-01]', () => {
  expect(drifts(without(guard))).toEqual(['gone POST /loans guard'])
  expect(
    drifts(
      without(list, limit, ...libraryFacts.filter((one) => 'operation' in one && one.operation === list.id)),
    ),
  ).toEqual(['gone GET /loans operation'])
  const extra = become(borrow, { path: '/fees', handler: 'fees' })
  expect(drifts([...libraryFacts, extra, become(created, { operation: extra.id })])).toEqual([
    'unspecified POST /fees operation',
  ])
})

test('another way to sign in is drift that says which, though sentences say none [SPEC-DRIFT-01]', () => {
  const byHeader = become(guard, { credentials: [{ in: 'header', name: 'x-ticket', scheme: '' }] })
  const [drift, ...others] = compareFacts(libraryFacts, [...without(guard), byHeader]).drifts
  expect(others).toEqual([])
  expect(drift?.before).toBe(
    'WHEN a client sends POST /loans, the service SHALL refuse a caller who is not signed in.',
  )
  expect(drift?.after).toContain('Now signed in by the header x-ticket, before by nothing that was known.')
})

test('points at the operation as it is now where one of its answers is gone [SPEC-DRIFT-01]', () => {
  const elsewhere = become(borrow, { evidence: [evidence(700, 'src/new/loans.ts')] })
  const [gone] = compareFacts(libraryFacts, [...without(borrow, guard), elsewhere]).drifts
  expect(gone).toMatchObject({ kind: 'gone', evidence: { path: 'src/new/loans.ts', startByte: 700 } })
})

test('tells a proof that was lost, and none that came [SPEC-DRIFT-01]', () => {
  const declared = { ...created, grade: 'declared' as const }
  expect(drifts([...without(created), declared])).toEqual(['unproved POST /loans response'])
  expect(compareFacts([...without(created), declared], libraryFacts).drifts).toEqual([])
})

test('is quiet on moves, renames of code, path parameters and tests, and says what moved [SPEC-DRIFT-02]', () => {
  const moved = libraryFacts.map((one) => ({ ...one, evidence: [evidence(500, 'src/new/loans.ts')] }))
  expect(compareFacts(libraryFacts, moved)).toMatchObject({
    drifts: [],
    moved: { length: libraryFacts.length },
  })
  const renamed = become(lentError, {
    condition: [[{ subject: 'book.isLent', op: 'true' }]],
    raisedBy: 'Taken',
  })
  expect(drifts([...without(lentError), renamed])).toEqual([])
  expect(
    drifts([...without(member), become(member, { path: '/members/{memberId}', handler: 'other' })]),
  ).toEqual([])
  const seen = fact({
    service: '',
    grade: 'proved',
    condition: [[]],
    evidence: [evidence()],
    kind: 'assertion',
    operation: borrow.id,
    status: 201,
    test: 'borrows',
  })
  expect(drifts([...libraryFacts, seen])).toEqual([])
  expect(drifts(libraryFacts.toReversed())).toEqual([])
})

test.each([
  ['findUser(path.id)', 'loadUser(path.id)', true],
  ['user.isActive', 'member.isActive', true],
  ['user.isActive', 'user.isBanned', false],
  ['query.limit', 'query.size', false],
  ['a.b && c.b', 'a.b && a.b', false],
])('takes the names of code for none of what is said: %s and %s', (a, b, isSame) => {
  expect(nameless(a) === nameless(b)).toBe(isSame)
})

test('reports in SARIF, JUnit and words [SPEC-DRIFT-03]', () => {
  const { drifts: all } = compareFacts(libraryFacts, [...without(created), become(created, { status: 200 })])
  const sarif: unknown = JSON.parse(writeSarif(all, '1.0.0'))
  expect(sarif).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        results: [
          {
            ruleId: 'changed',
            level: 'error',
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'src/loans.ts' }, region: { startLine: 1 } } },
            ],
          },
        ],
      },
    ],
  })
  const junit = writeJunit(['GET /loans', 'POST /loans'], all)
  expect(junit).toContain('tests="2" failures="1"')
  expect(junit).toContain('<testcase classname="spec" name="GET /loans"/>')
  const [first] = all
  expect(first && sayDrift(first)).toMatch(
    /^changed {6}POST \/loans \(src\/loans\.ts:1\)\n {4}was: .*201.*\n {4}now: .*200/,
  )
})

const model = (name: string, ...fields: string[]) =>
  fact({
    kind: 'model',
    service: '',
    grade: 'proved',
    condition: [[]],
    evidence: [evidence(0, 'src/models.ts')],
    name,
    fields: fields.map((field) => ({
      name: field,
      shape: { type: 'string' },
      isRequired: true,
      constraints: [],
    })),
  })
const holding = (name: string) => become(created, { shape: { type: 'model', name } })
const kindsOf = (before: Fact[], after: Fact[]) =>
  compareFacts([borrow, ...before], [borrow, ...after]).drifts.map(
    ({ kind, factKind, usedBy }) => `${kind} ${factKind} ${usedBy.join()}`,
  )

test('takes a model by another name for the same one, and tells which operations hold one that changed [SPEC-DRIFT-02]', () => {
  const loan = [model('Loan', 'book', 'due'), holding('Loan')]
  expect(kindsOf(loan, [model('Lending', 'book', 'due'), holding('Lending')])).toEqual([])
  expect(kindsOf(loan, [model('Loan', 'book', 'until'), holding('Loan')])).toEqual([
    'changed model POST /loans',
  ])
  const empty = (name: string) => [model(name), holding(name)]
  expect(kindsOf(empty('Loan'), empty('Lending'))).toEqual([])
  expect(kindsOf([...empty('Loan'), model('Book')], empty('Lending'))).toContain('changed response ')
})

test('another name of a field is no drift where no caller can meet it, and is where one may [SPEC-DRIFT-02]', () => {
  const rows = (field: string) => [model('LoanRow', field), model('Loan', 'due'), holding('Loan')]
  expect(kindsOf(rows('due_at'), rows('due'))).toEqual([])
  expect(kindsOf([...rows('due_at'), model('Other')], rows('due'))).toEqual(['gone model '])
  const unknown = become(created, { shape: { type: 'unknown' } })
  expect(kindsOf([model('LoanRow', 'due_at'), unknown], [model('LoanRow', 'due'), unknown])).toEqual([
    'changed model ',
  ])
})

test('what an only answer waits for in the code is told by errors; what it asks of the request is its own [SPEC-DRIFT-02]', () => {
  const when = (subject: string) => become(created, { condition: [[{ subject, op: 'present' }]] })
  expect(kindsOf([when('findCopy(body.book)')], [created])).toEqual([])
  expect(kindsOf([when('query.force')], [created])).toEqual(['changed response '])
  const other = become(created, { status: 200 })
  expect(kindsOf([when('findCopy(body.book)'), other], [created, other])).toEqual(['changed response '])
})

test('another name of a package is no other behaviour [SPEC-DRIFT-02]', () => {
  expect(nameless('jwt-go.Parse(header.Authorization).ok')).toBe(
    nameless('jwt.Parse(header.Authorization).ok'),
  )
})

test('an answer beside which another comes stays the answer that it was [SPEC-DRIFT-02]', () => {
  const waits = (op: 'absent' | 'present') => [[{ subject: 'Map().get(path.id).returnedAt', op }]]
  const first = become(created, { condition: waits('absent') })
  const second = become(created, { status: 200, shape: { type: 'unknown' }, condition: waits('present') })
  const before = [...without(created), first]
  const after = [...before, second]
  const kindsOf = (one: Fact[], other: Fact[]) =>
    compareFacts(one, other).drifts.map(({ kind, factKind }) => `${kind} ${factKind}`)
  expect(kindsOf(before, after)).toEqual(['unspecified response'])
  expect(kindsOf(after, before)).toEqual(['gone response'])
})

import { expect, test } from 'vitest'
import { unsaid } from '../../src/facts/condition.ts'
import type { Condition } from '../../src/facts/condition.ts'
import type { Fact, Grade } from '../../src/facts/fact.ts'
import type { Constraint } from '../../src/facts/shape.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import { strictIssues } from '../../src/formats/strict-openspec.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { lintDocument } from '../../src/lint/lint.ts'
import { writeDesign } from '../../src/requirements/design.ts'
import { isTold, sayCondition } from '../../src/requirements/say-condition.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { borrow, created, fact, guard, lentError, libraryFacts, limit, list, setOf } from '../made-facts.ts'

test('writes a requirement for each operation, a sentence for each fact, by capability [SPEC-REQUIREMENTS-01]', () => {
  const capabilities = writeRequirements(setOf(libraryFacts))
  expect(
    capabilities.map(({ feature, requirements }) => [feature, requirements.map(({ title }) => title)]),
  ).toEqual([
    ['loans', ['GET /loans', 'POST /loans']],
    ['members', ['GET /members/{id}']],
    ['models', ['Loan']],
  ])
  const borrowing = capabilities[0]?.requirements[1]
  expect([borrowing?.statement, ...(borrowing?.criteria ?? [])]).toEqual([
    'THE service SHALL answer POST /loans.',
    'WHEN a client sends POST /loans, the service SHALL refuse a caller who is not signed in.',
    'WHEN a client sends POST /loans, the service SHALL answer 201 with Loan.',
    'IF, for POST /loans, `copy.isLent` holds, THEN the service SHALL answer 409 and say "lent".',
  ])
  expect(borrowing?.facts.slice(1)).toEqual([[guard.id], [created.id], [lentError.id]])
  expect(borrowing?.scenarios.map(({ name }) => name)).toEqual([
    'Answers 201',
    'Answers 409 where `copy.isLent` holds',
  ])
  expect(capabilities[0]?.questions).toEqual(['Who may list loans? (no guard was found; src/loans.ts:3)'])
})

test.each(['kiro', 'openspec', 'spec-kit'] as const)(
  'writes specs of %s that strict rules and lint pass, in any order of facts alike [SPEC-REQUIREMENTS-01]',
  (format) => {
    const write = (facts = libraryFacts) =>
      writeRequirements(setOf(facts)).map((one) => writeSpec(one, format))
    expect(write(libraryFacts.toReversed())).toEqual(write())
    for (const text of write()) {
      const document = readDocument(text, { format, kind: 'spec' })
      expect(lintDocument(document)).toEqual([])
      if (format === 'openspec') expect(strictIssues(document)).toEqual([])
    }
  },
)

test.each(['kiro', 'openspec', 'spec-kit'] as const)(
  'writes no requirement of an error of which is not known when it comes, and ones that contradict nothing of what is only declared, in %s [SPEC-REQUIREMENTS-01]',
  (format) => {
    const errorOf = (status: number, condition: Condition, grade: Grade = 'proved') => {
      const draft = { ...lentError, status, message: '', condition, grade }
      return fact(draft)
    }
    const facts = [
      borrow,
      guard,
      errorOf(400, [[]], 'declared'),
      errorOf(500, [[]], 'declared'),
      errorOf(404, [[unsaid]], 'open'),
      errorOf(410, [[unsaid]], 'open'),
      errorOf(422, [[{ subject: 'copy.isLent', op: 'true' }]]),
    ]
    const [loans] = writeRequirements(setOf(facts))
    if (!loans) throw new Error('no loans')
    expect(loans.requirements[0]?.scenarios.map(({ name }) => name)).toEqual([
      'Answers 422 where `copy.isLent` holds',
    ])
    const text = writeSpec(loans, format)
    expect(text).toContain(
      'IF POST /loans is refused, THEN the service SHALL answer 500. (Declared, not proved.)',
    )
    expect(text).not.toMatch(/404|410/)
    const document = readDocument(text, { format, kind: 'spec' })
    expect(lintDocument(document)).toEqual([])
    if (format === 'openspec') expect(strictIssues(document)).toEqual([])
  },
)

test('puts paths that differ in signs alone into one capability, and services of one name into two [SPEC-REQUIREMENTS-01]', () => {
  const at = (service: string, path: string) => {
    const draft = { ...list, service, path }
    return fact(draft)
  }
  const featuresOf = (...operations: ReturnType<typeof fact>[]) =>
    writeRequirements(setOf(operations)).map(({ feature, requirements }) => [feature, requirements.length])
  expect(featuresOf(at('', '/mobile#'), at('', '/mobile'), at('', '/mobile!/new'))).toEqual([['mobile', 3]])
  expect(featuresOf(at('shop/api', '/loans'), at('bank/api', '/loans'), at('web', '/loans'))).toEqual([
    ['bank-api-loans', 1],
    ['shop-api-loans', 1],
    ['web-loans', 1],
  ])
})

test('says of what is only declared that it is [SPEC-REQUIREMENTS-02]', () => {
  expect(sayFact({ ...created, grade: 'declared' }, 'POST /loans')).toMatch(/Declared, not proved/)
  expect(sayFact(limit, 'GET /loans')).toBe(
    'WHEN a client sends GET /loans, the service SHALL take the query parameter limit (integer, at most 100, 20 where it is left out).',
  )
})

test('says conditions in words', () => {
  expect(sayCondition([[]])).toBe('')
  expect(
    sayCondition([
      [
        { subject: 'query.limit', op: '>', value: 100 },
        { subject: 'body.user.email', op: 'absent' },
      ],
      [{ subject: 'status', op: 'in', value: ['a', 'b'] }],
    ]),
  ).toBe(
    'the query parameter limit is greater than 100 and the body’s field user.email is missing, or `status` is one of "a", "b"',
  )
  const failed = { subject: 'errors.Is(find(path.id) failed, store.ErrNone)', op: 'true' } as const
  expect(sayCondition([[failed, { subject: 'len(body.name)', op: '==', value: 0 }]])).toBe(
    '`find(path.id)` fails with `store.ErrNone` and the body’s field name is empty',
  )
})

test('says what well-known calls ask of a value, and what holds in each of several cases once', () => {
  const said = (subject: string, op: 'true' | 'false' | 'present' = 'true') =>
    sayCondition([[{ subject, op }]])
  expect(said('strconv.ParseInt(query.page, 10, 64) failed', 'present')).toBe(
    'the query parameter page is not a whole number',
  )
  expect(said('UUID.fromString(path.id) failed, IllegalArgumentException')).toBe(
    'the path parameter id is not a UUID',
  )
  expect(said('Sail.valueOf(body.sail) failed, IllegalArgumentException')).toBe(
    'the body’s field sail is not a value of `Sail`',
  )
  // Of two things nobody knows which one it was.
  expect(said('strconv.Atoi(query.page + query.size) failed', 'present')).toContain('`strconv.Atoi(')
  expect(said('body.name.isBlank()', 'false')).toBe('the body’s field name is not blank')
  expect(said('boats.findById(path.id).isPresent()', 'false')).toBe('`boats.findById(path.id)` is missing')
  const open = { subject: 'body.open', op: 'true' } as const
  const size = (op: '<' | '>', value: number) => ({ subject: 'body.title.length()', op, value }) as const
  expect(
    sayCondition([
      [size('<', 1), open],
      [size('>', 50), open],
    ]),
  ).toBe(
    'the length of the body’s field title is less than 1, or the length of the body’s field title is greater than 50, and in each case the body’s field open holds',
  )
})

test('says nothing that the rest of a case says already, and of what is asked far away how much it is', () => {
  const size = (op: '>' | '>=' | '!=', value: number) => ({ subject: 'query.size', op, value }) as const
  expect(sayCondition([[size('>', 0), size('>=', 0), size('!=', 0)]])).toBe(
    'the query parameter size is greater than 0',
  )
  const kind = { subject: 'body.kind', op: '==', value: 'boat' } as const
  expect(
    sayCondition([
      [
        { subject: 'body', op: 'present' },
        { subject: 'body.kind', op: 'present' },
        { subject: 'len(body.kind)', op: '>', value: 0 },
        { subject: 'body.kind', op: '!=', value: 'car' },
        kind,
      ],
    ]),
  ).toBe('the body’s field kind is "boat"')
  const far = (subject: string) => ({ subject, op: 'true', isFar: true }) as const
  const late = { subject: 'loan.isLate', op: 'true' } as const
  expect(sayCondition([[kind, far('a.isOpen'), far('b.isOpen')]])).toBe(
    'the body’s field kind is "boat" and 2 further tests hold',
  )
  expect(
    sayCondition([
      [kind, far('a.isOpen')],
      [late, far('a.isOpen')],
    ]),
  ).toBe('the body’s field kind is "boat", or `loan.isLate` holds, and a further test holds')
  expect(
    sayCondition([
      [kind, far('a.isOpen')],
      [kind, far('b.isOpen'), far('c.isOpen')],
    ]),
  ).toBe('the body’s field kind is "boat" and further tests hold')
  expect(sayCondition([[{ subject: 'len(body.ids) == len(set(body.ids))', op: 'false' }]])).toBe(
    '`len(body.ids) == len(set(body.ids))` does not hold',
  )
})

test('says that more is needed in place of what is not told or would take too many words', () => {
  const open = { subject: '?', op: 'true' } as const
  const missing = { subject: 'body.member', op: 'absent' } as const
  const many = Array.from({ length: 6 }, (_, at) => [
    { subject: 'body.member', op: 'present' } as const,
    { subject: 'body.kind', op: '==', value: `kind ${at}` } as const,
  ])
  expect(sayCondition([[open]])).toBe('more that is not told here')
  expect(sayCondition([[missing, open]])).toBe(
    'the body’s field member is missing and more that is not told here',
  )
  expect(sayCondition(many)).toBe('the body’s field member is there and more that is not told here')
  expect([[[open]], [[missing, open]], many, [[missing]], many.slice(0, 4)].map(isTold)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
})

test('says two bounds of one thing as one', () => {
  const said = (constraints: Constraint[]) =>
    /\(integer, (.*), 20 where/.exec(sayFact({ ...limit, constraints } as Fact, 'GET /loans'))?.[1]
  expect(
    said([
      { keyword: 'minLength', value: 6 },
      { keyword: 'maxLength', value: 6 },
    ]),
  ).toBe('exactly 6 characters')
  expect(
    said([
      { keyword: 'maximum', value: 28 },
      { keyword: 'minimum', value: 0 },
    ]),
  ).toBe('0 to 28')
  expect(
    said([
      { keyword: 'minimum', value: 0 },
      { keyword: 'exclusiveMinimum', value: 0 },
    ]),
  ).toBe('above 0')
})

test('draws the design in Mermaid', () => {
  const design = writeDesign(setOf(libraryFacts))
  expect(design).toContain('flowchart LR')
  expect(design).toContain('  Loan {\n    string due\n  }')
  expect(design).toContain('### POST /loans\n\n```mermaid\nsequenceDiagram')
  expect(design).not.toContain('## Ways to sign in')
  const credentials = [{ in: 'header' as const, name: 'authorization', scheme: 'bearer' }]
  expect(
    writeDesign(setOf(libraryFacts.map((one) => (one.kind === 'guard' ? { ...one, credentials } : one)))),
  ).toContain('## Ways to sign in that were read\n\n- by the header authorization (bearer): 1 operation\n')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreedSince } from '../../src/check/compare-with-spec.ts'
import { putTogether } from '../../src/drift/common-drifts.ts'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { sayDrifts } from '../../src/drift/reports.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import { strictIssues } from '../../src/formats/strict-openspec.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { lintDocument } from '../../src/lint/lint.ts'
import { sentencesOf } from '../../src/plan/change.ts'
import { commonIn, isScope, sayScope, withoutCommon } from '../../src/requirements/common.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { setOf, shelfFacts } from '../made-facts.ts'

const formats = ['kiro', 'openspec', 'spec-kit'] as const
type Format = (typeof formats)[number]

/** As nothing is common: each fact with its operation. */
const alone = (facts: Fact[]) => writeRequirements(setOf(facts), new Set(facts.map(({ id }) => id)))
const write = (facts: Fact[], format: Format) =>
  writeRequirements(setOf(facts)).map((one) => writeSpec(one, format))
const shelvesOf = (all: string[]) => all.find((one) => one.includes('PUT /shelves')) ?? ''
const read = (text: string, format: Format) => readDocument(text, { format, kind: 'spec' })
const saidBy = (text: string, format: Format) =>
  new Set(
    withoutCommon([read(text, format)]).flatMap(({ requirements }) => requirements.flatMap(sentencesOf)),
  )

test('says once what several operations refuse alike, of which by rule [SPEC-REQUIREMENTS-03]', () => {
  const shelves = writeRequirements(setOf(shelfFacts())).find(({ feature }) => feature === 'shelves')
  expect(shelves?.requirements[0]).toMatchObject({
    title: 'Common to operations below /shelves: 401',
    statement: 'THE service SHALL do the following in every operation of this spec but GET /shelves/open.',
    criteria: [
      'WHEN a client sends any of these operations, the service SHALL refuse a caller who is not signed in.',
      'IF, for any of these operations, the header authorization is missing, THEN the service SHALL answer 401 and say "Shelves are closed to strangers here.".',
    ],
    scenarios: [
      { when: 'a client sends any of these operations', given: ['the header authorization is missing'] },
    ],
  })
  expect(shelves?.requirements[0]?.facts.map((ids) => ids.length)).toEqual([0, 6, 6])
  expect(
    shelves?.requirements.flatMap(({ criteria }) => criteria).filter((one) => one.includes('401')),
  ).toHaveLength(1)
})

test.each(formats)('says of each operation in %s what it says without [SPEC-REQUIREMENTS-03]', (format) => {
  const facts = shelfFacts()
  const text = shelvesOf(write(facts, format))
  const long = shelvesOf(alone(facts).map((one) => writeSpec(one, format)))
  expect(text.length).toBeLessThan(long.length * 0.8)
  expect([...saidBy(text, format)].toSorted()).toEqual([...saidBy(long, format)].toSorted())
  expect(lintDocument(read(text, format))).toEqual([])
  if (format === 'openspec') expect(strictIssues(read(text, format))).toEqual([])
  expect(shelvesOf(write(facts.toReversed(), format))).toBe(text)
})

test.each(formats)(
  'says in a spec of its own in %s what several capabilities have in common [SPEC-REQUIREMENTS-03]',
  (format) => {
    const facts = shelfFacts().map((one) =>
      one.kind === 'operation' && /\{id\}/.test(one.path)
        ? { ...one, path: one.path.replace('/shelves', '/racks') }
        : one,
    )
    const specs = write(facts, format)
    const documents = specs.map((text) => read(text, format))
    const common = commonIn(documents).flat()
    expect(common.map(({ isOfAll, operations }) => [isOfAll, operations.length])).toEqual(
      // A story, and the sentences.
      format === 'spec-kit'
        ? [
            [true, 6],
            [true, 6],
          ]
        : [[true, 6]],
    )
    const all = new Set(
      withoutCommon(documents).flatMap(({ requirements }) => requirements.flatMap(sentencesOf)),
    )
    expect([...all].toSorted()).toEqual(
      [
        ...new Set(
          alone(facts).flatMap(({ requirements }) =>
            requirements.flatMap((one) => [one.statement, ...one.criteria]),
          ),
        ),
      ].toSorted(),
    )
  },
)

const part = fc.constantFrom('a', 'b', '{id}', 'c')
const title = fc
  .tuple(fc.constantFrom('GET', 'POST', 'Any method'), fc.array(part, { maxLength: 4 }))
  .map(([method, parts]) => `${method} /${parts.join('/')}`)

test('a scope means the operations that it was written of [SPEC-REQUIREMENTS-03]', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(title, { minLength: 1, maxLength: 20 }),
      fc.infiniteStream(fc.boolean()),
      (all, picks) => {
        const meant = all.filter(() => picks.next().value)
        if (meant.length === 0) return
        const scope = sayScope(new Set(meant), all, true)
        expect(isScope(scope)).toBe(true)
        const operations = all.map((one) => `### Requirement: ${one}\n\nTHE service SHALL answer ${one}.\n`)
        const document = read(
          `## Requirements\n\n### Requirement: Common\n\n${scope}\n\n${operations.join('\n')}`,
          'openspec',
        )
        expect(commonIn([document])[0]?.[0]?.operations.toSorted()).toEqual(meant.toSorted())
      },
    ),
  )
})

test('finds what contradicts a common sentence, once [SPEC-REQUIREMENTS-03]', () => {
  const text = shelvesOf(write(shelfFacts(), 'openspec'))
  const other =
    'IF, for PUT /shelves/{id}, the header authorization is missing, THEN the service SHALL answer 403.'
  const statement = 'THE service SHALL answer PUT /shelves/{id}.\n'
  const found = lintDocument(read(text.replace(statement, `${statement}\n${other}\n`), 'openspec'))
  expect(found).toMatchObject([{ rule: 'contradiction', requirement: 'PUT /shelves/{id}' }])
})

test('one change of what is common is one drift that names its operations; one operation that loses it is named [SPEC-DRIFT-04]', () => {
  const before = shelfFacts()
  const { drifts } = compareFacts(before, shelfFacts('Closed.'))
  expect(drifts).toHaveLength(6)
  expect(putTogether(drifts)).toMatchObject([
    { drift: { kind: 'changed', requirement: '6 operations' }, operations: { length: 6 } },
  ])
  expect(sayDrifts(drifts)).toMatchObject([
    expect.stringMatching(
      /src\/door\.ts:1[^]*now: .*any of these operations.*Closed[^]*in: .*PUT \/shelves\/\{id\}/,
    ),
  ])
  const lost = compareFacts(before, shelfFacts(undefined, 2)).drifts
  expect(
    putTogether(lost).map(({ drift, operations }) => [drift.kind, drift.requirement, operations]),
  ).toEqual([
    ['gone', 'GET /shelves/{id}/books', []],
    ['gone', 'GET /shelves/{id}/books', []],
  ])
})

test.each(formats)(
  'a spec in %s that says once what the code does now is no drift [SPEC-DRIFT-04]',
  (format) => {
    const now = shelfFacts('Closed.')
    const { drifts } = compareFacts(shelfFacts(), now)
    const documents = (facts: Fact[]) => write(facts, format).map((text) => read(text, format))
    expect(agreedSince(drifts, now, documents(shelfFacts()), new Set())).toEqual([])
    expect(agreedSince(drifts, now, documents(now), new Set())).toEqual(drifts)
  },
)

import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { findAnchors, parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { always } from '../../src/facts/condition.ts'
import { factId } from '../../src/facts/fact-id.ts'
import type { FactDraft } from '../../src/facts/fact-id.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { serializeFactSet } from '../../src/facts/fact-set.ts'
import type { Shape } from '../../src/facts/shape.ts'
import { libraryFacts, setOf } from '../made-facts.ts'

const at = (path: string, symbol: string, startByte: number) => [
  { path, symbol, startByte, endByte: startByte + 5, line: 1 + startByte, tokenHash: 'aa' },
]
const made = (draft: FactDraft): Fact => ({ ...draft, id: factId(draft) }) as Fact
const base = { service: '', grade: 'proved', condition: always } as const
const shape: Shape = {
  type: 'object',
  fields: [
    {
      name: 'title',
      shape: { type: 'string' },
      isRequired: true,
      constraints: [{ keyword: 'minLength', value: 1 }],
    },
    {
      name: 'tags',
      shape: { type: 'array', items: { type: 'model', name: 'Tag' } },
      isRequired: false,
      constraints: [],
    },
    { name: 'any', shape: { type: 'unknown' }, isRequired: false, constraints: [] },
    { name: 'must', shape: { type: 'unknown' }, isRequired: true, constraints: [] },
    {
      name: 'of',
      shape: { type: 'union', of: [{ type: 'map', values: { type: 'integer' } }, { type: 'null' }] },
      isRequired: true,
      constraints: [],
    },
  ],
}
const operation = made({
  ...base,
  kind: 'operation',
  evidence: at('a.py', 'read', 3),
  method: 'POST',
  path: '/b/{id}',
  handler: 'read',
  framework: 'Flask',
  summary: '',
})
const parts = [
  made({
    ...base,
    kind: 'body',
    evidence: at('a.py', 'read', 9),
    operation: operation.id,
    mediaType: 'application/json',
    shape,
    isRequired: true,
  }),
  made({
    ...base,
    kind: 'parameter',
    evidence: at('b.py', 'paged', 4),
    operation: operation.id,
    in: 'query',
    name: 'limit',
    position: 0,
    shape: { type: 'integer' },
    isRequired: false,
    default: '20',
    constraints: [{ keyword: 'maximum', value: 100 }],
  }),
  made({
    ...base,
    grade: 'framework',
    condition: [[{ subject: 'path.id', op: 'absent' }]],
    kind: 'error',
    evidence: at('b.py', 'find', 40),
    operation: operation.id,
    status: 404,
    raisedBy: 'NotFound',
    message: 'No such.',
    shape: { type: 'unknown' },
  }),
  // A guard that stands in no function of its own has no name, and asks for no role.
  made({
    ...base,
    kind: 'guard',
    evidence: at('b.py', 'read', 60),
    operation: operation.id,
    guard: 'authentication',
    name: '',
    roles: [],
    isOptional: false,
    status: 401,
    credentials: [{ in: 'query', name: 'token', scheme: '' }],
  }),
]
const model = made({ ...base, kind: 'model', evidence: at('m.py', '', 0), name: 'Tag', fields: shape.fields })
const facts = [operation, ...parts, model]
const without = (all: readonly Fact[]) =>
  all.map((fact) => ({ ...fact, evidence: [] })).toSorted((a, b) => (a.id < b.id ? -1 : 1))

test('agreed facts say the same in a line an operation without places, in any order [SPEC-CHECK-05]', () => {
  const text = serializeAgreed(setOf(facts))
  expect(serializeAgreed(setOf(facts.toReversed()))).toBe(text)
  // Facts that are read back from where they were kept have their fields in another order.
  const turned = facts.map((fact) => Object.fromEntries(Object.entries(fact).toReversed()) as unknown as Fact)
  expect(serializeAgreed(setOf(turned))).toBe(text)
  expect(text.split('\n').filter((line) => line.includes('"method"'))).toHaveLength(1)
  expect(text).not.toContain('startByte')
  const back = parseAgreed(text)
  expect(without(back.facts)).toEqual(without(facts))
  expect(serializeAgreed(back)).toBe(text)
  for (const all of [facts, libraryFacts])
    expect(compareFacts(parseAgreed(serializeAgreed(setOf(all))).facts, all).drifts).toEqual([])
})

test('agreed facts of the form before are read, others are refused', () => {
  expect(parseAgreed(serializeFactSet(setOf(facts))).facts).toHaveLength(facts.length)
  expect(() => parseAgreed('{"version":2}')).toThrow(/can not be read/)
  expect(() =>
    parseAgreed(
      '{"version":2,"services":[],"frameworks":[],"facts":{"":[{"kind":"x"}]},"questions":[],"files":[]}',
    ),
  ).toThrow(/can not be read/)
})

test('places are found again by symbol, and what is gone is shown where its operation or file is [SPEC-CHECK-05]', () => {
  const agreed = parseAgreed(serializeAgreed(setOf(facts))).facts
  const moved = [operation, ...parts].map((fact) => ({
    ...fact,
    evidence: fact.evidence.map((one) => ({
      ...one,
      startByte: one.startByte + 100,
      endByte: one.endByte + 100,
      line: one.line + 7,
    })),
  }))
  const { drifts, moved: elsewhere } = compareFacts(findAnchors(agreed, moved), moved)
  expect(elsewhere).toEqual([])
  // The model is gone, and with it its file.
  expect(drifts).toMatchObject([{ kind: 'gone', requirement: 'Tag', evidence: { path: 'm.py', line: 1 } }])
  const [still, , , error] = moved
  const gone = compareFacts(findAnchors(agreed, [still, error] as Fact[]), [still, error] as Fact[])
  expect(gone.drifts.find(({ factKind }) => factKind === 'parameter')?.evidence).toMatchObject({
    path: still?.evidence[0]?.path,
    line: still?.evidence[0]?.line,
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { always, canHold, normalizeCondition } from '../../src/facts/condition.ts'
import type { Atom } from '../../src/facts/condition.ts'
import { isReadable } from '../../src/facts/expression.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { factId } from '../../src/facts/fact-id.ts'
import type { FactDraft } from '../../src/facts/fact-id.ts'
import { parseFactSet, serializeFactSet } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { tokenHash } from '../../src/facts/token-hash.ts'

const evidence = [{ path: 'a.py', symbol: 'read', startByte: 3, endByte: 9, line: 1, tokenHash: 'aa' }]
const operation = (method: string, path: string): Fact => {
  const draft: FactDraft = {
    kind: 'operation',
    service: '',
    grade: 'proved',
    condition: always,
    evidence,
    method,
    path,
    handler: 'read',
    framework: 'Flask',
    summary: '',
  }
  return { ...draft, id: factId(draft) }
}
const setOf = (facts: Fact[]): FactSet => ({
  version: 1,
  services: [{ dir: '', name: 'shop' }],
  frameworks: [],
  facts,
  questions: [],
  files: [],
})

test('the same facts are the same bytes in any order, and are read back [SPEC-FACTS-01]', () => {
  const facts = ['/a', '/b/{id}', '/c'].map((path) => operation('GET', path))
  const text = serializeFactSet(setOf(facts))
  expect(serializeFactSet(setOf(facts.toReversed()))).toBe(text)
  expect(parseFactSet(text).facts.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  expect(() => parseFactSet('{}')).toThrow('heavylift spec extract')
})

test('an id is of what is said: a renamed variable of a path keeps it, another path does not [SPEC-FACTS-02]', () => {
  expect(operation('GET', '/b/{id}').id).toBe(operation('GET', '/b/{slug}').id)
  expect(operation('GET', '/b/{id}').id).not.toBe(operation('GET', '/b/id').id)
  expect(operation('GET', '/b/{id}').id).not.toBe(operation('PUT', '/b/{id}').id)
})

test('formatting changes no hash of tokens, a changed token does [SPEC-FACTS-02]', () => {
  const plain = tokenHash("res.status(404).json({ error: 'gone' })", false)
  expect(tokenHash('res\n  .status(404) // never\n  .json({\n    error: "gone",\n  });', false)).toBe(plain)
  expect(tokenHash("res.status(410).json({ error: 'gone' })", false)).not.toBe(plain)
  expect(tokenHash("abort(404, 'no # comment')", true)).toBe(
    tokenHash('abort(404, "no # comment",)  # why', true),
  )
})

const atom = fc.record({
  subject: fc.constantFrom('a', 'b', 'c'),
  op: fc.constantFrom('present', 'absent', 'true', 'false'),
}) as fc.Arbitrary<Atom>

test('order, repetition and implied rows leave the normal form as it is [SPEC-FACTS-03]', () => {
  fc.assert(
    fc.property(fc.array(fc.array(atom, { maxLength: 4 }), { maxLength: 5 }), (condition) => {
      const normal = normalizeCondition(condition)
      const doubled = [...condition, ...condition].toReversed().map((row) => [...row, ...row].toReversed())
      expect(normalizeCondition(doubled)).toEqual(normal)
      expect(normalizeCondition(normal)).toEqual(normal)
      const holds = (of: Atom[][], truth: Record<string, boolean>) =>
        of.some((row) =>
          row.every(({ subject, op }) => {
            const positive = op === 'present' || op === 'true'
            return truth[`${subject}${op === 'present' || op === 'absent' ? '?' : ''}`] === positive
          }),
        )
      for (let bits = 0; bits < 64; bits++) {
        const names = ['a', 'b', 'c', 'a?', 'b?', 'c?']
        const truth = Object.fromEntries(names.map((name, at) => [name, (bits >> at) % 2 === 1]))
        expect(holds(normal, truth)).toBe(holds(condition, truth))
      }
    }),
  )
})

test('what is missing has no part that is there, and what is asked far away is the same question', () => {
  const missing: Atom = { subject: 'find(path.id)', op: 'absent' }
  const asks = (subject: string, op: Atom['op']): Atom => ({ subject, op })
  expect(canHold([missing, asks('find(path.id).owner', 'present')])).toBe(false)
  expect(canHold([missing, { subject: 'find(path.id).size', op: '>', value: 3 }])).toBe(false)
  expect(canHold([missing, asks('find(path.id).owner', 'absent')])).toBe(true)
  expect(canHold([missing, asks('find(path.id).isEmpty()', 'true')])).toBe(true)
  expect(canHold([missing, asks('find(path.id)s.owner', 'present')])).toBe(true)
  const error = (condition: Atom[][]): FactDraft => ({
    kind: 'error',
    service: '',
    grade: 'proved',
    condition,
    evidence,
    operation: 'op',
    status: 404,
    raisedBy: '',
    message: '',
    shape: { type: 'unknown' },
  })
  const far = asks('isOpen()', 'true')
  expect(factId(error([[missing, { ...far, isFar: true }]]))).toBe(factId(error([[missing, far]])))
})

test('a right or a key that stands for itself is no expression that people can read', () => {
  expect(['berth:list', 'crew:pay:read', 'rights["berth:list"]', 'berth.isFree()'].map(isReadable)).toEqual([
    false,
    false,
    true,
    true,
  ])
})

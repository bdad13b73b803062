import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentDefinition } from '../../src/definition/definition.ts'
import { canonicalText, definitionHash } from '../../src/files/canonical.ts'
import { changesBetween, inverse, isEqual } from '../../src/files/change.ts'
import { checkFile } from '../../src/files/check-file.ts'
import { diffWords } from '../../src/files/diff-words.ts'
import { editText } from '../../src/files/edit-file.ts'
import { mergeDefinitions } from '../../src/files/merge.ts'
import { parseFile } from '../../src/files/parse-file.ts'

const refunds = `# Who refunds what.
schema: heavylift.agent/1
name: refunds
title: Refunds

tools:
  - id: pay # the shop's own
    from: openapi:shop
    tool: refund

steps:
  # Small ones go through.
  - id: sort
    kind: branch
    cases:
      - { id: small, when: input.amount < 20 }
  - id: ask
    kind: approve
    after: [sort/otherwise]
    who: [finance]
    ask: Refund \${input.amount}?
  - id: each
    kind: map
    after: [sort/small, ask/approved]
    over: input.items
    steps:
      - id: pay_one
        kind: tool
        tool: pay
        with:
          id: "\${item.id}" # of the order
`
const value = (text: string): unknown => parseFile(text).value
const says = (text: string) =>
  checkFile(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

describe('a definition as a file', () => {
  it('is read from YAML and from JSON alike [AGENTS-FILE-01]', () => {
    const { definition, problems } = checkFile(refunds)
    expect(problems).toEqual([])
    const json = `${JSON.stringify(value(refunds), null, 2)}\n`
    expect(checkFile(json).definition).toEqual(definition)
  })

  it('says line, column, what was expected and the nearest name [AGENTS-FILE-02]', () => {
    expect(says('schema: heavylift.agent/1\ninput: { type: object\nname: x\n')[0]).toBe(
      '3:1 A “}” is missing: a “{” before this is never closed.',
    )
    expect(says(refunds.replace('over: input', 'ovre: input'))).toEqual([
      '22:5 steps[2].over is missing; it must be a text.',
      '25:5 “ovre” is not known here. Did you mean “over”?',
    ])
    expect(says(refunds.replace('kind: approve', 'kind: aprove'))).toEqual([
      '18:11 “aprove” is no kind. Did you mean “approve”?',
    ])
    expect(says(refunds.replace('who: [finance]', 'who: finance'))).toEqual([
      '20:10 steps[1].who must be a list, not "finance".',
    ])
    expect(says(refunds.replace('  - id: sort', '  - id: Sort it'))).toEqual([
      '13:9 steps[0].id must be small letters, digits and underscores, beginning with a letter, not "Sort it".',
    ])
    expect(says(refunds.replace('        tool: pay\n', '        tool: pay\n        wiht: {}\n'))).toEqual([
      '30:9 “wiht” is not known here. Did you mean “with”?',
    ])
    expect(
      says(
        '{"schema": "heavylift.agent/1",\n "name": "a", "title": 4, "steps": [{"id": "a", "kind": "tol"}]}',
      ),
    ).toEqual(['2:24 title must be a text, not 4.', '2:57 “tol” is no kind. Did you mean “tool”?'])
    expect(says('')).toHaveLength(1)
    expect(says('a: [')[0]).toMatch(/^1:\d/)
    expect(says('steps: []\nname: x\nname: y')[0]).toMatch(/^3:1 .*unique/)
  })

  it('reads no alias, tag or name that means something to JavaScript [AGENTS-FILE-03]', () => {
    expect(says('a: &x [1]\nb: *x')[0]).toMatch(/^1:7 Aliases/)
    expect(says('a: !!js/function "return 1"')[0]).toMatch(/^1:4 /)
    const { problems } = checkFile('__proto__: { polluted: 1 }\nname: x')
    expect(problems.length).toBeGreaterThan(0)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('keeps comments, quotes and order where it is edited [AGENTS-FILE-04]', () => {
    const edited = editText(refunds, [
      { kind: 'value', place: ['title'], from: 'Refunds', to: 'Refunds: small ones' },
      {
        kind: 'value',
        place: ['steps', { id: 'each' }, 'steps', { id: 'pay_one' }, 'with', 'id'],
        to: '${item.order}',
      },
      { kind: 'value', place: ['steps', { id: 'ask' }, 'after', { value: 'sort/small' }], to: 'sort/small' },
    ])
    const lines = refunds.split('\n')
    const changed = edited.split('\n').filter((line) => !lines.includes(line))
    expect(changed).toEqual([
      'title: "Refunds: small ones"',
      '    after: [sort/otherwise, sort/small]',
      '          id: "${item.order}" # of the order',
    ])
    expect(edited.split('\n')).toHaveLength(lines.length)
    expect(editText(refunds, [])).toBe(refunds)
    // As it is typed, a letter at a time, in a file that pads objects and not lists.
    const typed = ['F', 'F ', 'F r'].reduce(
      (now, to) =>
        editText(now, [
          { kind: 'value', place: ['steps', { id: 'sort' }, 'cases', { id: 'small' }, 'title'], to },
        ]),
      refunds,
    )
    expect(typed).toBe(refunds.replace('when: input.amount < 20 }', 'when: input.amount < 20, title: F r }'))
    const gone = editText(refunds, [{ kind: 'value', place: ['steps', { id: 'ask' }], from: {} }])
    expect(gone).toBe(refunds.replace(/ {2}- id: ask\n(?: {4}.*\n)+/, ''))
  })

  it('has one canonical form, which reads as the same [AGENTS-FILE-05]', () => {
    const { definition } = checkFile(refunds)
    const text = canonicalText(definition!)
    expect(text).not.toContain('concurrency')
    expect(checkFile(text).definition).toEqual(definition)
    const { title, steps, ...rest } = definition!
    const other = agentDefinition.parse({ steps, ...rest, title })
    expect(canonicalText(other)).toBe(text)
    expect(definitionHash(other)).toBe(definitionHash(definition!))
  })
})

describe('the semantic diff', () => {
  it('names steps, fields and edges, not lines [AGENTS-DIFF-01]', () => {
    const after = refunds
      .replace('    kind: approve', '    title: Ask finance\n    kind: approve')
      .replace('[sort/small, ask/approved]', '[sort/small]')
      .replace('input.amount < 20', 'input.amount < 50')
      .concat('  - { id: tell, kind: set, value: done, after: [ each ] }\n')
    expect(
      diffWords(changesBetween(value(refunds), value(after))).map(({ mark, text }) => `${mark} ${text}`),
    ).toEqual([
      '~ sort.cases.small.when: "input.amount < 20" → "input.amount < 50"',
      '+ ask.title: "Ask finance"',
      '− edge ask/approved → each',
      '+ step tell (set)',
    ])
    const moved = refunds.replace('title: Refunds\n', '').replace('name:', 'title: "Refunds"\nname:')
    expect(changesBetween(value(refunds), value(moved))).toEqual([])
  })

  const name = fc.constantFrom('a', 'b', 'c', 'd')
  const data = fc.oneof(
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 2 }),
  )
  const step = fc.record(
    {
      id: name,
      kind: fc.constantFrom('set', 'tool'),
      after: fc.uniqueArray(name, { maxLength: 3 }),
      with: fc.dictionary(name, fc.oneof(data, fc.dictionary(name, data))),
      cases: fc.uniqueArray(fc.record({ id: name, when: fc.string() }), { selector: ({ id }) => id }),
    },
    { requiredKeys: ['id'] },
  )
  const steps = fc.uniqueArray(step, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
  const agent = fc.record({ title: fc.string(), tags: fc.uniqueArray(name), steps })
  /** Edges and tags are sets; an empty one is none. */
  const normal = (given: unknown): unknown => {
    if (Array.isArray(given))
      return given.every((each) => typeof each === 'string') ? given.toSorted() : given.map(normal)
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(
      Object.entries(given).flatMap(([key, inner]) =>
        ['after', 'tags'].includes(key) && Array.isArray(inner) && inner.length === 0
          ? []
          : [[key, normal(inner)]],
      ),
    )
  }

  it('is a patch: it makes the one out of the other, and back [AGENTS-DIFF-02]', () => {
    fc.assert(
      fc.property(agent, agent, (before, after) => {
        const text = JSON.stringify(before)
        const changes = changesBetween(before, after)
        const edited = editText(text, changes)
        expect(normal(value(edited))).toEqual(normal(after))
        const back = editText(edited, changes.toReversed().map(inverse))
        expect(normal(value(back))).toEqual(normal(before))
        const yaml = editText(canonicalOf(before), changes)
        expect(normal(value(yaml))).toEqual(normal(after))
      }),
      { numRuns: 20 },
    )
  })

  it('merges edits of different steps and fields, and asks about the same field [AGENTS-DIFF-03]', () => {
    const mine = refunds.replace('< 20', '< 30').replace('title: Refunds', 'title: Money back')
    const theirs = refunds
      .replace('over: input.items', 'over: input.lines')
      .replace('title: Refunds', 'title: Returns')
    const merged = mergeDefinitions(value(refunds), value(mine), value(theirs))
    expect(merged.conflicts.map(({ mine: { place }, theirs: { to } }) => [place, to])).toEqual([
      [['title'], 'Returns'],
    ])
    const text = editText(theirs, merged.changes)
    expect(text).toContain('< 30')
    expect(text).toContain('input.lines')
    expect(mergeDefinitions(value(refunds), value(mine), value(mine))).toEqual({ changes: [], conflicts: [] })
  })

  it('never loses an edit without a word: what is merged holds every change of both [AGENTS-DIFF-03]', () => {
    fc.assert(
      fc.property(agent, agent, agent, (base, mine, theirs) => {
        const { changes, conflicts } = mergeDefinitions(base, mine, theirs)
        if (conflicts.length > 0) return
        const merged = value(editText(JSON.stringify(theirs), changes))
        const left = changesBetween(base, mine).filter(
          (change) => !isEqual(normal(merged), normal(mine)) && lacks(merged, change),
        )
        expect(left).toEqual([])
      }),
    )
  })
})

const canonicalOf = (given: unknown): string => editText('{}', [{ kind: 'value', place: [], to: given }])

/** True where a changed field of `mine` has not arrived. */
function lacks(merged: unknown, change: ReturnType<typeof changesBetween>[number]): boolean {
  if (change.kind === 'order') return false
  let here: unknown = merged
  for (const segment of change.place) {
    if (typeof segment === 'string') here = (here as Record<string, unknown> | undefined)?.[segment]
    else if (!Array.isArray(here)) here = undefined
    else if ('value' in segment) here = here.find((each) => each === segment.value)
    else here = here.find((each) => (each as { id?: unknown }).id === segment.id)
  }
  return !isEqual(here, change.to)
}

import { expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import { strictIssues } from '../../src/formats/strict-openspec.ts'
import type { Trace } from '../../src/formats/traces.ts'
import { writeRequirement, writeSpec } from '../../src/formats/write.ts'
import { commonIn } from '../../src/requirements/common.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { hashOf, heldFacts, keyOf, traceOf, updateSpec } from '../../src/update/update-spec.ts'
import { setOf, shelfFacts } from '../made-facts.ts'

const formats = ['openspec', 'kiro'] as const
type Format = (typeof formats)[number]

const shelvesOf = (facts: Fact[], held: ReadonlySet<string> = new Set()) => {
  const shelves = writeRequirements(setOf(facts), held).find(({ feature }) => feature === 'shelves')
  if (!shelves) throw new Error('no shelves')
  return { ...shelves, questions: [] }
}
const mapOf = (facts: Fact[]) => new Map(facts.map((one) => [one.id, one]))
const read = (text: string, format: Format) => readDocument(text, { format, kind: 'spec' })

function begin(format: Format, facts: Fact[], held: ReadonlySet<string>) {
  const shelves = shelvesOf(facts, held)
  const traces = new Map<string, Trace>(
    shelves.requirements.map((one, at) => [
      keyOf(one, format, at + 1),
      { ...traceOf(one, mapOf(facts)), block: hashOf(writeRequirement(one, format, at + 1)) },
    ]),
  )
  return { text: writeSpec(shelves, format), traces }
}
/** As it was written when nothing was said once. */
const beginLong = (format: Format) => begin(format, shelfFacts(), new Set(shelfFacts().map(({ id }) => id)))
const beginShort = (format: Format) => begin(format, shelfFacts(), new Set())

function update(text: string, traces: Map<string, Trace>, facts: Fact[], format: Format) {
  const document = read(text, format)
  const held = new Set(heldFacts(document, traces))
  return updateSpec(document, traces, shelvesOf(facts, held).requirements, mapOf(facts))
}
const operationsOf = (text: string, format: Format) =>
  commonIn([read(text, format)])[0]?.map((one) => one.operations) ?? []

test.each(formats)(
  'says once in a spec of %s what it said of each operation, and asks nobody [SPEC-UPDATE-04]',
  (format) => {
    const { text, traces } = beginLong(format)
    const result = update(text, traces, shelfFacts(), format)
    expect(result).toMatchObject({
      removed: [],
      conflicts: [],
      added: ['Common to operations below /shelves: 401'],
    })
    expect(result.text.length).toBeLessThan(text.length * 0.8)
    if (format === 'openspec') {
      expect(result.text).toBe(writeSpec(shelvesOf(shelfFacts()), format))
      expect(strictIssues(read(result.text, format))).toEqual([])
    }
    expect(update(result.text, result.traces, shelfFacts(), format)).toMatchObject({
      text: result.text,
      amended: [],
    })
  },
)

test.each(formats)(
  'keeps words of people in %s, and leaves out of what is common what they worded or took out [SPEC-UPDATE-04]',
  (format) => {
    const { text, traces } = beginLong(format)
    const guarded =
      'WHEN a client sends POST /shelves, the service SHALL refuse a caller who is not signed in.'
    const refused = /.*IF, for PUT \/shelves\/\{id\}, the header authorization is missing.*\n\n?/
    const touched = text
      .replace(guarded, 'Only carpenters SHALL put up shelves.')
      .replace(refused, '')
      .replace(
        'THE service SHALL answer GET /shelves/{id}/books.',
        'THE service SHALL answer GET /shelves/{id}/books. Readers browse.',
      )
    const result = update(touched, traces, shelfFacts(), format)
    expect(result.conflicts).toEqual([])
    expect(result.text).toContain('Only carpenters SHALL put up shelves.')
    expect(result.text).toContain('Readers browse.')
    expect(result.text).not.toContain(guarded)
    // Five operations share each sentence still, and not the same five.
    expect(operationsOf(result.text, format).map((one) => one.length)).toEqual([5, 5])
    expect(result.text.split('Shelves are closed to strangers here.').length - 1).toBe(
      format === 'kiro' ? 1 : 3,
    )
    const again = update(result.text, result.traces, shelfFacts(), format)
    expect(again).toMatchObject({ text: result.text, amended: [], added: [], conflicts: [] })
  },
)

test.each(formats)(
  'amends what is common in %s where the code of all changed, by its name of then [SPEC-UPDATE-04]',
  (format) => {
    const { text, traces } = beginShort(format)
    const result = update(text, traces, shelfFacts('Closed.'), format)
    expect(result).toMatchObject({
      added: [],
      removed: [],
      conflicts: [],
      amended: ['Common to operations below /shelves: 401'],
    })
    expect(result.text).toBe(text.replaceAll('Shelves are closed to strangers here.', 'Closed.'))
    const touched = text
      .replace('THE service SHALL do the following', 'THE service SHALL, by day, do the following')
      .replace(
        'any of these operations, the service SHALL refuse',
        'any of these operations, the library SHALL refuse',
      )
    const noted = update(touched, traces, shelfFacts('Closed.'), format)
    expect(noted.text).toContain('by day')
    expect(noted.text).toContain('the library SHALL refuse')
    expect(noted.text).toContain('say "Closed."')
  },
)

test.each(formats)(
  'tells in %s that one operation does no more what it shared [SPEC-UPDATE-04]',
  (format) => {
    const { text, traces } = beginShort(format)
    const result = update(text, traces, shelfFacts(undefined, 2), format)
    expect(result).toMatchObject({ added: [], removed: [], conflicts: [] })
    expect(operationsOf(result.text, format)).toEqual([
      expect.not.arrayContaining(['GET /shelves/{id}/books']),
    ])
    const noted = update(
      text.replace('a caller who is not signed in.', 'a caller who is not signed in. Ask at the desk.'),
      traces,
      shelfFacts(undefined, 2),
      format,
    )
    expect(noted.conflicts).toEqual([])
    expect(noted.text).toContain('Ask at the desk.')
    expect(operationsOf(noted.text, format)).toEqual(operationsOf(result.text, format))
  },
)

test('what is common and people took out does not come back [SPEC-UPDATE-04]', () => {
  const { text, traces } = beginShort('openspec')
  const from = text.indexOf('### Requirement: Common')
  const without = text.slice(0, from) + text.slice(text.indexOf('### Requirement: GET /shelves'))
  const first = update(without, traces, shelfFacts(), 'openspec')
  expect(first).toMatchObject({ text: without, added: [] })
  expect(update(without, first.traces, shelfFacts(), 'openspec')).toMatchObject({ text: without, added: [] })
})

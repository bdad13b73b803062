import { expect, test } from 'vitest'
import { factId } from '../../src/facts/fact-id.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import type { Trace } from '../../src/formats/traces.ts'
import { writeRequirement, writeSpec } from '../../src/formats/write.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { hashOf, keyOf, traceOf, updateSpec } from '../../src/update/update-spec.ts'
import { created, libraryFacts, limit, list, setOf } from '../made-facts.ts'

const formats = ['openspec', 'kiro', 'spec-kit'] as const
type Format = (typeof formats)[number]

const loansOf = (facts: Fact[]) => {
  const loans = writeRequirements(setOf(facts)).find(({ feature }) => feature === 'loans')
  if (!loans) throw new Error('no loans')
  return { ...loans, questions: [] }
}
const mapOf = (facts: Fact[]) => new Map(facts.map((one) => [one.id, one]))

function begin(format: Format, worded = (sentence: string) => sentence) {
  const now = loansOf(libraryFacts)
  const loans = {
    ...now,
    requirements: now.requirements.map((one) => ({ ...one, criteria: one.criteria.map(worded) })),
  }
  const traces = new Map<string, Trace>(
    loans.requirements.map((one, at) => [
      keyOf(one, format, at + 1),
      { ...traceOf(one, mapOf(libraryFacts)), block: hashOf(writeRequirement(one, format, at + 1)) },
    ]),
  )
  return { text: writeSpec(loans, format), traces }
}

function update(text: string, traces: Map<string, Trace>, facts: Fact[], format: Format) {
  const document = readDocument(text, { format, kind: 'spec' })
  return updateSpec(document, traces, loansOf(facts).requirements, mapOf(facts))
}

const changed = (() => {
  const draft = { ...created, status: 200 }
  return libraryFacts.map((one) => (one === created ? { ...draft, id: factId(draft) } : one))
})()

test.each(formats)(
  'leaves a spec of %s byte for byte while its facts say what they said [SPEC-UPDATE-01]',
  (format) => {
    const { text, traces } = begin(format)
    const touched = `${text.replace('## Requirements', '## Requirements\n\nPeople wrote this.')}\n## Notes\n\nkept  \n`
    const again = update(touched, traces, libraryFacts, format)
    expect(again).toMatchObject({ text: touched, amended: [], added: [], removed: [], conflicts: [] })
    expect(again.traces).toEqual(traces)
  },
)

test.each(formats)('amends only the requirement of %s whose facts changed [SPEC-UPDATE-01]', (format) => {
  const { text, traces } = begin(format)
  const result = update(text, traces, changed, format)
  expect(result).toMatchObject({ amended: ['POST /loans'], conflicts: [] })
  expect(result.text).toBe(writeSpec(loansOf(changed), format))
  expect(update(result.text, result.traces, changed, format)).toMatchObject({
    text: result.text,
    amended: [],
  })
})

const wordedBefore = (sentence: string) => sentence.replace('SHALL answer', 'SHALL reply with')

test.each(formats)(
  'words its own sentences of %s anew where facts are said otherwise by now, and leaves those of people [SPEC-UPDATE-01]',
  (format) => {
    const { text, traces } = begin(format, wordedBefore)
    const result = update(text, traces, libraryFacts, format)
    expect(result).toMatchObject({ text: writeSpec(loansOf(libraryFacts), format), conflicts: [] })
    const touched = text.replace('SHALL reply with 201 with Loan', 'SHALL lend it (201)')
    const again = update(touched, traces, libraryFacts, format)
    expect(again.conflicts).toEqual([])
    expect(again.text).toContain('SHALL lend it (201)')
    expect(again.text).not.toContain('SHALL reply with')
    expect(update(again.text, again.traces, libraryFacts, format).text).toBe(again.text)
  },
)

test('replaces our sentence and keeps the words of people around it [SPEC-UPDATE-02]', () => {
  const { text, traces } = begin('kiro')
  const touched = text.replace(
    '### Requirement 2: POST /loans\n',
    '### Requirement 2: POST /loans\n\nMembers borrow.\n',
  )
  const result = update(touched, traces, changed, 'kiro')
  expect(result).toMatchObject({ amended: ['POST /loans'], conflicts: [] })
  expect(result.text).toBe(touched.replace('answer 201 with Loan', 'answer 200 with Loan'))
})

test.each(formats)(
  'finds nothing to decide in %s where people wrote what the code has come to say [SPEC-UPDATE-02]',
  (format) => {
    const { text, traces } = begin(format)
    const touched = text.replace(
      'the service SHALL answer 201 with Loan',
      'the service SHALL answer 200 with Loan',
    )
    const result = update(touched, traces, changed, format)
    expect(result).toMatchObject({ text: touched, conflicts: [] })
    expect(update(touched, result.traces, changed, format)).toMatchObject({ text: touched, conflicts: [] })
    expect(result.traces).not.toEqual(traces)
  },
)

test('sets both side by side where people reworded what the code changed [SPEC-UPDATE-02]', () => {
  const { text, traces } = begin('kiro')
  const touched = text.replace('the service SHALL answer 201 with Loan', 'the library SHALL lend it (201)')
  const result = update(touched, traces, changed, 'kiro')
  expect(result.text).toBe(touched)
  expect(result.conflicts).toMatchObject([
    {
      requirement: 'POST /loans',
      ours: 'WHEN a client sends POST /loans, the service SHALL answer 200 with Loan.',
    },
  ])
})

test.each(formats)(
  'adds what is new to %s, takes out what is gone, and brings nothing back that people took out [SPEC-UPDATE-01]',
  (format) => {
    const { text, traces } = begin(format)
    const fewer = libraryFacts.filter(
      (one) => one !== list && one !== limit && !('operation' in one && one.operation === list.id),
    )
    const less = update(text, traces, fewer, format)
    expect(less.removed).toEqual(['GET /loans'])
    expect(less.text).not.toContain('GET /loans')
    const more = update(less.text, less.traces, libraryFacts, format)
    expect(more.added).toEqual(['GET /loans'])
    const listed = readDocument(more.text, { format, kind: 'spec' }).requirements
    // Those of spec-kit have a story and an item for each sentence.
    const own = format === 'spec-kit' ? listed.filter(({ key }) => key.startsWith('US')) : listed
    expect(own).toHaveLength(2)
    const first = readDocument(text, { format, kind: 'spec' }).requirements[0]
    const cut = text.slice(0, first?.span.start) + text.slice(first?.span.end)
    if (format === 'openspec')
      expect(update(cut, traces, libraryFacts, format)).toMatchObject({ text: cut, added: [] })
  },
)

test('gives a scenario to what it wrote without one, which strict rules refuse [SPEC-UPDATE-01]', () => {
  const now = loansOf(libraryFacts)
  const before = { ...now, requirements: now.requirements.map((one) => ({ ...one, scenarios: [] })) }
  const traces = new Map<string, Trace>(
    before.requirements.map((one, at) => [
      one.title,
      { ...traceOf(one, mapOf(libraryFacts)), block: hashOf(writeRequirement(one, 'openspec', at + 1)) },
    ]),
  )
  const result = update(writeSpec(before, 'openspec'), traces, libraryFacts, 'openspec')
  expect(result.text).toBe(writeSpec(now, 'openspec'))
})

test('amends the sentence of spec-kit beside those of people, with its story, and leaves a story that they worded [SPEC-UPDATE-01]', () => {
  const { text, traces } = begin('spec-kit')
  const noted = text.replace(/(- \*\*FR-002b\*\*: .*\n)/, '$1  - Ask Ada.\n')
  expect(noted).not.toBe(text)
  const result = update(noted, traces, changed, 'spec-kit')
  expect(result).toMatchObject({ amended: ['POST /loans'], added: [], removed: [] })
  expect(result.text).toContain('  - Ask Ada.\n')
  expect(result.text).toContain('**Then** the status is 200')
  expect(result.text).not.toContain('the status is 201')

  const worded = text.replace('**Then** the status is 201', '**Then** Ada lends it (201)')
  expect(worded).not.toBe(text)
  expect(update(worded, traces, changed, 'spec-kit').text).toContain('**Then** Ada lends it (201)')
})

test('keeps a number of spec-kit that a requirement had which people took out [SPEC-UPDATE-01]', () => {
  const { text, traces } = begin('spec-kit')
  const cut = text.replace(/- \*\*FR-002[a-z]?\*\*: .*\n/g, '')
  const all = [...libraryFacts]
  const again = update(cut, traces, all, 'spec-kit')
  expect(again.added).toEqual([])
  expect([...again.traces.keys()].toSorted()).toEqual([...traces.keys()].toSorted())
})

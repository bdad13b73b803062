import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFile, runFormatsEval } from '../../src/evals/formats/formats.ts'
import { editDocument } from '../../src/formats/edit.ts'
import { classify, readDocument } from '../../src/formats/find-documents.ts'
import { readHook, readSteering } from '../../src/formats/kiro-settings.ts'
import { setManagedBlock } from '../../src/formats/managed-block.ts'
import { applySplices, decodeSource, encodeSource } from '../../src/formats/source-text.ts'
import { strictIssues } from '../../src/formats/strict-openspec.ts'
import { noTraces, parseTraces, sentenceHash, serializeTraces, traceKey } from '../../src/formats/traces.ts'
import { writeSpec } from '../../src/formats/write.ts'
import type { SpecDraft } from '../../src/formats/write.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples', 'formats')

function sample(path: string) {
  const file = classify(path)
  if (!file) throw new Error(`${path} is of no format`)
  return readDocument(readFileSync(join(samples, path), 'utf8'), file)
}

test('reads the requirements, criteria, properties, tasks and waves of Kiro [SPEC-FORMATS-01]', () => {
  const { requirements } = sample('.kiro/specs/loans/requirements.md')
  expect(requirements.map(({ key, title }) => [key, title])).toEqual([
    ['1', 'Borrow a copy'],
    ['2', 'Bring a copy back'],
  ])
  expect(requirements[0]?.criteria.map(({ key }) => key)).toEqual(['1.1', '1.2', '1.3'])
  expect(requirements[0]?.criteria[2]?.text).toBe(
    'IF the copy is lent already, THEN the Library SHALL answer 409 and say when it is due',
  )
  const bugfix = sample('.kiro/specs/late-fee/bugfix.md').requirements
  expect(bugfix.map(({ key, criteria }) => [key, criteria[0]?.key])).toEqual([
    ['1', '1.1'],
    ['2', '2.1'],
    ['3', '3.1'],
  ])
  expect(sample('.kiro/specs/loans/design.md').properties).toMatchObject([
    { name: 'Property 1: A copy is with one member at most', validates: ['1.1', '1.3'] },
  ])
  const { tasks, waves } = sample('.kiro/specs/loans/tasks.md')
  expect(
    tasks.map(({ id, isDone, isOptional, parent, requirements: keys }) => [
      id,
      isDone,
      isOptional,
      parent,
      keys,
    ]),
  ).toEqual([
    ['1', true, false, null, []],
    ['1.1', true, false, '1', ['1.1']],
    ['1.2', false, true, '1', ['1.1', '1.3']],
    ['2', false, false, null, ['2.1', '2.2']],
  ])
  expect(waves).toEqual([['1.1'], ['1.2', '2']])
})

test('takes chapters with a number for no requirements, in any language', () => {
  const text = [
    '# 要件',
    '## 1. 背景',
    '### 1.1 制約',
    '1. 予算',
    '## 2. 要件',
    '### 要件 1: 貸出',
    '#### 受け入れ基準',
    '1. The システム shall 貸す',
  ].join('\n')
  const { requirements } = readDocument(text, { format: 'kiro', kind: 'spec' })
  expect(requirements.map(({ key, title }) => [key, title])).toEqual([['1', '貸出']])
})

test('reads requirements, scenarios and deltas of OpenSpec [SPEC-FORMATS-01]', () => {
  const { requirements } = sample('openspec/specs/loans/spec.md')
  expect(requirements.map(({ key }) => key)).toEqual(['Borrow a copy', 'Limit of loans'])
  expect(requirements[0]?.scenarios[0]).toMatchObject({
    name: 'On the shelf',
    steps: [
      { keyword: 'given', text: 'a copy on the shelf' },
      { keyword: 'when', text: 'a member borrows it' },
      { keyword: 'then', text: 'the answer is 201' },
      { keyword: 'and', text: 'the copy is lent' },
    ],
  })
  const delta = sample('openspec/changes/limit-loans/specs/loans/spec.md').requirements
  expect(delta.map(({ operation, key, renamedFrom }) => [operation, key, renamedFrom])).toEqual([
    ['modified', 'Limit of loans', undefined],
    ['renamed', 'Borrow', 'Borrow a copy'],
  ])
})

test('reads stories, marked requirements, questions and tasks of spec-kit [SPEC-FORMATS-01]', () => {
  const { requirements, questions } = sample('specs/001-loans/spec.md')
  expect(requirements.map(({ key }) => key)).toEqual(['US1', 'FR-001', 'FR-002', 'SC-001'])
  expect(requirements[0]?.scenarios[1]?.steps.map(({ keyword, text }) => [keyword, text])).toEqual([
    ['given', 'a member with 5 loans'],
    ['when', 'they borrow a copy'],
    ['then', 'the answer is 409'],
  ])
  expect(questions.map(({ text }) => text)).toEqual(['does a late loan count?'])
  expect(sample('specs/001-loans/tasks.md').tasks).toMatchObject([
    { id: 'T001', isDone: true, isParallel: false },
    { id: 'T002', isDone: false, isParallel: true },
  ])
})

test('takes no heading in a fence or a comment for structure', () => {
  const text =
    '## Requirements\n\n```md\n### Requirement: Shown\n```\n<!--\n### Requirement: Off\n-->\n### Requirement: On\nIt SHALL be.\n'
  const { requirements } = readDocument(text, { format: 'openspec', kind: 'spec' })
  expect(requirements.map(({ key }) => key)).toEqual(['On'])
})

test.each(['\n', '\r\n'])(
  'leaves every byte that was not edited, with a mark of order, ends of lines (%j) and headings nobody knows [SPEC-FORMATS-02]',
  (ending) => {
    const text =
      `\uFEFF${readFileSync(join(samples, '.kiro/specs/loans/requirements.md'), 'utf8')}\n## Anything else  \n\tkept \n`.replaceAll(
        '\n',
        ending,
      )
    const bytes = Buffer.from(text)
    const { outcome } = checkFile(bytes, { format: 'kiro', kind: 'spec' })
    expect(outcome).toMatchObject({ isIdentical: true, edits: 7, understood: 7, failure: '' })
    const document = readDocument(decodeSource(bytes).text, { format: 'kiro', kind: 'spec' })
    const edited = editDocument(document, [
      { edit: 'add-criterion', requirement: '2', text: 'THE Library SHALL say so' },
    ])
    expect(edited).toBe(
      text.replace(`for each day${ending}`, `for each day${ending}3. THE Library SHALL say so${ending}`),
    )
  },
)

test('takes an edit back where the ends of lines are mixed [SPEC-FORMATS-02]', () => {
  const bytes = Buffer.from('### Requirement 1: a\n1. x\r\ny\n')
  expect(checkFile(bytes, { format: 'kiro', kind: 'spec' }).outcome).toMatchObject({
    edits: 1,
    isIdentical: true,
  })
})

test('gives back the bytes of any file, UTF-8 or not [SPEC-FORMATS-02]', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(encodeSource(decodeSource(bytes))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('makes splices where they say and nowhere else [SPEC-FORMATS-02]', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), (text, put, a, b) => {
      const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y)
      const spliced = applySplices(text, [{ start, end, text: put }])
      expect(applySplices(spliced, [{ start, end: start + put.length, text: text.slice(start, end) }])).toBe(
        text,
      )
    }),
  )
  expect(() =>
    applySplices('abc', [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ]),
  ).toThrow(RangeError)
})

test('reads any text as a document of any kind, and every span lies in it', () => {
  const word = fc.constantFrom(
    '#',
    '## ',
    '### Requirement: a',
    '1. x',
    '- [ ] 1.1 y',
    '**FR-001**: z',
    '```',
    '\n',
    '\r\n',
    'SHALL',
    '<!--',
    '-->',
  )
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join('')
      for (const format of ['kiro', 'openspec', 'spec-kit'] as const)
        for (const kind of ['spec', 'bugfix', 'delta', 'design', 'tasks'] as const) {
          const document = readDocument(text, { format, kind })
          for (const { span, textSpan } of document.requirements)
            for (const { start, end } of [span, textSpan])
              expect(0 <= start && start <= end && end <= text.length).toBe(true)
          expect(checkFile(Buffer.from(text), { format, kind }).outcome.isIdentical).toBe(true)
        }
    }),
    { numRuns: 300 },
  )
})

const draft: SpecDraft = {
  feature: 'loans',
  title: 'Loans',
  purpose: 'Members of the library borrow copies of books and bring them back in time.',
  requirements: [
    {
      title: 'Borrow a copy',
      statement: 'WHEN a member borrows a copy, the library SHALL answer 201.',
      criteria: ['IF the copy is lent, THEN the library SHALL answer 409.'],
      scenarios: [
        {
          name: 'Lent',
          given: ['a lent copy'],
          when: 'a member borrows it',
          expected: ['the answer is 409'],
        },
      ],
    },
  ],
  questions: ['Does a late loan count?'],
}

test.each(['kiro', 'openspec', 'spec-kit'] as const)(
  'writes a spec of %s that it reads back, and that strict rules pass [SPEC-FORMATS-03]',
  (format) => {
    const document = readDocument(writeSpec(draft, format), { format, kind: 'spec' })
    const all = document.requirements.flatMap(({ text, criteria }) => [
      text,
      ...criteria.map((one) => one.text),
    ])
    expect(all.join(' ')).toContain('the library SHALL answer 201.')
    if (format === 'openspec') expect(strictIssues(document)).toEqual([])
    if (format !== 'kiro')
      expect(document.requirements.some(({ scenarios }) => scenarios.length === 1)).toBe(true)
  },
)

test('says what strict rules of OpenSpec object to', () => {
  const document = readDocument('# A\n\n## Purpose\nTBD\n\n## Requirements\n\n### Requirement: A\nIt is.\n', {
    format: 'openspec',
    kind: 'spec',
  })
  expect(strictIssues(document).map(({ message }) => message)).toEqual([
    'The purpose has fewer than 50 characters.',
    '"A" says neither SHALL nor MUST.',
    '"A" has no scenario.',
  ])
})

test('keeps what people wrote around our part of AGENTS.md [SPEC-FORMATS-03]', () => {
  const people = '# Agents\r\n\r\nBe kind.\r\n'
  const once = setManagedBlock(people, 'Specs: `openspec/`')
  expect(once.startsWith(people)).toBe(true)
  expect(setManagedBlock(once, 'Specs: `openspec/`')).toBe(once)
  expect(setManagedBlock(`${once}After.\r\n`, 'b')).toBe(
    `${people}\r\n<!-- heavylift:spec -->\r\nb\r\n<!-- /heavylift:spec -->\r\nAfter.\r\n`,
  )
})

test('reads steering files and hooks of Kiro', () => {
  expect(readSteering('---\ninclusion: fileMatch\nfileMatchPattern: "src/**"\n---\n# A')).toEqual({
    inclusion: 'fileMatch',
    fileMatchPattern: 'src/**',
  })
  expect(readSteering('# A')).toEqual({ inclusion: 'always' })
  expect(readSteering('---\ninclusion: sometimes\n---\n')).toBeNull()
  const hook =
    '{"name":"Test","version":"1","when":{"type":"fileEdited","patterns":["*.ts"]},"then":{"type":"askAgent","prompt":"Test it"}}'
  expect(readHook(hook)).toMatchObject({ name: 'Test', enabled: true, when: { patterns: ['*.ts'] } })
  expect(readHook('{')).toBeNull()
})

test('keeps traces beside the specs, one requirement a line, in order [SPEC-FORMATS-04]', () => {
  const trace = {
    facts: { 'response-1': 'a' },
    tests: [],
    written: { 'response-1': sentenceHash('It SHALL be.') },
    block: 'b',
  }
  const key = traceKey('openspec/specs/loans/spec.md', 'Borrow a copy')
  const other = traceKey('openspec/specs/books/spec.md', 'Add')
  const traces = { ...noTraces, requirements: { [key]: trace, [other]: trace } }
  const text = serializeTraces(traces)
  expect(text.split('\n')[1]).toBe(' "openspec/specs/books/spec.md": {')
  expect(text.split('\n')[2]).toMatch(/^ {2}"Add": .*"response-1 a [0-9a-f]{6}"/)
  expect(parseTraces(text)).toEqual(traces)
  const whole = { ...trace, written: { 'response-1': 'It SHALL be.' } }
  expect(parseTraces(JSON.stringify({ version: 1, requirements: { [key]: whole } }))).toEqual({
    requirements: { [key]: trace },
  })
  expect(() => parseTraces('{}')).toThrow(/\.heavylift-spec\/traces\.json can not be read/)
})

test('measures our sample: every file comes back, every edit is read back', async () => {
  const { metrics } = await runFormatsEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(metrics).toMatchObject({ files: 9, identical: 9, understoodRate: 1, strictValid: 1, strictTotal: 1 })
})

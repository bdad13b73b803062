import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { readDocument } from '../../src/formats/find-documents.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { sentencesOf } from '../../src/plan/change.ts'
import { commonIn } from '../../src/requirements/common.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { commonOf, factFinder, showRequirements, textHashOf } from '../../src/studio/sentences.ts'
import { setOf, shelfFacts } from '../made-facts.ts'

const documentOf = (facts: Fact[], held: ReadonlySet<string> = new Set()) => {
  const shelves = writeRequirements(setOf(facts), held).find(({ feature }) => feature === 'shelves')
  if (!shelves) throw new Error('no shelves')
  return readDocument(writeSpec(shelves, 'openspec'), { format: 'openspec', kind: 'spec' })
}
const show = (facts: Fact[], agreed: Fact[] = facts) => {
  const { drifts } = compareFacts(agreed, facts)
  const said = drifts.map((one) => ({
    ...one,
    common: one.before === null ? '' : 'Common to operations below /shelves: 401',
  }))
  return showRequirements(documentOf(agreed), facts, agreed, said, ({ line }) => line)
}
const named = (all: ReturnType<typeof show>, title: string) => {
  const found = all.find((one) => one.title === title)
  if (!found) throw new Error(title)
  return found
}

test('a common sentence lights the lines of all its operations, and each operation shows what it shares [SPEC-STUDIO-06]', () => {
  const all = show(shelfFacts())
  const common = named(all, 'Common to operations below /shelves: 401')
  expect(common.operations).toHaveLength(6)
  expect(common.sentences.map(({ grade, spans }) => [grade, spans.map(({ path }) => path)])).toEqual([
    ['proved', ['src/loans.ts']],
    ['proved', ['src/door.ts']],
    ['proved', ['src/door.ts']],
  ])
  expect(named(all, 'PUT /shelves/{id}').common).toMatchObject([
    {
      title: common.title,
      isHere: true,
      sentences: [
        expect.stringContaining('PUT /shelves/{id}, the service SHALL refuse'),
        expect.stringMatching(/^IF, for PUT \/shelves\/\{id\}, /),
      ],
    },
  ])
  expect(named(all, 'GET /shelves/open').common).toEqual([])
})

test('what drifted of all stands at what is common, what drifted of one at this one too [SPEC-STUDIO-06]', () => {
  const all = show(shelfFacts('Closed.'), shelfFacts())
  expect(all.filter(({ drifts }) => drifts.length > 0)).toMatchObject([
    {
      title: 'Common to operations below /shelves: 401',
      drifts: [{ kind: 'changed', operations: { length: 6 } }],
    },
  ])
  const one = show(shelfFacts(undefined, 2), shelfFacts())
  expect(
    one.filter(({ drifts }) => drifts.length > 0).map(({ title, drifts }) => [title, drifts.length]),
  ).toEqual([
    ['Common to operations below /shelves: 401', 2],
    ['GET /shelves/{id}/books', 2],
  ])
})

test('an approval of what an operation said is one of what it and others say now [SPEC-STUDIO-06]', () => {
  const facts = shelfFacts()
  const [long, short] = [documentOf(facts, new Set(facts.map(({ id }) => id))), documentOf(facts)]
  const hashes = (document: typeof long) =>
    document.requirements
      .filter((one) => sentencesOf(one).some((text) => text.startsWith('THE service SHALL answer ')))
      .map((one) =>
        textHashOf(one, commonOf(one, document, commonIn([document]).flat()), factFinder(facts, [])),
      )
  expect(hashes(short)).toEqual(hashes(long))
})

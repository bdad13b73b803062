import { describe, expect, test } from 'vitest'
import { packs } from '../../src/packs/packs.ts'
import { extractFiles, summarize } from './fixture.ts'
import * as go from './fixtures/go.ts'
import * as java from './fixtures/java.ts'
import * as javascript from './fixtures/javascript.ts'
import * as python from './fixtures/python.ts'

const fixtures = [javascript, python, java, go].flatMap((each) => Object.entries(each))

// One contract for all packs: what a fixture answers is read, and nothing else.
describe.each(fixtures)('the pack that reads %s', (_name, fixture) => {
  test('finds every operation and no other, with its statuses, parameters and constraints [SPEC-PACKS-01]', async () => {
    const found = summarize(await extractFiles(fixture.files))
    expect(found.operations).toEqual(fixture.operations)
    for (const part of ['statuses', 'parameters', 'constraints'] as const)
      for (const [operation, expected] of Object.entries(fixture[part] ?? {}))
        expect({ operation, [part]: found[part][operation] }).toEqual({ operation, [part]: expected })
  })

  test('names the framework, and every claim has evidence [SPEC-PACKS-01]', async () => {
    const { set } = await extractFiles(fixture.files)
    expect(set.frameworks.filter(({ isRead }) => isRead).map(({ name }) => name)).toContain(fixture.framework)
    for (const fact of set.facts)
      for (const { startByte, endByte } of fact.evidence) expect(endByte).toBeGreaterThan(startByte)
    expect(set.facts.filter(({ evidence }) => evidence.length === 0)).toEqual([])
  })
})

test('every pack has a fixture [SPEC-PACKS-01]', () => {
  const read = new Set(fixtures.map(([, { framework }]) => framework))
  expect(packs.map(({ framework }) => framework).filter((name) => !read.has(name))).toEqual([])
})

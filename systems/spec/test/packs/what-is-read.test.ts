import { expect, test } from 'vitest'
import { frameworks } from '../../src/packs/frameworks.ts'
import { packs } from '../../src/packs/packs.ts'
import { whatIsRead } from '../../src/packs/what-is-read.ts'

test('each framework that is read has a pack that says what of it, and no other has one [SPEC-EXTRACT-02]', () => {
  expect(frameworks.filter(({ isRead }) => isRead).map(({ name }) => name)).toEqual([
    ...new Set(packs.map(({ framework }) => framework)),
  ])
  for (const pack of packs)
    expect(
      Object.entries(whatIsRead(pack)).filter(([, words]) => words === ''),
      pack.framework,
    ).toEqual([])
})

import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isOfCode } from '../../src/drift/compare-facts.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit } from './marked.ts'
import { gin, spring } from './marked-compiled.ts'
import { express, fastapi } from './marked-scripts.ts'

const plain = (title: string) => title.replaceAll(/:\w+|\{\w+\}/g, '{}')

for (const { language, files, quiet, loud } of [express, fastapi, spring, gin]) {
  // As it is committed and read again.
  const agreed = extractFiles(files).then(({ set }) => parseAgreed(serializeAgreed(set)))
  const drifts = async (edit: Edit) =>
    compareSets(await agreed, (await extractFiles(edited(files, edit))).set).drifts

  test.each(Object.entries(quiet))(`${language}: %s is no drift [SPEC-DRIFT-05]`, async (_, edit) => {
    expect((await drifts(edit)).map(({ requirement, after }) => `${requirement}: ${after}`)).toEqual([])
  })

  test.each(Object.entries(loud))(
    `${language}: %s that no fact tells is told behind its operation alone [SPEC-DRIFT-05]`,
    async (_, { edit, on, says }) => {
      const found = await drifts(edit)
      expect(found.map(({ requirement }) => plain(requirement))).toEqual([plain(on)])
      expect(found.every(isOfCode)).toBe(true)
      expect(found[0]?.after).toContain(says)
    },
  )
}

import { expect, test } from 'vitest'
import { listingEvidence } from '../../src/assistant/evidence.ts'
import { english } from '../../src/language/lexicon.ts'
import { swift } from './fixture.ts'

test('quotes nothing of what a merchant files goods under', () => {
  const filed = { ...swift, attributes: { tags: ['deal'], also_in: ['Summer', 'Gifts'], sole: ['rubber'] } }
  const fields = listingEvidence(filed, english).flatMap(({ source }) =>
    'field' in source ? [source.field] : [],
  )
  expect(fields).toContain('sole')
  expect(fields).not.toContain('also_in')
  expect(fields).not.toContain('tags')
})

import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoreLexicons } from '../../src/language/store-lexicons.ts'
import type { LanguageTables } from '../../src/language/store-lexicons.ts'
import { migrations } from '../../src/migrations/migrations.ts'

let testStore: TestStore
let lexicons: StoreLexicons
const open = () => new StoreLexicons(testStore.host.forSystem('shop').database<LanguageTables>(), 'en')

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { shop: migrations } })
  lexicons = open()
})
afterAll(() => testStore.close())

test('a store’s synonyms are its own, and every process sees a change [SHOP-LANGUAGE-03]', async () => {
  const other = open()
  const means = async (of: StoreLexicons, tenantId: string) =>
    (await of.read(tenantId)).meaning('zibble') === (await of.read(tenantId)).meaning('quorp')
  expect(await means(other, 'main')).toBe(false)
  const saved = await lexicons.save('main', ['zibble = quorp', '', ' rug , carpet '], 5)
  expect(saved).toEqual({ lines: ['zibble = quorp', 'rug, carpet'], changedAtMs: 5 })
  expect(await means(lexicons, 'main')).toBe(true)
  expect(await means(other, 'main')).toBe(true)
  expect(await means(lexicons, 'somebody-else')).toBe(false)
  expect(await lexicons.read('main')).toBe(await lexicons.read('main'))
  await lexicons.save('main', [], 6)
  expect(await means(other, 'main')).toBe(false)
})

test('a line that names one word is refused, and what was there stays', async () => {
  await lexicons.save('main', ['sofa = couch'], 7)
  await expect(lexicons.save('main', ['sofa = settee', 'alone'], 8)).rejects.toMatchObject({
    code: 'synonyms-invalid',
    status: 400,
  })
  expect(await lexicons.synonyms('main')).toEqual({ lines: ['sofa = couch'], changedAtMs: 7 })
})

import { expect, test } from 'vitest'
import { computeChecksum, planMigrations } from '../../src/database/migrate.ts'

const step = (name: string, sql = `SELECT '${name}'`) => ({ name, sql })
const ran = (...names: string[]) => names.map((name) => ({ name, checksum: computeChecksum(step(name).sql) }))
const plan = (steps: string[], applied: string[]) =>
  planMigrations(
    'shop',
    steps.map((name) => step(name)),
    ran(...applied),
  ).map(({ name }) => name)

test('plans what has not run, by number', () => {
  expect(plan(['0002-b', '0001-a', '0003-c'], ['0001-a'])).toEqual(['0002-b', '0003-c'])
  expect(plan(['0001-a'], ['0001-a'])).toEqual([])
})

test('refuses names without a number of their own', () => {
  expect(() => plan(['1-a'], [])).toThrow(/0001-catalog/)
  expect(() => plan(['0001-a', '0001-b'], [])).toThrow(/number of its own/)
})

test('refuses a database that is newer than the code [STORE-MIGRATE-03]', () => {
  expect(() => plan(['0001-a'], ['0001-a', '0002-b'])).toThrow(/newer release/)
})

test('refuses a step that sorts before one that has run [STORE-MIGRATE-03]', () => {
  expect(() => plan(['0001-a', '0002-b', '0003-c'], ['0001-a', '0003-c'])).toThrow(/next number/)
})

test('line ends do not change a checksum', () => {
  expect(computeChecksum('a\r\nb')).toBe(computeChecksum('a\nb'))
  expect(computeChecksum('a\nb')).not.toBe(computeChecksum('a\nc'))
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TableFile } from '../../src/table/table-file.ts'

let folder: string
let path: string
let applied: number
let opened: TableFile | null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-table-'))
  path = join(folder, 'models.config.json')
  applied = 0
  opened = null
})
afterEach(async () => {
  await opened?.close()
  await rm(folder, { recursive: true })
})

async function open(): Promise<TableFile> {
  opened = await TableFile.open(
    { file: path, log: silentLogger, beside: () => ({ providers: ['local'], models: ['smollm2'] }) },
    () => {
      applied++
      return Promise.resolve()
    },
  )
  return opened
}

test('keeps the table in effect when the file turns bad, and says where [MODELS-CONFIG-11]', async () => {
  await writeFile(path, '{ "tasks": { "answer": "smollm2" } }')
  const file = await open()
  expect(file.table.tasks).toEqual({ answer: 'smollm2' })
  await writeFile(path, '{\n  "tasks": { "answer": "other" }\n}')
  await expect
    .poll(async () => (await file.read()).problems)
    .toMatchObject([{ line: 2, path: 'tasks.answer' }])
  expect(file.table.tasks).toEqual({ answer: 'smollm2' })
})

test('a write or an edit is in effect once it resolves, and keeps comments', async () => {
  const file = await open()
  const empty = await file.read()
  expect(empty).toMatchObject({ text: '', version: '', problems: [] })
  const written = await file.write('{\n  // who answers\n  "tasks": { "answer": "smollm2" }\n}\n', '')
  expect([file.table.tasks, applied]).toEqual([{ answer: 'smollm2' }, 1])
  await file.edit([{ path: ['log', 'keepDays'], value: 7 }], written.version)
  expect([file.table.log.keepDays, applied]).toEqual([7, 2])
  expect(await readFile(path, 'utf8')).toContain('// who answers')
})

test('refuses a change of an older file and one that is not valid, and leaves the file', async () => {
  const file = await open()
  const { version } = await file.write('{ "log": { "keepDays": 9 } }', '')
  await expect(file.write('{}', '')).rejects.toMatchObject({ code: 'config-changed' })
  await expect(file.write('{ "log": { "keepDays": -1 } }', version)).rejects.toMatchObject({
    code: 'config-invalid',
    details: [{ path: 'log.keepDays' }],
  })
  expect(await readFile(path, 'utf8')).toBe('{ "log": { "keepDays": 9 } }')
})

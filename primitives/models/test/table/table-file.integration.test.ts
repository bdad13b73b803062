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
    {
      file: path,
      log: silentLogger,
      beside: () => ({ providers: ['local'], models: ['smollm2'] }),
      providersBeside: {},
      secretsDir: join(folder, 'secrets'),
    },
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

const openAi = (url: string, apiKey: string, rest = {}) =>
  JSON.stringify({ providers: { up: { kind: 'openai', replicas: [url], apiKey, ...rest } } })

test('a table by the API names secrets of the secrets folder and of the prefix only [MODELS-SECRET-01]', async () => {
  const file = await open()
  const references = [
    'file:/etc/hostname',
    'file:../other',
    'file:.',
    'env:PATH',
    'env:HEAVYLIFT_SERVER_ADMIN_KEY',
  ]
  for (const reference of [...references, 'env:toString', 'sk-the-key-itself'])
    await expect(file.write(openAi('https://evil.example/v1', reference), '')).rejects.toMatchObject({
      code: 'config-invalid',
      status: 400,
      details: [{ path: 'providers.up.apiKey' }],
    })
  await file.write(openAi('https://a.example/v1', 'file:up.key'), '')
  const { version } = await file.read()
  await file.write(openAi('https://a.example/v1', 'env:HEAVYLIFT_SECRET_UP'), version)
})

test('a secret that is in use does not move to another host by the API, nor one after it was taken out [MODELS-SECRET-02]', async () => {
  await writeFile(path, openAi('https://a.example/v1', 'file:up.key'))
  const file = await open()
  const refused = { code: 'config-invalid', status: 400, details: [{ path: 'providers.up.apiKey' }] }
  const edit = async (value: unknown) =>
    file.edit([{ path: ['providers', 'up', 'replicas'], value }], (await file.read()).version)
  await expect(edit(['https://evil.example/v1'])).rejects.toMatchObject(refused)
  await expect(edit(['https://a.example/v1', 'https://evil.example/v1'])).rejects.toMatchObject(refused)
  await expect(edit(['http://a.example/v1'])).rejects.toMatchObject(refused)
  await edit(['https://a.example/other/v1'])
  const emptied = await file.write('{}', (await file.read()).version)
  const again = openAi('https://evil.example/v1', 'file:up.key')
  await expect(file.write(again, emptied.version)).rejects.toMatchObject(refused)
  for (const name of ['OPENAI_API_KEY', 'AWS_SECRET_ACCESS_KEY'])
    await expect(
      file.write(openAi('https://evil.example/v1', `env:${name}`), emptied.version),
    ).rejects.toMatchObject(refused)
  for (const healthPath of ['//evil.example/x', String.raw`/\evil.example/x`])
    await expect(
      file.write(openAi('https://a.example/v1', 'file:up.key', { healthPath }), emptied.version),
    ).rejects.toMatchObject({ code: 'config-invalid', details: [{ path: 'providers.up.healthPath' }] })
  // The key given anew, and what the operator writes on the disk.
  await file.write(openAi('https://b.example/v1', 'file:b.key'), emptied.version)
  await writeFile(path, openAi('https://c.example/v1', 'file:up.key'))
  await expect.poll(() => JSON.stringify(file.table.providers)).toContain('c.example')
  await edit(['https://c.example/v1', 'https://a.example/v1'])
})

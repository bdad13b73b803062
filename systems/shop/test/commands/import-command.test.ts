import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runImport } from '../../src/commands/import.ts'

let folder: string
let file: string
/** Queries of the uploads, in order. */
let uploads: Record<string, string>[]
let printed: string[]
/** The model for embeddings that is pulled. */
let model: string | null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-import-'))
  file = join(folder, 'feed.csv')
  await writeFile(file, 'id,title,price\n1,Lamp,10\n')
  uploads = []
  printed = []
  model = null
})
afterEach(() => rm(folder, { recursive: true }))

const ended = {
  importId: 'imp-1',
  name: 'feed.csv',
  kind: 'feed',
  state: 'done',
  progress: null,
  startedAtMs: 1,
  finishedAtMs: 2,
  bytes: 10,
  error: null,
  format: 'csv',
  rows: { read: 2, accepted: 1, rejected: 1 },
  reasons: [],
  products: { added: 1, updated: 0, unchanged: 0, removed: 7 },
  removedExamples: ['Mug'],
  reviews: 0,
  questions: 0,
  notes: [],
  seconds: { reading: 0, comparing: 0, indexing: 0, publishing: 0 },
}

function input(options: Record<string, string | boolean>, confirm: CommandInput['confirm']): CommandInput {
  return {
    args: { file },
    options,
    api: async (path, init) => {
      if (init?.method === 'POST') {
        uploads.push(Object.fromEntries(new URL(path, 'http://server').searchParams))
        return Response.json({ importId: 'imp-1' })
      }
      return Response.json(path === '/api/shop/meaning' ? { model } : ended)
    },
    report: () => {},
    print: (line) => void printed.push(line),
    confirm,
    dataDir: folder,
    signal: new AbortController().signal,
  }
}

test('asks with figures before products go, and stops at a no', async () => {
  const asked: string[] = []
  const no = async (what: string) => {
    asked.push(what)
    throw new Error('not confirmed')
  }
  await expect(runImport(input({ mode: 'replace' }, no))).rejects.toThrow('not confirmed')
  expect(asked).toEqual(['Remove 7 products that the file does not name ("Mug" and 6 more)?'])
  expect(uploads).toEqual([{ name: 'feed.csv', mode: 'replace', preview: 'true' }])
})

test('sends the file again once the answer is yes', async () => {
  await runImport(input({ mode: 'replace' }, async () => {}))
  expect(uploads).toEqual([
    { name: 'feed.csv', mode: 'replace', preview: 'true' },
    { name: 'feed.csv', mode: 'replace' },
  ])
})

test('a preview says that nothing is changed by it', async () => {
  await runImport(input({ preview: true }, async () => {}))
  expect(printed[0]).toBe('feed.csv: read only, nothing is changed')
  await runImport(input({}, async () => {}))
  expect(printed).toContain('feed.csv: done')
})

test('refused rows are a no only with --strict; an update asks nothing', async () => {
  const never = async () => {
    throw new Error('asked')
  }
  expect(await runImport(input({}, never))).toMatchObject({ verdict: 'yes' })
  expect(await runImport(input({ strict: true }, never))).toMatchObject({ verdict: 'no' })
})

test('says what a model for embeddings would add, where none is pulled', async () => {
  const never = async () => {}
  await runImport(input({}, never))
  expect(printed.filter((line) => line.includes('models pull e5-small'))).toHaveLength(1)
  model = 'e5-small'
  printed = []
  await runImport(input({}, never))
  expect(printed.filter((line) => line.includes('models pull'))).toEqual([])
})

test('goes on following where the server does not answer for a moment', async () => {
  const asked = input({}, async () => {})
  let failures = 2
  const api: CommandInput['api'] = async (path, init) => {
    if (path.startsWith('/api/shop/imports/') && failures-- > 0) throw new Error('no answer')
    return asked.api(path, init)
  }
  await runImport({ ...asked, api })
  expect(printed[0]).toBe('feed.csv: done')
})

test('a strict preview says no where a row would be rejected', async () => {
  expect(await runImport(input({ preview: true, strict: true }, async () => {}))).toMatchObject({
    verdict: 'no',
  })
  expect(await runImport(input({ preview: true }, async () => {}))).toMatchObject({ verdict: 'yes' })
})

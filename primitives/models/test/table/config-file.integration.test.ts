import { mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfigFile } from '../../src/table/config-file.ts'
import type { ConfigProblem } from '../../src/table/config-problem.ts'
import { editGatewayConfig } from '../../src/table/edit-gateway-config.ts'
import { watchGatewayConfig } from '../../src/table/watch-gateway-config.ts'
import type { ConfigWatcher } from '../../src/table/watch-gateway-config.ts'

let folder: string
let file: string
let watcher: ConfigWatcher | null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-table-'))
  file = join(folder, 'models.config.json')
  watcher = null
})
afterEach(async () => {
  await watcher?.close()
  await rm(folder, { recursive: true, force: true })
})

const keeping = (days: number) => `// kept\n{ "log": { "keepDays": ${days} } }\n`

function watchIt(version: string | null, pollMs = 3_600_000, debounceMs = 20) {
  const days: number[] = []
  const told: ConfigProblem[][] = []
  watcher = watchGatewayConfig({
    file,
    version,
    onChange: (config) => void days.push(config.log.keepDays),
    onProblem: (problems) => void told.push(problems),
    log: silentLogger,
    debounceMs,
    pollMs,
  })
  return { days, told }
}

const seen = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

test('takes a new table that is written, or renamed over the old one as editors do [MODELS-CONFIG-03]', async () => {
  await writeFile(file, keeping(1))
  const { days } = watchIt((await readConfigFile(file))!.version)
  await watcher!.check()
  await writeFile(file, keeping(2))
  await seen(() => expect(days).toEqual([2]))
  for (const next of [3, 4]) {
    await writeFile(`${file}~`, keeping(next))
    await rename(`${file}~`, file)
    await seen(() => expect(days.at(-1)).toBe(next))
  }
  expect(days).toEqual([2, 3, 4])
})

test('keeps the table when the file is bad or gone, says so once, and takes the next good one [MODELS-CONFIG-03]', async () => {
  await writeFile(file, keeping(1))
  const { days, told } = watchIt((await readConfigFile(file))!.version)
  await writeFile(file, '{\n  "log": { "keepDays": 0 }\n}')
  await seen(() => expect(told).toHaveLength(1))
  expect(told[0]).toMatchObject([{ line: 2, column: 24, path: 'log.keepDays' }])
  await watcher!.check()
  await rm(file)
  await seen(() => expect(told).toHaveLength(2))
  await writeFile(file, keeping(5))
  await seen(() => expect(days).toEqual([5]))
  expect(told).toHaveLength(2)
})

test('tells nothing of a file that is blank for the moment of a save, but of one that stays so', async () => {
  await writeFile(file, keeping(1))
  const { told } = watchIt((await readConfigFile(file))!.version, 3_600_000, 2_000)
  await watcher!.check()
  await writeFile(file, '')
  await watcher!.check()
  expect(told).toEqual([])
  await seen(() => expect(told).toHaveLength(1))
})

test('finds a file by looking, in a folder that was not there to be watched', async () => {
  file = join(folder, 'later', 'models.config.json')
  const { days } = watchIt(null, 30)
  await rename(await mkdtemp(join(tmpdir(), 'heavylift-later-')), join(folder, 'later'))
  await writeFile(file, keeping(7))
  await seen(() => expect(days).toEqual([7]))
})

test('writes an edit whole, for its owner only, with comments, and refuses an old version [MODELS-CONFIG-04]', async () => {
  await writeFile(file, keeping(1))
  const { version } = (await readConfigFile(file))!
  const edit = (days: number, base: string | null) =>
    editGatewayConfig(file, [{ path: ['log', 'keepDays'], value: days }], base)
  const [first, second] = await Promise.allSettled([edit(2, version), edit(3, version)])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'config-changed', status: 409 } })
  expect(await readFile(file, 'utf8')).toBe(keeping(2))
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['models.config.json'])
})

test('refuses an edit that would not be valid and leaves the file as it was [MODELS-CONFIG-04]', async () => {
  await writeFile(file, keeping(1))
  const { version } = (await readConfigFile(file))!
  const edits = [{ path: ['tasks', 'answer'], value: 'nobody' }]
  await expect(editGatewayConfig(file, edits, version)).rejects.toMatchObject({
    code: 'config-invalid',
    details: [{ path: 'tasks.answer' }],
  })
  expect(await readFile(file, 'utf8')).toBe(keeping(1))
})

test('begins a file that is not there', async () => {
  await editGatewayConfig(file, [{ path: ['log', 'prompts'], value: true }], null)
  const begun = await readConfigFile(file)
  expect(begun && 'config' in begun.parsed && begun.parsed.config.log.prompts).toBe(true)
})

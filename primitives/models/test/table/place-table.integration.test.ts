import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeTable } from '../../src/table/place-table.ts'

let base: string
let configDir: string
let dataDir: string
const place = (configured: string | null = null) =>
  placeTable(configured, { configDir, dataDir, log: silentLogger })
const isRoot = process.getuid?.() === 0

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'heavylift-table-'))
  configDir = join(base, 'installation')
  dataDir = join(base, 'data')
  await mkdir(configDir)
})
afterEach(async () => {
  if (isRoot) execFileSync('sh', ['-c', 'umount "$0" 2>/dev/null || true', configDir])
  else await chmod(configDir, 0o755)
  await rm(base, { recursive: true, force: true })
})

test('the table lies in the data folder, or where the configuration says [MODELS-CONFIG-07]', async () => {
  expect(await place()).toBe(join(dataDir, 'models.config.json'))
  expect(await place('tables/a.json')).toBe(join(configDir, 'tables/a.json'))
})

test('a table beside heavylift.config.json goes on being used until there is one in the data folder [MODELS-CONFIG-07]', async () => {
  await writeFile(join(configDir, 'models.config.json'), '{}')
  expect(await place()).toBe(join(configDir, 'models.config.json'))
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'models.config.json'), '{}')
  expect(await place()).toBe(join(dataDir, 'models.config.json'))
})

test('a table in an installation that cannot be written is copied once [MODELS-CONFIG-07]', async ({
  skip,
}) => {
  await writeFile(join(configDir, 'models.config.json'), '{ "providers": {} }')
  // Root may write whatever the mode says, but not to what is mounted read-only.
  if (!isRoot) await chmod(configDir, 0o555)
  else {
    try {
      execFileSync('mount', ['--bind', configDir, configDir], { stdio: 'ignore' })
      execFileSync('mount', ['-o', 'remount,bind,ro', configDir], { stdio: 'ignore' })
    } catch {
      skip('root may not mount here')
    }
  }
  const own = join(dataDir, 'models.config.json')
  expect(await place()).toBe(own)
  expect(await readFile(own, 'utf8')).toBe('{ "providers": {} }')
  await writeFile(own, '{ "providers": { "a": {} } }')
  expect(await place()).toBe(own)
  expect(await readFile(own, 'utf8')).toContain('"a"')
})

import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { secretReader } from '../src/secret.ts'

let folder: string
let secretsDir: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-secret-'))
  secretsDir = join(folder, 'secrets')
  await mkdir(secretsDir)
  await writeFile(join(folder, 'password'), 'of-the-database')
})
afterEach(() => rm(folder, { recursive: true }))

test('a secret is read below its folder, and no name and no link leads out of it [MODELS-SECRET-01]', async () => {
  const read = secretReader({ secretsDir, environment: { PATH: '/bin', HEAVYLIFT_SECRET_UP: ' k \n' } })
  await writeFile(join(secretsDir, 'up.key'), 'from-file\n')
  await symlink('up.key', join(secretsDir, 'current'))
  expect(await read('file:up.key')).toBe('from-file')
  expect(await read(`file:${join(secretsDir, 'current')}`)).toBe('from-file')
  expect(await read('env:HEAVYLIFT_SECRET_UP')).toBe('k')

  await symlink('../password', join(secretsDir, 'out'))
  await symlink('..', join(secretsDir, 'up'))
  for (const name of [
    '../password',
    join(folder, 'password'),
    'out',
    'up/password',
    'up/secrets/../password',
  ])
    await expect(read(`file:${name}`)).rejects.toMatchObject({
      code: 'secret-refused',
      message: expect.not.stringContaining('of-the-database') as string,
    })
  await expect(read('env:PATH')).rejects.toMatchObject({ code: 'secret-refused' })
  for (const missing of ['file:none', 'file:up/secrets', 'env:HEAVYLIFT_SECRET_NONE'])
    await expect(read(missing)).rejects.toThrow(/secret/i)
})

test('a folder that is itself a link is one folder', async () => {
  await writeFile(join(secretsDir, 'up.key'), 'k')
  await symlink('secrets', join(folder, 'linked'))
  await link(join(secretsDir, 'up.key'), join(secretsDir, 'same.key'))
  expect(await secretReader({ secretsDir: join(folder, 'linked') })('file:same.key')).toBe('k')
})

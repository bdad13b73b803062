import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { versionsFile } from '../../src/driver/versions/versions-file.ts'
import { versionsFor } from '../../src/routes/clearances.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-versions-'))
  const own = { name: 'ours', kind: 'external', parameters: { program: './secret-driver' } }
  await writeFile(join(folder, versionsFile), JSON.stringify({ versions: [own] }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the installation’s own versions are the main tenant’s alone [DRIVE-TENANT-01]', async () => {
  const namesFor = async (tenantId: string) =>
    (await versionsFor({ tenantId, scope: 'admin', keyId: null }, folder)).map(({ name }) => name)
  expect(await namesFor('main')).toContain('ours')
  const others = await namesFor('other')
  expect(others).not.toContain('ours')
  expect(others.length).toBeGreaterThan(0)
})

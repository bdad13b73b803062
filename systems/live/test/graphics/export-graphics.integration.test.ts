import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportGraphics } from '../../src/graphics/export-graphics.ts'

let dir = ''
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'heavylift-graphics-'))))
afterAll(() => rm(dir, { recursive: true, force: true }))

test('the exported folder holds every file that its graphics name, and refuses a full folder [LIVE-GRAPHICS-08]', async () => {
  const out = join(dir, 'out')
  const graphics = await exportGraphics(out)
  const files = (await readdir(out, { recursive: true })).toSorted()
  expect(graphics.length).toBeGreaterThanOrEqual(8)
  expect(files).toEqual(
    expect.arrayContaining(['fonts/LICENSE', ...graphics.map(({ id }) => `${id}/${id}.ograf.json`)]),
  )
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const source = await readFile(join(out, file), 'utf8')
    const named = Array.from(source.matchAll(/(?:from |new URL\()'(\.[^']+)'/g), ([, path]) => path ?? '')
    const reached = named.map((path) => relative(out, resolve(out, dirname(file), path)))
    expect(files).toEqual(expect.arrayContaining(reached))
  }
  await expect(exportGraphics(out)).rejects.toMatchObject({ code: 'folder-not-empty' })
})

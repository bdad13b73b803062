import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NotFoundError } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runExtract } from '../../src/commands/run-extract.ts'

let root: string
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'spec-extract-'))))
afterEach(() => rmSync(root, { recursive: true }))

async function extract(path: string) {
  const lines: string[] = []
  const { notRead } = await runExtract({
    args: { path },
    options: {},
    dataDir: join(root, 'data'),
    report: () => {},
    print: (line) => void lines.push(line),
    signal: new AbortController().signal,
    confirm: () => Promise.resolve(),
    api: () => Promise.reject(new NotFoundError({ code: 'no-server', message: 'No server runs.' })),
  })
  return Object.assign(lines, { notRead })
}

test('says which languages were not read, the most first, and agrees on nothing where nothing was understood [SPEC-EXTRACT-02]', async () => {
  const folder = join(root, 'shop')
  mkdirSync(join(folder, 'lib'), { recursive: true })
  for (const name of ['a.rb', 'b.rb', 'c.ex']) writeFileSync(join(folder, 'lib', name), '')
  const lines = await extract(folder)
  expect(lines).toContain('Ruby, 2 files: not read.')
  expect(lines.indexOf('Elixir, 1 file: not read.')).toBe(lines.indexOf('Ruby, 2 files: not read.') + 1)
  expect(lines.notRead).toEqual(['Ruby', 'Elixir'])
  expect(lines).toContain('Nothing was understood that could be agreed on, so no file was written.')
  expect(readdirSync(folder)).toEqual(['lib'])

  writeFileSync(
    join(folder, 'app.py'),
    'from flask import Flask\napp = Flask(__name__)\n\n@app.get("/a")\ndef a():\n    return "a"\n',
  )
  expect(await extract(folder)).toContainEqual(expect.stringMatching(/^Facts: .*Commit it/))
  expect(existsSync(join(folder, '.heavylift-spec/facts.json'))).toBe(true)
  rmSync(join(folder, 'app.py'))
  expect(await extract(folder)).toContainEqual(expect.stringMatching(/what was agreed, and stays/))
})

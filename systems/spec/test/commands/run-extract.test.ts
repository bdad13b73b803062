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
  const result = await runExtract({
    args: { path },
    options: {},
    dataDir: join(root, 'data'),
    report: () => {},
    print: (line) => void lines.push(line),
    signal: new AbortController().signal,
    confirm: () => Promise.resolve(),
    api: () => Promise.reject(new NotFoundError({ code: 'no-server', message: 'No server runs.' })),
  })
  return Object.assign(lines, { notRead: result.notRead, result })
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

test('prints each operation with what it answers, refuses and leaves open, and where that stands [SPEC-EXTRACT-02]', async () => {
  const folder = join(root, 'pier')
  mkdirSync(folder)
  const code = `const express = require('express')
const app = express()
app.get('/ropes', (req, res) => {
  if (!req.query.metres) return res.status(400).json({ error: 'How long?' })
  res.json([])
})
app.all('/gone', (req, res) => res.status(410).end())
app.get('/lamps', (req, res) => {
  if (!req.query.id) res.status(404).end()
})
app.listen(80)
`
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5.0.0"}}')
  writeFileSync(join(folder, 'index.js'), code)
  const lines = await extract(folder)
  const { format, counts, operations, questions } = lines.result
  expect(JSON.parse(JSON.stringify(operations))).toEqual(operations)
  expect({ format, counts, questions }).toEqual({
    format: 1,
    counts: { operations: 3, known: 2, models: 0, rules: 1, errors: 3, questions: 0 },
    questions: [],
  })
  expect(operations.map(({ method, path, isKnown }) => `${method} ${path} ${isKnown}`)).toEqual([
    '* /gone true',
    'GET /lamps false',
    'GET /ropes true',
  ])
  const ropes = operations[2]
  expect(ropes?.answers.map(({ status, when, grade }) => ({ status, when, grade }))).toEqual([
    { status: 200, when: 'the query parameter metres is there', grade: 'proved' },
  ])
  expect(ropes?.errors.map(({ status, says, at }) => ({ status, says, line: at[0]?.line }))).toEqual([
    {
      status: 400,
      says: 'IF, for GET /ropes, the query parameter metres is missing, THEN the service SHALL answer 400 with error (string, required) and say "How long?".',
      line: 4,
    },
  ])
  const [span] = ropes?.errors[0]?.at ?? []
  expect(span && code.slice(span.startByte, span.endByte)).toContain('res.status(400)')
  expect(lines).toContainEqual(expect.stringContaining('all answers known for 66 % of operations'))
})

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeServices } from '../../src/benches/made-services.ts'
import { extractFacts } from '../../src/extract/extract-facts.ts'
import { factsOf, serializeFactSet } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('an extraction that is given what was parsed before says what one says that is not [SPEC-EXTRACT-03]', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'spec-'))
  const read = (from?: Parameters<typeof extractFacts>[3]) =>
    extractFacts(dir, () => undefined, new AbortController().signal, from)
  try {
    await writeFile(join(dir, 'package.json'), '{"dependencies":{"express":"5.0.0"}}')
    await writeFile(join(dir, 'status.js'), 'module.exports = 200\n')
    await writeFile(
      join(dir, 'app.js'),
      `const app = require('express')()\nconst status = require('./status')\napp.get('/a', (req, res) => res.status(status).json({}))\n`,
    )
    const first = await read()
    await writeFile(join(dir, 'status.js'), 'module.exports = 202\n')
    const again = await read({ known: first.modules })
    expect(factsOf(again.set.facts, 'response').map(({ status }) => status)).toEqual([202])
    expect(serializeFactSet(again.set)).toBe(serializeFactSet((await read()).set))
    expect(again.modules.get('app.js')).toBe(first.modules.get('app.js'))
  } finally {
    await rm(dir, { recursive: true })
  }
})

test('what was read of the very same sources is kept, and of no others [SPEC-EXTRACT-03]', async () => {
  const [dir, readings] = await Promise.all(['spec-', 'spec-'].map((name) => mkdtemp(join(tmpdir(), name))))
  if (!dir || !readings) throw new Error('no folder')
  const stages: string[] = []
  const read = async (from: Parameters<typeof extractFacts>[3] = { readings }) => {
    stages.length = 0
    return (await extractFacts(dir, ({ stage }) => stages.push(stage), new AbortController().signal, from))
      .set
  }
  try {
    await writeFile(join(dir, 'package.json'), '{"dependencies":{"express":"5.0.0"}}')
    const write = (status: number) =>
      writeFile(
        join(dir, 'app.js'),
        `const app = require('express')()\napp.get('/a', (req, res) => res.status(${status}).json({}))\n`,
      )
    await write(200)
    const first = serializeFactSet(await read())
    expect(stages).toContain('analysing')
    expect(serializeFactSet(await read())).toBe(first)
    expect(stages).not.toContain('analysing')
    await write(202)
    expect(factsOf((await read()).facts, 'response').map(({ status }) => status)).toEqual([202])
    // Half of a file is none.
    for (const name of await readdir(readings)) await writeFile(join(readings, name), '{"version":1,')
    await write(200)
    expect(serializeFactSet(await read())).toBe(first)
    expect(stages).toContain('analysing')
  } finally {
    await Promise.all([dir, readings].map((one) => rm(one, { recursive: true })))
  }
})

test('services made for the benches are read whole [SPEC-EXTRACT-03]', async () => {
  const files = [...makeServices(900)]
  const parts = files.filter(([path]) => /part\d+(?:Controller)?\.\w+$/i.test(path)).length
  const { set } = await extractFiles(Object.fromEntries(files))
  expect(factsOf(set.facts, 'operation')).toHaveLength(parts * 6)
})

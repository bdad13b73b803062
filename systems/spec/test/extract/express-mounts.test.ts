import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

// Operations of a router of buoys that is put behind something.
async function pathsBehind(prefix: string): Promise<string[]> {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"^4"}}',
    'app.js': `const express = require('express')
const app = express()
const router = express.Router()
const buoys = express.Router()
buoys.get('/:buoy', (req, res) => res.json({}))
router.use('/buoys', buoys)
app.use(${prefix}, router)
app.listen(80)
`,
  })
  return factsOf(set.facts, 'operation')
    .map(({ method, path }) => `${method} ${path}`)
    .toSorted()
}

test('A regular expression before other paths is told as the plain texts that it stands for [SPEC-EXTRACT-03]', async () => {
  const [short, long] = ['GET /buoys/{buoy}', 'GET /sea/buoys/{buoy}']
  expect(await pathsBehind(String.raw`/(\/sea)?/`)).toEqual([short, long])
  expect(await pathsBehind(String.raw`/^(?:\/sea)?/`)).toEqual([short, long])
  expect(await pathsBehind(String.raw`/^\/sea/`)).toEqual([long])
  expect(await pathsBehind(String.raw`/^\/(sea|lake)/`)).toEqual(['GET /lake/buoys/{buoy}', long])
})

test('A regular expression before other paths that is no plain text is not known [SPEC-EXTRACT-03]', async () => {
  for (const one of [String.raw`/^\/v\d+/`, String.raw`/^(?!\/health)/`, String.raw`/\/(\w+)/`])
    expect((await pathsBehind(one)).join()).not.toMatch(/[\\()^]|\?!/)
})

test('A router that is put behind several paths answers below each [SPEC-EXTRACT-03]', async () => {
  expect(await pathsBehind(`['/sea', '/lake']`)).toEqual(['GET /lake/buoys/{buoy}', 'GET /sea/buoys/{buoy}'])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a header that middleware of the whole program only reads is no parameter of each operation [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5"}}',
    'app.js': `
const express = require('express')
const app = express()
app.use((req, res, next) => {
  console.log(req.headers['user-agent'])
  next()
})
app.use((req, res, next) => {
  if (!req.headers['x-port']) return res.status(400).send('Which port?')
  next()
})
app.get('/tides', (req, res) => res.json([]))
app.get('/tides/now', (req, res) => res.json({ by: req.headers['user-agent'] }))
app.listen(1)
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'parameter')
      .map(({ operation, name }) => `${paths.get(operation)} ${name}`)
      .toSorted(),
  ).toEqual(['/tides x-port', '/tides/now user-agent', '/tides/now x-port'])
})

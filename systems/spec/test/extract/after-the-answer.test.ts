import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what middleware reads once an answer was sent is nothing that a request has to have [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
app.use(express.json())
app.use((req, res, next) => {
  res.on('finish', () => note(req.body.query, req.query.trace))
  next()
})
app.post('/berths', (req, res) => { res.json({ name: req.body.name }) })
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'parameter')).toEqual([])
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toMatchObject([
    { type: 'object', fields: [{ name: 'name' }] },
  ])
})

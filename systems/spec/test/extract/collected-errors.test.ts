import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('express-validator takes what checks of one’s own throw: no handler of errors is asked [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","express-validator":"7"}}',
    'app.js': `
const express = require('express')
const { query, validationResult } = require('express-validator')
const app = express()
const known = (value) => {
  if (value.length > 9) throw new Error('Too long')
  return true
}
const refuse = (req, res, next) => {
  if (!validationResult(req).isEmpty()) return res.status(422).json({ message: 'What?' })
  next()
}
app.get('/keys', query('name').custom((value) => known(value)), refuse, (req, res) => res.json({}))
app.use((error, req, res, next) => res.status(500).json({ message: error.message }))
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([422])
})

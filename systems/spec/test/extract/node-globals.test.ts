import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a program sets for all of its modules is what they throw [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"express":"4.0.0"}}',
    'app.js': `
const express = require('express')
const app = express()
app.use(require('./sails'))
global.faults = require('./faults')
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({})
})
app.listen(80)
`,
    'faults.js': `
class Torn extends Error {}
class Lost extends Error {
  constructor(text) {
    super(text)
    this.status = 404
  }
}
module.exports = { Torn, Lost }
`,
    'sails.js': `
const { Router } = require('express')
const sails = Router()
sails.get('/sails', (req, res) => {
  if (!req.query.name) throw new global.faults.Lost('No sail')
  res.json([])
})
module.exports = sails
`,
  })
  expect((found['/sails'] ?? []).filter((one) => /^[45]/.test(one))).toEqual(['404 where !query.name'])
})

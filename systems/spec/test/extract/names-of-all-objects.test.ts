import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('code may name what all objects of the language have: no table of frameworks has it [SPEC-EXTRACT-01]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
const isRouter = (it) => it.constructor && it.constructor.name === 'Router' || it.toString().matches('router')
if (!isRouter(app) && app.hasOwnProperty('valueOf')) throw new Error('none')
app.get('/boats/:id', (req, res) => {
  if (!req.query.constructor) return res.status(400).json({ message: 'none' })
  return res.json({ id: req.params.id.toString() })
})
app.listen(1)
`,
    }),
  ).toEqual([
    'IF, for GET /boats/{id}, the query parameter constructor is missing, THEN the service SHALL answer 400 with message (string, required) and say "none".',
  ])
})

import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a program puts on a class of the language is called wherever it is named, with the status that it makes [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
require('./refusals')
const express = require('express')
const app = express()
app.get('/kilns/:id', (req, res) => {
  if (req.params.id === 'none') throw Error.Missing('No kiln.')
  if (req.params.id === 'hot') throw Error.Busy('Too hot.')
  res.json({})
})
app.use((error, req, res, next) => {
  res.status(error.http || 500).json({ error: error.message })
})
app.listen(80)
`,
      'refusals.js': `
Error.MISSING = { http: 404 }
Error.make = function (kind, text) {
  const error = new Error(text)
  for (const key in kind) error[key] = kind[key]
  return error
}
Error.Missing = Error.make.bind(null, Error.MISSING)
Error.Busy = (text) => Error.make({ http: 409 }, text)
`,
    }),
  ).toEqual({
    '/kilns/{id}': [
      '404 No kiln. where path.id == none',
      '409 Too hot. where path.id != none and path.id == hot',
      '200',
    ],
  })
})

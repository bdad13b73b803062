import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a class sets by a setter of its own is read as that makes it, also from a class above [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
class Outcome {
  constructor(code = 200) { this.nextCode = code }
  get givenCode() { return this.code }
  set nextCode(code) { this.code = code }
}
class Kept extends Outcome {}
const app = express()
app.get('/kilns/:id', (req, res) => {
  const outcome = new Kept()
  if (req.params.id === 'none') outcome.nextCode = 404
  res.status(outcome.givenCode).end()
})
app.listen(80)
`,
    }),
  ).toEqual({ '/kilns/{id}': ['404 where path.id == none', '200'] })
})

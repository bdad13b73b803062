import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const files = (answers: string) => ({
  'package.json': '{"dependencies":{"express":"4.0.0"}}',
  'answers.js': answers,
  'app.js': `
const express = require('express')
const Answers = require('./answers')
const Moorings = require('./moorings')
const app = express()
app.use((req, res, next) => {
  req.moorings = new Moorings('harbour')
  res.out = new Answers(res, next)
  next()
})
const wrap = (handle) => (req, res, next) => Promise.resolve(handle(req, res, next)).catch(next)
async function show(req, res) {
  const mooring = await req.moorings.find(req.params.id)
  if (!mooring) return res.out.missing('No such mooring')
  return res.out.sent({ mooring })
}
app.get('/moorings/:id', wrap(show))
app.put('/moorings/:id/buoy', wrap(async (req, res) => {
  if (req.body.length > 40) return res.out.refuse(422)
  await req.moorings.store(req.params.id, req.body)
  return res.out.sent({})
}))
app.listen(80)
`,
  'moorings.js': `
const db = require('db')
module.exports = class Moorings {
  constructor(of) { this.of = of }
  find(id) { return db.find(this.of, id) }
  store(id, mooring) { return db.store(this.of, id, mooring) }
}
`,
})

test('methods of a thing that middleware puts on an answer, and that holds this answer, answer [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers(
      files(`
module.exports = class Answers {
  constructor(res, next) { this.res = res; this.next = next }
  sent(data) { return this.res.json(data || {}) }
  missing(title) { this.res.status(404).json({ error: title }) }
  refuse(status) { return this.res.status(status).json({ error: 'Refused' }) }
}
`),
    ),
  ).toEqual({
    '/moorings/{id}': ['404 No such mooring where !req.moorings.find(path.id)', '200'],
    '/moorings/{id}/buoy': ['422 Refused where body.length > 40', '200'],
  })
})

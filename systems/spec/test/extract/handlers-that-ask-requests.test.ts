import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const files = (handler: string, before = '') => ({
  'package.json': '{"dependencies":{"express":"4.0.0"}}',
  'app.js': `
const express = require('express')
class Refused extends Error {
  constructor(message, statusCode) {
    super(message)
    this.statusCode = statusCode
  }
}
const app = express()
${before}
const caught = (handle) => function forwarded(...args) {
  return Promise.resolve(handle(...args)).catch(args[2])
}
async function mustFly(req, res, next) {
  if (!req.query.wind) throw new Refused('No wind', 403)
  next()
}
app.get('/kites', caught(mustFly), (req, res) => res.json({}))
app.use((error, req, res, next) => {
  ${handler}
  res.status(error.statusCode ?? 500).json({ error: error.message })
})
app.listen(80)
`,
})

test('a handler of errors that asks the request answers by what it asks [SPEC-EXTRACT-06]', async () => {
  expect(await printedAnswers(files("if (req.query.page) return res.send('Sorry')"))).toEqual({
    '/kites': ['403 No wind where !query.page and !query.wind', '200', '200'],
  })
})

test('what middleware kept in the request is there in a handler of errors [SPEC-EXTRACT-06]', async () => {
  const kept = `app.use((req, res, next) => {
  req.isPage = req.accepts('html') === 'html'
  next()
})`
  expect(await printedAnswers(files("if (req.isPage) return res.send('Sorry')", kept))).toEqual({
    '/kites': ['403 No wind where !query.wind and req.accepts("html") != html', '200', '200'],
  })
})

test('an answer for which a handler asks what is not known of an error stays open [SPEC-EXTRACT-06]', async () => {
  expect(await printedAnswers(files("if (await seen(error)) return res.send('Sorry')"))).toEqual({
    '/kites': ['403 open', '200', '200'],
  })
})

test('a guard behind a wrapper is told by what it wraps [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(files(''))
  expect(factsOf(set.facts, 'guard').map(({ name }) => name)).toEqual(['mustFly'])
})

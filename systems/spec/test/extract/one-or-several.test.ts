import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what is given as one or as a list of several is gone through as what it is [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const app = express()
const signedIn = (req, res, next) => {
  if (!req.headers['x-seal']) return res.status(401).end()
  next()
}
const add = (path, before, handler) => {
  const all = before ? (Array.isArray(before) ? before : [before]) : []
  for (const one of all) app.use(path, one)
  app.get(path, handler)
}
add('/jars', [signedIn], (req, res) => res.json([]))
add('/pots', signedIn, (req, res) => res.json([]))
add('/lids', undefined, (req, res) => res.json([]))
app.listen(80)
`,
    }),
  ).toEqual({
    '/jars': ['401 where !header.x-seal', '200'],
    '/pots': ['401 where !header.x-seal', '200'],
    '/lids': ['200'],
  })
})

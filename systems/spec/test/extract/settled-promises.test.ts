import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('that a promise is settled fails of nothing [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const shelf = require('shelf-of-jars')
const app = express()
const find = (id) => new Promise(async (resolve, reject) => {
  try {
    const jar = await shelf.find(id)
    resolve(jar)
  } catch (error) {
    reject('broken')
  }
})
app.get('/jars/:id', (req, res) => {
  find(req.params.id).then((jar) => res.json(jar)).catch(() => res.status(503).end())
})
app.listen(80)
`,
    }),
  ).toEqual({ '/jars/{id}': ['503 where find(…) failed or shelf.find(…) failed', '200'] })
})

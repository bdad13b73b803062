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

test('what answers where a promise fails has answered nothing where it did not [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const shelf = require('shelf-of-jars')
const app = express()
app.post('/jars', async (req, res) => {
  const jar = await shelf.put(req.query.label).catch(() => {
    res.status(502).end()
    return null
  })
  if (jar) res.json(jar)
})
app.post('/lids', async (req, res) => {
  await shelf.close(req.query.label).catch((error) => {
    if (error.code === 'stuck') return res.status(409).end()
    res.status(502).end()
  })
  res.json({})
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/jars': ['502 where shelf.put(…) failed', '200'],
    '/lids': [
      '409 where error.code == stuck and shelf.close(…) failed',
      '502 where error.code != stuck and shelf.close(…) failed',
      '200',
    ],
  })
})

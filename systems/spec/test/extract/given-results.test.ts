import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a controller of a program gives back is answered when it gives that, also taken apart and by what adapts it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const app = express()
const refused = (statusCode, error) => ({ statusCode, body: { error: error.message } })
const well = (body) => ({ statusCode: 200, body })
const rename = async ({ body }) => {
  if (!body.name) return refused(400, new Error('Which name?'))
  try {
    await shelf.rename(body)
    return well({})
  } catch (error) {
    return refused(503, error)
  }
}
const adapted = (controller) => async (req, res) => {
  const { statusCode, body } = await controller({ body: req.body, params: req.params })
  res.status(statusCode).json(body)
}
const put = (id) => (id === 'none' ? { ok: false, kind: 'MISSING' } : { ok: true, kind: '' })
const statusOf = { MISSING: 404 }
app.put('/jars', adapted(rename))
app.get('/jars/:id', (req, res) => {
  const result = put(req.params.id)
  if (!result.ok) return res.status(statusOf[result.kind]).end()
  res.json({})
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/jars': ['400 where !body.name', '503 where body.name and shelf.rename(…) failed', '200'],
    '/jars/{id}': ['404 where path.id == none', '200'],
  })
})

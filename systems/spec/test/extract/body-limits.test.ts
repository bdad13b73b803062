import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const express = (parser: string, more = '') => ({
  'package.json': '{"dependencies":{"express":"4"}}',
  'app.js': `
const express = require('express')
const app = express()
app.use(${parser})
app.post('/boats', (req, res) => res.status(201).json({ name: req.body.name }))
${more}
app.listen(80)
`,
})
const answers = async (...given: Parameters<typeof express>) =>
  (await printedAnswers(express(...given)))['/boats']

test('a body that is longer than the program allows is refused by what reads it [SPEC-EXTRACT-10]', async () => {
  expect(await answers("express.json({ limit: '2kb' })")).toEqual([
    '400 where body failed',
    '413 where !body fits as within the limit',
    '201',
  ])
  // Nothing of the program says how long it may be.
  expect(await answers('express.json()')).toEqual(['400 where body failed', '201'])
})

test('the program handles what reads bodies raises of a long one [SPEC-EXTRACT-10]', async () => {
  expect(
    await answers(
      "express.json({ limit: '2kb' })",
      `app.use((error, req, res, next) => {
  if (error.type === 'entity.too.large') return res.status(422).json({ error: 'heavy' })
  next(error)
})`,
    ),
  ).toEqual(['400 where body failed', '422 where !body fits as within the limit', '201'])
})

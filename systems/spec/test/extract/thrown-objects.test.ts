import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const quay = (answerOf: string) => ({
  'package.json': '{"name":"quay","dependencies":{"express":"4"}}',
  'quay.js': `const express = require('express')
const app = express()
class Gone extends Error {}
const problem = (text, code = 500) => {
  if (text.detail) return { text: text.detail, code }
  if (text instanceof Error) return { text: text.message, code, original: text }
  return { text, code }
}
const answerOf = (error) => {
  ${answerOf}
}
app.get('/berths/:id', async (req, res) => {
  const berth = await berths.find(req.params.id)
  if (!berth) throw problem('no berth', 404)
  res.json(berth)
})
app.use((error, req, res, next) => {
  const { text, code, ...rest } = answerOf(error)
  res.status(code)
  res.json({ text, ...rest })
})
app.listen(1)
`,
})

async function errorsOf(answerOf: string) {
  const { set } = await extractFiles(quay(answerOf))
  return factsOf(set.facts, 'error')
    .map((one) => `${one.grade}: ${sayFact(one, 'it')}`)
    .toSorted()
}

const told = expect.stringMatching(
  /^proved: IF, for it, `berths\.find\(path\.id\)` is missing, THEN the service SHALL answer 404 /,
)

test('an object that is thrown is no error of a class, and has the keys that it was written with [SPEC-EXTRACT-06]', async () => {
  expect(
    await errorsOf(`let result = error
  if (error instanceof Error) result = { code: 500, text: 'Failed' }
  if (error instanceof Gone) result = { code: 410, text: 'Gone' }
  if (error.name === 'ValidationError') result = { code: 422, text: error.text }
  return result`),
  ).toEqual([told])
})

test('a part of a thing that only one branch sets is what it was after the other, and a text is asked whether it matches [SPEC-EXTRACT-06]', async () => {
  expect(
    await errorsOf(`const result = error
  if (error.text && error.text.match(/Cast to/)) result.code = 400
  return result`),
  ).toEqual([told])
  expect(
    await errorsOf(`const result = error
  if (quiet.hours()) result.code = 503
  return result`),
  ).toEqual([
    expect.stringMatching(/^open: it may answer 404 /),
    expect.stringMatching(/^open: it may answer 503 /),
  ])
})

test('what an error has not is left out of the JSON that it is answered with, and a kind beside what it says is no message [SPEC-EXTRACT-10]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
class TideError extends Error {
  kind = 'tide'
  status = 409
}
const app = express()
app.get('/piers', (req, res) => {
  if (req.query.at === 'low') throw new TideError(req.query.at)
  res.json({})
})
app.use((error, req, res, next) => {
  const { status, kind, message, hint } = error
  res.status(status).json({ error: { kind, message, hint } })
})
`,
    })
  ).set
  const [error] = factsOf(facts, 'error')
  expect(error?.message).toBe('')
  const [field] = error?.shape.type === 'object' ? error.shape.fields : []
  expect(field?.shape.type === 'object' && field.shape.fields.map(({ name }) => name)).toEqual([
    'kind',
    'message',
  ])
})

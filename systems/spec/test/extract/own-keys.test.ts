import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('whether a schema that is written out has a part of its own is known, and what checks several parts says that the request does not fit [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","zod":"3.0.0"}}',
    'index.js': `
const express = require('express')
const { z } = require('zod')
const app = express()
app.use(express.json())
const take = (from, keys) => keys.reduce((all, key) => {
  if (from && Object.prototype.hasOwnProperty.call(from, key)) all[key] = from[key]
  return all
}, {})
const fits = (schema) => (req, res, next) => {
  const own = take(schema, ['params', 'query', 'body'])
  const found = z.object(own).safeParse(take(req, Object.keys(own)))
  if (!found.success) return res.status(422).json({ message: 'It does not fit.' })
  return next()
}
const parcel = { params: z.object({ id: z.string() }), query: z.object({ way: z.string() }) }
app.patch('/parcels/:id', fits(parcel), (req, res) => res.status(204).end())
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'body')).toEqual([])
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['id', 'way'])
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, 'it'))).toEqual([
    'IF, for it, the request does not fit what is declared, THEN the service SHALL answer 422 with message (string, required) and say "It does not fit.".',
  ])
})

test('the error that a schema gives of a part of the request is there where the request does not fit, and shows the call that checks [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","joi":"17.0.0"}}',
    'index.js': `
const express = require('express')
const Joi = require('joi')
const app = express()
app.use(express.json())
const parcel = Joi.object({ to: Joi.string().required() })
app.post('/parcels', (req, res) => {
  const { error } = parcel.validate(req.body)
  if (error) return res.status(422).json({ message: error.details[0].message })
  res.status(201).end()
})
app.listen(80)
`,
  })
  const errors = factsOf(set.facts, 'error')
  expect(errors.map((one) => sayFact(one, 'it'))).toEqual([
    'IF, for it, the request does not fit what is declared, THEN the service SHALL answer 422 with message (required).',
    'IF, for it, the body can not be read, THEN the service SHALL answer 400.',
  ])
  expect(errors[0]?.evidence.map(({ line }) => line)).toContain(8)
})

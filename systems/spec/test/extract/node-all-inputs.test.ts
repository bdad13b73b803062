import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('middleware that goes through all inputs asks for none of them by name, and no body of what has none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
import express from 'express'
const app = express()
const clean = (given) => {
  if (Array.isArray(given)) return given.map((one) => clean(one))
  if (typeof given === 'object') {
    const made = {}
    for (const key in given) made[key] = clean(given[key])
    return made
  }
  return typeof given === 'string' ? given.trim().replace('<', '') : given
}
app.use((req, res, next) => {
  req.body = clean(req.body)
  req.query = clean(req.query)
  next()
})
app.get('/kites', (req, res) => res.json({ of: req.query.colour }))
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['colour'])
  expect(factsOf(set.facts, 'body')).toEqual([])
})

test('a guard that a package wraps is told by the name that it is kept under [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
import express from 'express'
import quietly from 'express-async-handler'
const app = express()
const ownsKite = quietly(async (req, res, next) => {
  if (!req.kites.includes(req.params.id)) return res.status(403).json({})
  next()
})
app.get('/kites/:id', ownsKite, quietly(async (req, res) => res.json({})))
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ name }) => name)).toEqual(['ownsKite'])
})

test('what an error of a package is answered with is asked, where only that package knows [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
import express from 'express'
import { LostError } from '@sky/problems'
import { answerProblems } from '@sky/answers'
const app = express()
app.get('/kites/:id', (req, res) => {
  if (req.params.id === 'none') throw new LostError('No kite.')
  res.json({})
})
app.use(answerProblems())
app.listen(80)
`,
  })
  expect(set.questions.map(({ text, line }) => [text, line])).toEqual([
    ['Which status does the answer of GET /kites/{id} have?', 7],
  ])
})

test('functions and private fields of a class are no part of an answer [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.ts': `
import express from 'express'
export class Kite {
  colour: string = 'red'
  #line = 3
  fly = () => this.#line
}
const app = express()
app.get('/kite', (req, res) => { res.json(new Kite()) })
app.listen(80)
`,
  })
  expect(
    factsOf(set.facts, 'model').map(({ name, fields }) => [name, fields.map((one) => one.name)]),
  ).toEqual([['Kite', ['colour']]])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const app = (routes: string) => ({
  'package.json': '{"dependencies":{"express":"4"}}',
  'app.js': `
const express = require('express')
const app = express()
const signedIn = (req, res, next) => {
  if (!req.headers.authorization) return res.sendStatus(401)
  next()
}
${routes}
app.listen(80)
`,
})

const guardsOf = async (routes: string) =>
  factsOf((await extractFiles(app(routes))).set.facts, 'guard').map(
    ({ name, condition }) =>
      `${name} ${condition
        .map((row) => row.map(({ subject, op, value }) => `${subject} ${op} ${String(value)}`).join(' and '))
        .join(' or ')}`,
  )

const leaving = `
app.get('/berths/:id', (req, res, next) => {
  if (req.query.depth === 'all') next()
  else next('route')
}, signedIn, (req, res) => (req.query.dry ? res.sendStatus(409) : res.json({})))
app.get('/berths/:id', (req, res) => (req.query.at ? res.json({}) : res.sendStatus(404)))`

test('what stands behind a handler that leaves its route holds for what stays, the next route for what leaves [SPEC-EXTRACT-07]', async () => {
  expect(await printedAnswers(app(leaving))).toEqual({
    '/berths/{id}': [
      '401 where !header.authorization and query.depth == all',
      '409 where query.depth == all and query.dry',
      '200',
      '404 where !query.at and query.depth != all',
      '200',
    ],
  })
  expect(await guardsOf(leaving)).toEqual(['signedIn query.depth == all'])
})

test('the router is left too; what is no handler of a route leaves none [SPEC-EXTRACT-07]', async () => {
  const routes = (name: string) => `
const yard = express.Router()
yard.use((req, res, next) => (req.query.old ? next('${name}') : next()))
yard.get('/cranes', signedIn, (req, res) => res.json({}))
app.use(yard)`
  expect(await guardsOf(routes('router'))).toEqual(['signedIn query.old absent undefined'])
  expect(await guardsOf(routes('route'))).toEqual(['signedIn '])
})

test('behind what answers all that comes to it nothing is told, also where a function that it calls always throws [SPEC-EXTRACT-07]', async () => {
  expect(
    await printedAnswers(
      app(`
const fail = () => { throw Object.assign(new Error('no'), { status: 418 }) }
app.get('/a', (req, res) => res.sendStatus(410), signedIn, (req, res) => res.sendStatus(409))
app.get('/b', (req, res, next) => { fail(); next() }, signedIn, (req, res) => res.json({}))
app.get('/c', (req, res, next) => (req.query.x ? res.sendStatus(404) : res.sendStatus(403)), signedIn, (req, res) => res.json({}))
const state = { isReady: false }
app.get('/d', (req, res, next) => { if (!state.isReady) return res.sendStatus(503); next() }, (req, res) => res.json({}))`),
    ),
  ).toMatchObject({
    '/a': ['410'],
    '/b': ['418 no'],
    '/c': ['404 where query.x', '403 where !query.x'],
    '/d': expect.arrayContaining(['200']),
  })
})

test('of two routes of one path the first answers, and one that another fits before it is asked about [SPEC-EXTRACT-07]', async () => {
  const files = app(`
app.get('/piers', (req, res) => res.json({}))
app.get('/piers', signedIn, (req, res) => res.json({}))
app.get('/piers/:id', (req, res) => res.json({}))
app.get('/piers/mine', signedIn, (req, res) => res.json({}))
app.get('/boats/:id', (req, res, next) => (req.query.all ? next() : res.json({})))
app.get('/boats/mine', signedIn, (req, res) => res.sendStatus(204))
app.get('/piers/:id(\\\\d+)/plan', (req, res) => res.json({}))
app.get('/piers/last/plan', signedIn, (req, res) => res.json({}))`)
  expect(await printedAnswers(files)).toEqual({
    '/piers': ['200'],
    '/piers/{id}': ['200'],
    '/piers/mine': [],
    '/boats/{id}': ['200'],
    '/boats/mine': ['401 where !header.authorization and query.all', '204'],
    '/piers/{id}/plan': ['200'],
    '/piers/last/plan': ['401 where !header.authorization', '200'],
  })
  expect((await extractFiles(files)).set.questions.map(({ text }) => text)).toContain(
    'Does anything come to the code of GET /piers/mine?',
  )
})

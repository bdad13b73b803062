import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what is thrown after an answer was sent is not answered again [SPEC-PACKS-01]', async () => {
  const fastify = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"fastify":"5"}}',
      'app.js': `
const app = require('fastify')()
app.setErrorHandler((error, request, reply) => { reply.redirect('/sorry') })
const needs = (right) => async (request, reply) => {
  if (!request.session.rights.includes(right)) {
    reply.code(403).send({ error: 'not yours' })
    throw new Error()
  }
}
app.get('/keys', { preHandler: needs('keys:list') }, async () => [])
app.get('/locks', async (request, reply) => {
  if (request.query.old) {
    try {
      reply.code(410).send()
      throw new Error()
    } catch (error) {
      throw error
    }
  }
  throw new Error('no lock')
})
`,
    }),
  )
  expect(fastify.statuses).toEqual({ 'GET /keys': [200, 403], 'GET /locks': [302, 410] })
  const express = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"5"}}',
      'app.js': `
const express = require('express')
const store = require('store')
const app = express()
app.get('/sent', (req, res, next) => {
  res.status(403).end()
  next(new Error('closed'))
})
app.get('/tried', async (req, res, next) => {
  try {
    res.json(await store.all())
  } catch (error) {
    next(new Error('failed'))
  }
})
app.get('/streamed', (req, res, next) => {
  const rows = store.stream()
  rows.on('end', () => res.status(206).end())
  rows.on('error', () => next(new Error('cut')))
})
app.get('/settled', (req, res, next) => {
  store.all().then(() => { res.status(206).end() }, (error) => { next(new Error('failed')) })
})
app.get('/file', (req, res, next) => {
  res.sendFile('/srv/rows.csv')
  throw new Error('late')
})
app.use((error, req, res, next) => { res.status(503).end() })
`,
    }),
  )
  expect(express.statuses).toEqual({
    'GET /sent': [403],
    'GET /tried': [200, 503],
    'GET /streamed': [206, 503],
    'GET /settled': [206, 503],
    'GET /file': [200, 503],
  })
})

import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what a function is bound to comes before what it is called with [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"fastify":"5"}}',
      'boats.js': `
module.exports = {
  known: async (app, request, reply) => {
    if (!request.query.as) return reply.code(404).send()
  },
  land: (app, crew, harbour) => {
    if (!harbour) throw Object.assign(new Error('nowhere'), { statusCode: 409 })
    return app.db.land(crew, harbour)
  }
}
`,
      'app.js': `
const boats = require('./boats')
const app = require('fastify')()
const crews = {}
for (const key in boats) crews[key] = boats[key].bind(boats, app)
app.register(async (inner) => {
  inner.addHook('preHandler', boats.known.bind(null, app))
  inner.get('/boats/:boat', async (request) => crews.land('all', request.query.harbour))
})
app.get('/far', async () => crews.land('all', 'north'))
const tow = (app, rope, boat) => { if (rope === 'thin') throw Object.assign(new Error(), { statusCode: 422 }) }
app.get('/tow', async () => tow.bind(null, app).bind(null, 'thin')({}))
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /boats/{boat}': [200, 404, 409],
    'GET /far': [200],
    'GET /tow': [422],
  })
  const express = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"5"}}',
      'app.js': `
const app = require('express')()
const log = console
function failed(log, error, req, res, next) { res.status(502).end() }
app.get('/boats', () => { throw new Error() })
app.use(failed.bind(null, log))
`,
    }),
  )
  expect(express.statuses).toEqual({ 'GET /boats': [502] })
})

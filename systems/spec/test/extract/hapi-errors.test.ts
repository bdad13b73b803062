import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('errors of hapi are answered by what runs before an answer, wherever in the program it is put [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"@hapi/hapi":"21","@hapi/boom":"10"}}',
    'errors.js': `
const Boom = require('@hapi/boom')
class NoBerth extends Error {}
class Stormy extends Error {}
const answers = {
  name: 'answers',
  register(server) {
    server.ext('onPreResponse', (request, h) => {
      const { response } = request
      if (!response.isBoom) return h.continue
      if (response instanceof NoBerth) return h.response({ problem: response.message }).code(404)
      if (response instanceof Stormy) throw Boom.serverUnavailable('Wait for calm.')
      return h.continue
    })
  },
}
module.exports = { NoBerth, Stormy, answers }
`,
    'app.js': `
const Hapi = require('@hapi/hapi')
const Boom = require('@hapi/boom')
const { NoBerth, Stormy, answers } = require('./errors')
const server = Hapi.server({ port: 80 })
const start = async () => {
  await server.register(answers)
  server.route([
    { method: 'GET', path: '/berths', handler: (request) => { if (request.query.at === 'sea') throw new NoBerth('No berth.'); return {} } },
    { method: 'GET', path: '/gates', handler: (request) => { if (request.query.at === 'sea') throw new Stormy(); return {} } },
    { method: 'GET', path: '/piers', handler: (request) => { if (request.query.at === 'sea') throw Boom.conflict('Taken.'); return {} } },
  ])
  await server.start()
}
start()
`,
  })
  expect(found).toEqual({
    '/berths': ['404 No berth. where query.at == sea', '200'],
    '/gates': ['503 where query.at == sea', '200'],
    '/piers': ['409 Taken. where query.at == sea', '200'],
  })
})

test('an error of hapi that says no status is answered with 500, one of which none is known is asked [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"@hapi/hapi":"21","@hapi/boom":"10"}}',
    'app.js': `
const Hapi = require('@hapi/hapi')
const Boom = require('@hapi/boom')
const server = Hapi.server({ port: 80 })
server.ext('onPreResponse', (request, h) => {
  const { response } = request
  if (!response.isBoom) return h.continue
  return h.response({ problem: true }).code(response.output.statusCode)
})
server.route({ method: 'GET', path: '/gates', handler: (request) => { if (request.query.at) throw new Error('Shut.'); return {} } })
server.route({ method: 'GET', path: '/piers', handler: (request) => { if (request.query.at) throw Boom.conflict('Taken.'); return {} } })
server.route({ method: 'GET', path: '/boats', handler: (request) => { if (request.query.at) throw new Boom.Boom('Sunk.', { statusCode: kinds[request.query.at] }); return {} } })
server.start()
`,
  })
  expect(found['/gates']?.map((one) => one.slice(0, 3))).toEqual(['500', '200'])
  expect(found['/piers']?.map((one) => one.slice(0, 3))).toEqual(['409', '200'])
  expect(found['/boats']?.filter((one) => one.startsWith('200'))).toEqual(['200'])
})

test('an error of hapi that says its status keeps it where only errors of a library are known to become others [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"@hapi/hapi":"21","@hapi/boom":"10","ledger-errors":"1"}}',
    'app.js': `
const Hapi = require('@hapi/hapi')
const Boom = require('@hapi/boom')
const { Twice, Lost, wrap } = require('ledger-errors')
const server = Hapi.server({ port: 80 })
const kinds = { conflict: [Twice], notFound: [Lost] }
const mapped = (error) => {
  const wrapped = wrap(error)
  for (const kind in kinds) if (kinds[kind].find((one) => wrapped.constructor.name === one.name)) return Boom[kind]('mapped')
  return error
}
server.ext('onPreResponse', (request, h) => {
  if (!request.response.isBoom) return h.continue
  throw mapped(request.response)
})
server.route({ method: 'GET', path: '/piers', handler: (request) => { if (request.query.at) throw Boom.forbidden('Not here.'); return {} } })
server.start()
`,
  })
  expect(found['/piers']?.map((one) => one.slice(0, 8))).toEqual(['403 Not ', '200'])
})

test('what a status is set to on an error of hapi that is answered is asked [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"@hapi/hapi":"21"}}',
    'app.js': `
const Hapi = require('@hapi/hapi')
const server = Hapi.server({ port: 80 })
class HarbourError extends Error { constructor(text, status) { super(text); this.seen = status } }
server.ext('onPreResponse', (request, h) => {
  const { response } = request
  if (response instanceof HarbourError) response.output.statusCode = response.seen
  return h.continue
})
server.route({ method: 'GET', path: '/berths', handler: (request) => { if (request.query.at === 'sea') throw new HarbourError('Full.', 423); return {} } })
server.start()
`,
  })
  expect(found['/berths']).toEqual(['200'])
})

test('an error of Boom is of no class of another library: what is thrown for those has nothing to do with it [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"@hapi/hapi":"21","@hapi/boom":"10","harbour-permits":"1"}}',
    'app.js': `
const Hapi = require('@hapi/hapi')
const Boom = require('@hapi/boom')
const Permits = require('harbour-permits')
const server = Hapi.server({ port: 80 })
server.ext('onPreResponse', (request, h) => {
  const { response } = request
  let other
  if (response instanceof Permits.PermitError) other = Boom.boomify(response, { statusCode: response.status })
  if (other) throw other
  if (response.name === 'ValidationError') throw Boom.badRequest(response.message)
  return h.continue
})
server.route({ method: 'GET', path: '/piers', handler: (request) => { if (request.query.at) throw Boom.conflict('Taken.'); return {} } })
server.start()
`,
  })
  expect(found).toEqual({
    '/piers': ['409 Taken. where query.at', '200'],
  })
})

import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what reply of hapi before 17 is given is answered, with the status that is set on it then, and an error with its own [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hapi":"16.0.0","boom":"7.0.0"}}',
      'index.js': `
const Hapi = require('hapi')
const Boom = require('boom')
const server = new Hapi.Server()
server.connection({ port: 80 })
server.ext('onPreHandler', (request, reply) => {
  if (!request.headers['x-shop']) return reply(Boom.forbidden('Which shop?'))
  return reply.continue()
})
const find = (id) => { if (id === 'none') throw Boom.notFound('No lamp.') }
server.route([
  { method: 'GET', path: '/lamps/{id}', handler: (request, reply) => {
    try {
      find(request.params.id)
      return reply({ lit: true })
    } catch (error) {
      return reply(error)
    }
  } },
  { method: 'POST', path: '/lamps', handler: (request, reply) => {
    if (request.payload.size === 0) {
      reply({ error: 'Too small.' }).type('application/json').code(422)
      return
    }
    reply({ made: true }).code(201)
  } },
  { method: 'PUT', path: '/wicks/{id}', handler: (request, reply) =>
    outside(request).then((data) => reply(data)).catch((error) => reply({ error: 'Broken.' }).code(error.status)) },
])
server.start(() => {})
`,
    }),
  ).toEqual({
    '/lamps/{id}': ['403 Which shop? where !header.x-shop', '404 No lamp. where path.id == none', '200'],
    '/wicks/{id}': ['403 Which shop? where !header.x-shop', '200'],
    '/lamps': ['403 Which shop? where !header.x-shop', '422 Too small. where body.size == 0', '201'],
  })
})

test('glue makes a server of its manifest, with the plugins that it names by files, and hands it on [SPEC-EXTRACT-10]', async () => {
  const plugin = (path: string) => `exports.register = (server, options, next) => {
  server.route({ method: 'GET', path: '${path}', handler: (request, reply) => reply([]) })
  next()
}
exports.register.attributes = { name: '${path}' }
`
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hapi":"16.0.0","glue":"4.0.0"}}',
      'index.js': `
const Glue = require('glue')
const manifest = {
  connections: [{ port: 80 }],
  registrations: [
    { plugin: './lamps' },
    { plugin: { register: './wicks', options: {} }, options: { routes: { prefix: '/store' } } },
  ],
}
Glue.compose(manifest, { relativeTo: __dirname + '/parts' }, (error, server) => {
  if (error) throw error
  server.route({ method: 'GET', path: '/health', handler: (request, reply) => reply('well') })
  server.start(() => {})
})
`,
      'parts/lamps.js': plugin('/lamps'),
      'parts/wicks.js': plugin('/wicks'),
    }),
  ).toEqual({ '/health': ['200'], '/lamps': ['200'], '/store/wicks': ['200'] })
})

test('an error that is caught is one for reply, whatever it was made by, and what a file of errors says is known [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hapi":"16.0.0","boom":"4.0.0","lodash":"4.0.0"}}',
      'index.js': `
const Hapi = require('hapi')
const Boom = require('boom')
const { pick } = require('lodash')
const errors = require('./kinds/errors.json')
const outside = require('made-elsewhere')
const server = new Hapi.Server()
server.connection({ port: 80 })
const make = (code) => {
  const known = pick(errors[code.toString()], ['code', 'detail'])
  return Boom.create(known.code, known.detail)
}
const answered = (work) => (request, reply) => {
  try {
    work(request.params.id)
    return reply({ lit: true })
  } catch (error) {
    return reply(error)
  }
}
server.route([
  { method: 'GET', path: '/lamps/{id}', handler: answered((id) => { if (id === 'none') throw make(403) }) },
  { method: 'GET', path: '/wicks/{id}', handler: answered((id) => { if (id === 'none') throw outside.make(id) }) },
])
server.start(() => {})
`,
      'kinds/errors.json': '{"403":{"code":403,"detail":"Not yours.","type":"forbidden"}}',
    }),
  ).toEqual({
    '/lamps/{id}': ['403 Not yours. where path.id == none', '200'],
    '/wicks/{id}': ['200'],
  })
})

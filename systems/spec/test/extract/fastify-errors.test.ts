import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const manifest = '{"dependencies":{"fastify":"5.0.0"}}'

test('an error of a class that @fastify/error makes is answered by its own status where the handler of errors sends it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'app.ts': `
import fastify from 'fastify'
import { createError } from '@fastify/error'
import { DriverError } from 'tide-driver'
const NoBerth = createError('NO_BERTH', '%s not found', 404)
const Shut = createError('SHUT', 'the harbour is shut', 423)
const app = fastify()
app.setErrorHandler((error, request, reply) => {
  if (error instanceof DriverError) return reply.status(503).send({ message: 'no tides' })
  if (error instanceof Shut) return reply.status(409).send({ message: 'come later' })
  const { statusCode } = error as { statusCode: unknown }
  if (typeof statusCode !== 'number' || statusCode === 500) return reply.status(500).send({})
  void reply.send(error)
})
app.get('/berths', (request) => { if (request.query.at === 'sea') throw new NoBerth('sea'); return {} })
app.get('/gates', (request) => { if (request.query.at === 'night') throw new Shut(); return {} })
`,
    }),
  ).toEqual({
    '/berths': ['404 where query.at == sea', '200'],
    '/gates': ['409 come later where query.at == night', '200'],
  })
})

test('an error is known by what its class has, and by what a call left out [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'app.ts': `
import fastify from 'fastify'
interface Tells { tell(): { code: string } }
class HarbourError extends Error implements Tells {
  seen: number
  constructor(readonly code: string, status: number) { super(code); this.seen = status === 500 ? 500 : 400 }
  as(status: number) { this.seen = status; return this }
  tell() { return { code: this.code } }
}
const tells = (error: unknown): error is Tells => !!error && typeof error === 'object' && 'tell' in error
const problems = { lost: () => new HarbourError('lost', 404), barred: () => new HarbourError('barred', 403).as(403) }
const answerErrors = (app, options?: { fixed?: number }) =>
  app.setErrorHandler((error, request, reply) => {
    if (tells(error)) return reply.status(options?.fixed ? options.fixed : error.seen).send(error.tell())
    return reply.status(500).send({})
  })
const app = fastify()
app.get('/lost', (request) => { if (request.query.at) throw problems.lost(); return {} })
app.get('/barred', (request) => { if (request.query.at) throw problems.barred(); return {} })
answerErrors(app)
`,
    }),
  ).toEqual({
    '/lost': ['400 lost where query.at', '200'],
    '/barred': ['403 barred where query.at', '200'],
  })
})

test('a hook hands an error on by its last argument, and asks for the settings of the route [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'app.ts': `
import fastify from 'fastify'
import plugin from 'fastify-plugin'
class Barred extends Error { statusCode = 403 }
const app = fastify()
app.register(plugin(async (inner, options) => {
  inner.addHook('preHandler', (request, reply, done) => {
    if (!request.headers.pass && !request.routeOptions.config.isOpen) { done(new Barred('no pass')); return }
    done()
  })
  if (options.hasCrew) inner.addHook('preHandler', async () => { throw new Barred('no crew') })
}))
app.get('/quay', { config: { isOpen: true } }, () => ({}))
app.get('/hold', () => ({}))
`,
    }),
  ).toEqual({ '/quay': ['200'], '/hold': ['403 no pass where !header.pass', '200'] })
})

test('what is registered once something else is ready is there, with what hooks of routes put before it and the handler of errors that is nearest [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'app.ts': `
import fastify from 'fastify'
import plugin from 'fastify-plugin'
class Barred extends Error { statusCode = 403 }
class Lost extends Error { statusCode = 404 }
const settings = plugin(async (inner) => { inner.decorate('tides', { high: process.env.HIGH }) })
const crew = plugin(async (inner) => {
  inner.addHook('onRoute', (route) => {
    if (route.needs !== 'crew') return
    async function onlyCrew(request) { if (!request.headers.crew) throw new Barred('crew only') }
    route.onRequest = [...[route.onRequest ?? []].flat(), onlyCrew]
  })
  inner.setErrorHandler((error, request, reply) => {
    if (error instanceof Lost) return reply.code(410).send({ message: 'gone' })
    throw error
  })
})
const app = fastify()
app.register(settings).after(() => {
  app.register(async (inner) => {
    await inner.register(crew)
    inner.route({ method: 'GET', url: '/hold', needs: 'crew', handler: (request) => { if (request.query.deep) throw new Lost('deep'); return {} } })
    inner.get('/deck', () => ({}))
  }, { prefix: '/ship' })
})
app.setErrorHandler((error, request, reply) => reply.code(error.statusCode === 403 ? 401 : 500).send({}))
`,
    }),
  ).toEqual({
    '/ship/hold': ['401 where !header.crew', '410 gone where query.deep', '200'],
    '/ship/deck': ['200'],
  })
})

test('whether a request fits a schema from outside is asked [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@hapi/hapi":"21.0.0"}}',
      'app.js': `
import hapi from '@hapi/hapi'
import Joi from 'joi'
import { berthId } from '@harbour/model'
const server = hapi.server({})
const byId = Joi.object().keys({ id: berthId }).required()
server.route([
  { method: 'GET', path: '/berths/{id}', handler: () => ({}), options: { validate: { params: byId } } },
  { method: 'GET', path: '/any/{id}', handler: () => ({}), options: { validate: { params: Joi.object({ id: Joi.string() }) } } },
])
`,
    }),
  ).toEqual({ '/berths/{id}': ['400 open', '200'], '/any/{id}': ['200'] })
})

test('what is returned after a status was set has that status, and nothing is told of what ends after it was sent [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'app.ts': `
import fastify from 'fastify'
const app = fastify()
app.get('/tides', async (request, reply) => {
  if (!request.query.at) { reply.code(404); return { message: 'no tide' } }
  try { await save() } catch { reply.status(409); return { message: 'taken' } }
  return {}
})
app.get('/moons', async (request, reply) => {
  if (!request.query.at) { reply.code(404).send({ message: 'no moon' }); return }
  reply.code(request.query.at === 'night' ? 202 : 203)
  return {}
})
const store = process.env.COPIES ? copied(primary) : primary
app.put('/logs', async (request, reply) => store.transaction(async (tx) => { await tx.save(); reply.status(204) }))
app.get('/winds', (request, reply) => { reply.code(request.query.code); return {} })
`,
    }),
  ).toEqual({
    '/tides': ['404 where !query.at', '409 where query.at and save(…) failed', '200'],
    '/moons': ['404 no moon where !query.at', '202', '203'],
    '/winds': ['200'],
    '/logs': ['204'],
  })
})

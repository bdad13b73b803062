import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('middleware of Node that Fastify uses refuses before what is routed after it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"fastify":"4.0.0","@fastify/middie":"8.0.0"}}',
      'app.js': `
const fastify = require('fastify')()
fastify.register(require('@fastify/middie'))
fastify.register(async (ponds) => {
  ponds.use((req, res, next) => {
    if (req.method === 'GET') return next()
    if (req.headers['x-pond'] !== 'mine') {
      res.writeHead(403)
      return res.end()
    }
    next()
  })
  ponds.get('/odd', (req, reply) => {
    if (!req.query.at) {
      reply.statusCode = 422
      return reply.send({ error: 'at' })
    }
    reply.send([])
  })
  ponds.get('/ponds', (req, reply) => { reply.send([]) })
  ponds.post('/ponds/new', (req, reply) => { reply.code(201).send({}) })
})
fastify.listen({ port: 80 })
`,
    }),
  ).toEqual({
    '/odd': ['422 at where !query.at', '200'],
    '/ponds': ['200'],
    '/ponds/new': ['403 where header.x-pond != mine', '201'],
  })
})

const hooked = (code: string) =>
  printedAnswers({
    'package.json': '{"type":"module","dependencies":{"fastify":"4.0.0","fastify-plugin":"4.0.0"}}',
    'app.js': `
import fp from 'fastify-plugin'
import Fastify from 'fastify'
const app = Fastify()
const keyed = async (request, reply) => {
  if (request.headers['x-quay'] !== 'mine') return reply.code(403).send({ error: 'not yours' })
}
const boats = async (part) => { part.get('/boats', async () => []) }
const berths = async (part) => { part.get('/berths', async () => []) }
${code}
app.listen({ port: 80 })
`,
  })
const refused = ['403 not yours where header.x-quay != mine', '200']

test('a hook of Fastify is one of what its part routed and registered before it too [SPEC-EXTRACT-10]', async () => {
  expect(
    await hooked(`
app.register(boats)
app.get('/tides', async () => [])
app.addHook('preHandler', keyed)
`),
  ).toEqual({ '/boats': refused, '/tides': refused })
})

test('what was waited for has no hooks that come after it, nor those that a shared plugin brings later [SPEC-EXTRACT-10]', async () => {
  expect(
    await hooked(`
await app.register(boats)
app.addHook('preHandler', keyed)
app.register(berths)
`),
  ).toEqual({ '/boats': ['200'], '/berths': refused })
  expect(
    await hooked(`
app.register(boats)
app.register(fp(async (all) => { all.addHook('preHandler', keyed) }))
app.register(berths)
`),
  ).toEqual({ '/boats': ['200'], '/berths': refused })
})

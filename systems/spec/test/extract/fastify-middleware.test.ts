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

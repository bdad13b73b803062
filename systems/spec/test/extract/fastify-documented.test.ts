import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

test('statuses of redirections, of the raw answer and of errors that are made, schemas whose errors are handed on, and a colon in a path of Fastify [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'package.json': '{"type":"module","dependencies":{"fastify":"5.0.0","@fastify/sensible":"6.0.0"}}',
    'app.js': `
import Fastify from 'fastify'
import sensible from '@fastify/sensible'
const app = Fastify()
app.register(sensible)
app.get('/moved', (request, reply) => { reply.redirect('/there') })
app.get('/moved-for-good', (request, reply) => { reply.redirect('/there', 301) })
app.get('/moved-once', (request, reply) => { reply.redirect(308, '/there') })
app.get('/seen', (request, reply) => { reply.code(303).redirect('/there') })
app.get('/raw', (request, reply) => { reply.hijack(); reply.raw.writeHead(202); reply.raw.end('on') })
app.get('/made', async (request, reply) => { if (request.query.lost) return reply.getHttpError(404, 'lost'); return {} })
app.get('/own', { attachValidation: true, schema: { querystring: { type: 'object', required: ['by'], properties: { by: { type: 'string' } } } } }, async (request, reply) => {
  if (request.validationError) return reply.code(422).send({ error: 'by' })
  return {}
})
app.post('/crates::weigh', async () => ({}))
await app.listen({ port: 3000 })
`,
  })
  expect(found).toEqual({
    '/moved': ['302'],
    '/moved-for-good': ['301'],
    '/moved-once': ['308'],
    '/seen': ['303'],
    '/raw': ['202'],
    '/made': ['404 lost where query.lost', '200'],
    '/own': ['422 by where request.validationError', '200'],
    '/crates:weigh': ['200'],
  })
})

test('an answer of Fastify has what the schema for its status names, and no more [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"type":"module","dependencies":{"fastify":"5.0.0"}}',
    'app.js': `
import Fastify from 'fastify'
const app = Fastify()
const crate = { type: 'object', properties: { id: { type: 'integer' } } }
app.get('/crate', { schema: { response: { 200: crate } } }, async () => ({ id: 1, secret: 'a' }))
app.get('/any', { schema: { response: { '2xx': crate } } }, async () => ({ id: 1, secret: 'a' }))
app.get('/open', { schema: { response: { 200: { ...crate, additionalProperties: true } } } }, async () => ({ id: 1, note: 'a' }))
app.get('/other', { schema: { response: { 201: crate } } }, async () => ({ id: 1, note: 'a' }))
await app.listen({ port: 3000 })
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'response').map(({ operation, shape }) => [
      paths.get(operation),
      shape.type === 'object' ? shape.fields.map(({ name }) => name).join(' ') : shape.type,
    ]),
  ).toEqual([
    ['/crate', 'id'],
    ['/any', 'id'],
    ['/open', 'id note'],
    ['/other', 'id note'],
  ])
})

test('what code that is not here does with the answer that it is handed is asked, not told as 200 [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"type":"module","dependencies":{"fastify":"5.0.0","@quay/answers":"1.0.0"}}',
    'app.js': `
import Fastify from 'fastify'
import { missing } from '@quay/answers'
import { find } from './store.js'
const app = Fastify()
app.get('/ropes/:id', async (request, reply) => {
  const rope = await find(request.params.id)
  if (!rope) return missing(reply)
  return { rope }
})
await app.listen({ port: 3000 })
`,
    'store.js': 'export const find = (id) => db.get(id)\n',
  })
  expect(
    factsOf(set.facts, 'response').map(({ status, grade, condition }) => [
      status,
      grade,
      condition.flat().map(({ subject, op }) => `${subject} ${op}`),
    ]),
  ).toEqual([[200, 'proved', []]])
  expect(set.questions.map(({ text }) => text)).toEqual([
    'Which status does the answer of GET /ropes/{id} have?',
  ])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('schemas of valibot are read: pipes up to what makes something else, optional fields, lists, choices and what is picked of another [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"looms","dependencies":{"hono":"4","hono-openapi":"1","valibot":"1"}}',
    'looms.ts': `import { Hono } from 'hono'
import { validator } from 'hono-openapi'
import * as v from 'valibot'

const Loom = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(40)),
  width: v.pipe(v.number(), v.integer(), v.minValue(10)),
  warp: v.optional(v.picklist(['linen', 'wool']), 'wool'),
  notes: v.array(v.string()),
  reed: v.pipe(v.string(), v.transform(Number), v.maxValue(9)),
})
const app = new Hono()
app.post('/looms', validator('json', Loom), (c) => c.json({ id: 1 }, 201))
app.patch('/looms/:id', validator('json', v.pick(v.partial(Loom), ['name', 'notes'])), (c) => c.body(null, 204))
app.get('/looms', validator('query', v.object({ page: v.optional(v.pipe(v.string(), v.regex(/^\\d+$/))) })), (c) => c.json([]))
app.put('/looms/:id/owner', async (c) => {
  const { email } = v.parse(v.object({ email: v.pipe(v.string(), v.email()) }), await c.req.json())
  return c.json({ email })
})
export default app
`,
  })
  const operations = new Map(
    factsOf(set.facts, 'operation').map((one) => [one.id, `${one.method} ${one.path}`]),
  )
  expect(
    [...factsOf(set.facts, 'body'), ...factsOf(set.facts, 'parameter'), ...factsOf(set.facts, 'error')]
      .map((one) => sayFact(one, operations.get(one.operation) ?? ''))
      .toSorted(),
  ).toEqual([
    'IF, for GET /looms, the request does not fit what is declared, THEN the service SHALL answer 400.',
    'IF, for PATCH /looms/{id}, the request does not fit what is declared, THEN the service SHALL answer 400.',
    'IF, for POST /looms, the request does not fit what is declared, THEN the service SHALL answer 400.',
    'IF, for PUT /looms/{id}/owner, the request does not fit what is declared, THEN the service SHALL answer 500.',
    'WHEN a client sends GET /looms, the service SHALL take the query parameter page (matching "^\\\\d+$").',
    'WHEN a client sends PATCH /looms/{id}, the service SHALL require the path parameter id.',
    'WHEN a client sends PATCH /looms/{id}, the service SHALL take a body of application/json with name (string, 2 to 40 characters), notes (a list of string).',
    'WHEN a client sends POST /looms, the service SHALL require a body of application/json with name (string, required, 2 to 40 characters), width (integer, required, at least 10), warp (string, one of "linen", "wool"), notes (a list of string, required), reed (string, required).',
    'WHEN a client sends PUT /looms/{id}/owner, the service SHALL require a body of application/json with email (string, required, in the form of "email").',
    'WHEN a client sends PUT /looms/{id}/owner, the service SHALL require the path parameter id.',
  ])
})

test('a request without a body by its method takes none, whatever runs before all of a path asks for [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"mills","dependencies":{"hono":"4"}}',
    'mills.ts': `import { Hono } from 'hono'
const app = new Hono()
app.use('/mills/*', async (c, next) => {
  const { site } = await c.req.json()
  c.set('site', site)
  await next()
})
app.get('/mills/all', (c) => c.json([]))
app.post('/mills/new', (c) => c.json({ id: 1 }, 201))
export default app
`,
  })
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one.method]))
  expect(factsOf(set.facts, 'body').map((one) => operations.get(one.operation))).toEqual(['POST'])
})

test('what a hook of Fastify asks of the beginning of the address is known of each operation [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"docks","dependencies":{"fastify":"5"}}',
    'docks.js': `const app = require('fastify')()
app.addHook('onRequest', async (request, reply) => {
  if (request.url.startsWith('/staff/') && !request.headers['x-badge']) return reply.code(403).send()
})
app.get('/ships', async () => [])
app.get('/staff/rota', async () => [])
app.listen({ port: 1 })
`,
  })
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one.path]))
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, operations.get(one.operation) ?? ''))).toEqual(
    ['IF, for /staff/rota, the header x-badge is missing, THEN the service SHALL answer 403.'],
  )
})

test('what code of Express sets on a body by itself is no field that a client sends [SPEC-EXTRACT-08]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
app.put('/boats/:id', async (req, res) => {
  const boat = req.body
  boat.id = req.params.id
  boat.name = boat.name.trim()
  if (!boat.name) return res.sendStatus(400)
  const found = await Boats.byId(boat.id)
  if (!found) return res.sendStatus(404)
  res.json(await Boats.save(boat.id, boat.name, boat.depth))
})
app.listen(80)
`,
    })
  ).set
  const [body] = factsOf(facts, 'body')
  expect(body?.shape.type === 'object' && body.shape.fields.map(({ name }) => name).toSorted()).toEqual([
    'depth',
    'name',
  ])
})

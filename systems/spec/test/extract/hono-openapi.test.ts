import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'
import { saidErrors } from './said-errors.ts'

test('a route of zod-openapi that is made of another has its path, its middleware and the hook of its router [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'package.json':
        '{"dependencies":{"hono":"4","@hono/node-server":"1","@hono/zod-openapi":"0.14","zod":"3"}}',
      'app.ts': `
import { serve } from '@hono/node-server'
import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
const known = async (c, next) => {
  if (!c.req.header('authorization')) return c.json({ error: 'who?' }, 401)
  await next()
}
const Boat = z.object({ name: z.string().min(1), mast: z.object({ height: z.number() }) })
const body = (schema) => ({ body: { content: { 'application/json': { schema } }, required: true } })
const put = createRoute({ method: 'put', path: '/boats/{id}', middleware: [known] as const, request: body(Boat), responses: {} })
const app = new OpenAPIHono({ defaultHook: (result, c) => { if (!result.success) return c.json({ errors: result.error }, 422) } })
const plain = new OpenAPIHono()
app.openapi(put, (c) => c.json({}))
app.openapi(createRoute({ ...put, method: 'patch', request: body(Boat.shape.mast.partial()) }), (c) => c.json({}))
plain.openapi(createRoute({ method: 'post', path: '/piers', request: body(Boat), responses: {} }), (c) => c.json({}))
app.route('/', plain)
serve({ fetch: app.fetch, port: 1 })
`,
    }),
  ).toEqual([
    'IF, for PATCH /boats/{id}, the header authorization is missing, THEN the service SHALL answer 401 with error (string, required) and say "who?".',
    'IF, for PATCH /boats/{id}, the request does not fit what is declared, THEN the service SHALL answer 422.',
    'IF, for POST /piers, the request does not fit what is declared, THEN the service SHALL answer 400.',
    'IF, for PUT /boats/{id}, the header authorization is missing, THEN the service SHALL answer 401 with error (string, required) and say "who?".',
    'IF, for PUT /boats/{id}, the request does not fit what is declared, THEN the service SHALL answer 422.',
  ])
})

test('a part of a schema that is asked of another is what stands there [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","zod":"3"}}',
    'app.ts': `
import express from 'express'
import { z } from 'zod'
const app = express()
const Boat = z.object({ boat: z.object({ name: z.string().min(1), colour: z.string() }) })
const Change = z.object({ boat: Boat.shape.boat.partial().omit({ colour: true }) })
app.put('/boats', (req, res) => { res.json(Change.parse(req.body)) })
app.listen(1)
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'body' ? [sayFact(one, 'it')] : []))).toEqual([
    'WHEN a client sends it, the service SHALL require a body of application/json with boat (name (string, 1 or more characters), required).',
  ])
})

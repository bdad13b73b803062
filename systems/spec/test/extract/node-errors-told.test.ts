import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const express = (code: string, more: Record<string, string> = {}) => ({
  'package.json': '{"dependencies":{"express":"4.0.0","joi":"14.0.0","http-assert":"1.5.0"}}',
  'app.ts': `
import express from 'express'
const app = express()
${code}
app.listen(80)
`,
  ...more,
})

test('what a constructor of TypeScript keeps of its parameters is there where a class below it hands them on [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(
        `
import Fault, { Gone } from './faults'
app.get('/ferns', (req, res) => {
  if (req.query.kind === 'moss') throw new Gone('fern')
  if (req.query.kind === 'ivy') throw new Fault(409, { kind: ['taken'] })
  res.json([])
})
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err)
  if (err instanceof Fault) return res.status(err.status).json({ errors: err.errors })
  return res.status(500).json({})
})`,
        {
          'faults.ts': `
export default class Fault extends Error {
  constructor(public readonly status: number, public readonly errors: Record<string, string[]>) {
    super('HTTP ' + status)
    Object.setPrototypeOf(this, new.target.prototype)
  }
}
export class Gone extends Fault {
  constructor(what: string) { super(404, { [what]: ['is gone'] }) }
}
`,
        },
      ),
    ),
  ).toEqual({
    '/ferns': [
      '404 is gone where query.kind == moss',
      '409 taken where query.kind != moss and query.kind == ivy',
      '200',
    ],
  })
})

test('an answer that was sent before an error is none of those that the handler of errors gives [SPEC-EXTRACT-10]', async () => {
  const handler = `app.use((err, req, res, next) => {
  if (res.headersSent) { next(err); return }
  res.status(418).json({})
})`
  expect(
    await printedAnswers(
      express(`
app.get('/kettles', (req, res) => { if (req.query.cold) throw new Error('cold'); res.json([]) })
${handler}`),
    ),
  ).toEqual({ '/kettles': ['418 where query.cold', '200'] })
})

test('handlers of all methods of a path that hand on run before its routes, and are no operation [SPEC-EXTRACT-08]', async () => {
  expect(
    await printedAnswers(
      express(`
const member = (req, res, next) => { if (!req.headers.key) return res.status(401).json({}); next() }
app.route('/oars').all(member).get((req, res) => { res.json([]) })
app.all('/docks/*', member)
app.get('/docks/open', (req, res) => { res.json([]) })
app.get('/oars/old', (req, res) => { res.json([]) })
app.all('/rest', (req, res) => { res.status(202).json({}) })
app.get('/other', (req, res) => { res.json([]) })`),
    ),
  ).toEqual({
    '/oars': ['401 where !header.key', '200'],
    '/docks/open': ['401 where !header.key', '200'],
    '/oars/old': ['200'],
    '/rest': ['202'],
    '/other': ['200'],
  })
})

test('an assertion that names a status says when it does not hold [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
import assert from 'http-assert'
app.get('/gulls', (req, res) => { assert(req.query.at, 422, 'Say where'); res.json([]) })`),
    ),
  ).toEqual({ '/gulls': ['422 Say where where !query.at', '200'] })
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"fastify":"5.0.0","@fastify/sensible":"6.0.0"}}',
      'app.ts': `
import sensible from '@fastify/sensible'
import fastify from 'fastify'
const app = fastify()
app.register(sensible)
app.get('/gulls', async (request, reply) => {
  app.assert(request.query.at, 422, 'Say where')
  if (request.query.at === 'sea') return reply.notFound('No gull there')
  return []
})
app.listen({ port: 80 })
`,
    }),
  ).toEqual({
    '/gulls': ['422 Say where where !query.at', '404 No gull there where query.at == sea', '200'],
  })
})

test('an answer of Koa without a body is empty [SPEC-EXTRACT-07]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"koa":"2.0.0","@koa/router":"12.0.0"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const router = new Router()
router.delete('/nets/:id', (ctx) => { ctx.body = null })
router.get('/nets', (ctx) => { ctx.assert(ctx.query.at, 400, 'Say where'); ctx.body = [] })
const app = new Koa()
app.use(router.routes())
app.listen(80)
`,
    }),
  ).toEqual({ '/nets': ['400 Say where where !query.at', '200'], '/nets/{id}': ['204'] })
})

test('a thing that only some ways fill has something where one of them is taken [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.post('/tents', (req, res) => {
  const errors: Record<string, string> = {}
  if (!req.query.size) errors.size = 'Say how big'
  if (Object.keys(errors).length > 0) return res.status(422).json({})
  res.status(201).json({})
})`),
    ),
  ).toEqual({ '/tents': ['422 where !query.size', '201'] })
})

test('an error that may be none is handed on where there is one [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
class Gone extends Error { status = 404 }
app.param('number', (req, res, next, number) => { next(/^[0-9]+$/.test(number) ? undefined : new Gone('gone')) })
app.get('/lots/:number', (req, res) => { res.json({}) })
app.use((err, req, res, next) => { res.status(err.status || 500).json({}) })`),
    ).then((all) => all['/lots/{number}']?.filter((one) => one.startsWith('500'))),
  ).toEqual([])
})

test('the error that Joi gives back is one of Joi where it is thrown [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"koa":"2.0.0","@koa/router":"8.0.0","joi":"14.0.0"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const Joi = require('joi')
const router = new Router()
router.post('/jars', (ctx) => {
  const { error, value } = Joi.validate(ctx.request.body, { label: Joi.string().required() })
  if (error) throw error
  ctx.body = value
})
const app = new Koa()
app.use(async (ctx, next) => {
  try { await next() } catch (err) {
    if (err.isJoi) { ctx.status = 422; ctx.body = {}; return }
    ctx.status = err.status || 500
    ctx.body = {}
  }
})
app.use(router.routes())
app.listen(80)
`,
  })
  expect(found['/jars']?.map((one) => one.slice(0, 3)).toSorted()).toEqual(['200', '422'])
})

test("what Hono's factory makes routes, and is a handler with the middleware before it [SPEC-PACKS-01]", async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hono":"4.0.0"}}',
      'app.ts': `
import { Hono } from 'hono'
import { createFactory } from 'hono/factory'
const factory = createFactory()
const checked = factory.createMiddleware(async (c, next) => {
  if (!c.req.query('at')) return c.json({}, 404)
  await next()
})
const list = factory.createHandlers(checked, async (c) => c.json([]))
const buoys = factory.createApp().get('/', ...list)
export default new Hono().route('/buoys', buoys)
`,
    }),
  ).toEqual({ '/buoys': ['404 where !query.at', '200'] })
})

test('routers that a module gives by their names are put there one by one [SPEC-PACKS-01]', async () => {
  expect(
    Object.keys(
      await printedAnswers(
        express(
          `
import * as routers from './routers'
Object.values(routers).forEach((one) => app.use('/api', one))`,
          {
            'routers.ts': `
import { Router } from 'express'
export const masts = Router()
masts.get('/masts', (req, res) => { res.json([]) })
export const ropes = Router()
ropes.get('/ropes', (req, res) => { res.json([]) })
`,
          },
        ),
      ),
    ),
  ).toEqual(['/api/masts', '/api/ropes'])
})

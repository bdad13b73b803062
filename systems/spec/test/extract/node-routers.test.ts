import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const graded = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'package.json': '{"name":"app"}', ...files })
  return {
    operations: factsOf(set.facts, 'operation')
      .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
      .toSorted(),
    asks: set.questions.map(({ text }) => text),
  }
}

test('a router that a property of a context holds is below the path that uses the property, whichever comes first [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'server.js': `const express = require('express')
require('./boot')().run(function booted (ctx) {
  const app = require('./app')(ctx)
  require('http').createServer(app).listen(80)
})
`,
    'app.js': `const express = require('express')
module.exports = function create (ctx) {
  const app = express()
  app.use('/access', ctx.access.endpoints)
  return app
}
`,
    'boot.js': `module.exports = () => require('bootevent')().acquire(function setup (ctx, next) {
  ctx.access = require('./access')(ctx)
  next()
})
`,
    'access.js': `const express = require('express')
module.exports = function init (ctx) {
  const access = {}
  const router = express()
  router.get('/roles', (req, res) => res.json([]))
  access.endpoints = router
  return access
}
`,
  })
  expect(found).toEqual({ operations: ['proved GET /access/roles'], asks: [] })
})

test('a router that handles a route sees the path as it came, and is only asked for what the route lets through [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'app.js': `const express = require('express')
const inner = express.Router()
inner.get('/foods/:id', (req, res) => res.json({}))
inner.post('/foods', (req, res) => res.json({}))
inner.get('/drinks', (req, res) => res.json({}))
const status = express()
status.get('/status', (req, res) => res.json({}))
status.post('/status', (req, res) => res.json({}))
const api = express()
api.all('/foods*', inner)
api.get('/status', status)
const app = express()
app.use('/api', api)
app.listen(80)
`,
  })
  expect(found.operations).toEqual([
    'proved GET /api/foods/{id}',
    'proved GET /api/status',
    'proved POST /api/foods',
  ])
})

test('routers of Koa that are handed on as a rest of arguments, come in a list, and are mounted with a prefix [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'main.ts': `import Koa from 'koa'
import mount from 'koa-mount'
import compose from 'koa-compose'
import { initApis } from './apis'
const app = new Koa()
app.use(mount('/api', initApis({ queries: 1 })))
app.use(compose([async (ctx, next) => next(), mount('/me', initApis({ queries: 2 }))]))
app.listen(80)
`,
    'apis.ts': `import Koa from 'koa'
import Router from 'koa-router'
import domainRoutes from './domains'
const createRouters = (tenant) => {
  const anonymous = new Router()
  anonymous.get('/status', (ctx) => { ctx.body = 'ok' })
  const management = new Router()
  domainRoutes(management, tenant)
  return [anonymous, management]
}
export function initApis(tenant): Koa {
  const apis = new Koa()
  for (const router of createRouters(tenant)) apis.use(router.routes()).use(router.allowedMethods())
  return apis
}
`,
    'domains.ts': `import type { RouterInitArgs } from './types'
export default function domainRoutes<T>(...[router, { queries }]: RouterInitArgs<T>) {
  router.get('/domains', (ctx) => { ctx.body = queries })
}
`,
  })
  expect(found.operations).toEqual([
    'proved GET /api/domains',
    'proved GET /api/status',
    'proved GET /me/domains',
    'proved GET /me/status',
  ])
})

test('middleware that hands a request on to what a property holds puts that below it [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'main.ts': `import Koa from 'koa'
import { pool } from './pool'
const app = new Koa()
app.use(async (ctx, next) => {
  const tenant = await pool.get(ctx.hostname)
  await tenant.run(ctx, next)
})
app.listen(80)
`,
    'pool.ts': `import Koa from 'koa'
import mount from 'koa-mount'
import Router from 'koa-router'
export class Tenant {
  run
  constructor(id) {
    const router = new Router()
    router.get('/users', (ctx) => { ctx.body = [] })
    const app = new Koa()
    app.use(router.routes())
    this.run = mount('/v1', app)
  }
}
class Pool { async get(id) { return (await import('./cache')).cached(id, () => new Tenant(id)) } }
export const pool = new Pool()
`,
  })
  expect(found.operations).toEqual(['proved GET /v1/users'])
})

test('a class that extends a router has the prefix that it gives its base; one that is not known is asked for [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'main.ts': `import Koa from 'koa'
import Router from 'koa-router'
import { Orders } from '@shop/schemas'
class SchemaRouter extends Router {
  constructor(schema, config = {}) {
    super({ prefix: '/' + schema.table })
    this.get('/:id', (ctx) => { ctx.body = 1 })
  }
}
const app = new Koa()
app.use(new SchemaRouter({ table: 'users' }).routes())
app.use(new SchemaRouter(Orders).routes())
app.listen(80)
`,
  })
  expect(found.operations).toEqual(['proved GET /users/{id}'])
  expect(found.asks).toEqual(['What stands for … in /…/{id}?'])
})

test('what a function constructs and a list of lodash calls for each routes for each [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'app.js': `const express = require('express')
const _ = require('lodash')
const Collection = require('./collection')
const app = express()
const cols = {}
cols.entries = new Collection({ app, name: 'entries' })
cols.food = new Collection({ app, name: 'food' })
_.forOwn(cols, function each (col) { col.mapRoutes() })
app.listen(80)
`,
    'collection.js': `function Collection ({ app, name }) {
  const self = this
  self.name = name
  self.mapRoutes = function mapRoutes () {
    const prefix = '/' + name
    app.get(prefix + '/:id', (req, res) => res.json(self.name))
  }
}
module.exports = Collection
`,
  })
  expect(found.operations).toEqual(['proved GET /entries/{id}', 'proved GET /food/{id}'])
})

test('an application that nothing was seen to serve is asked for where another one of its program is served [SPEC-EXTRACT-09]', async () => {
  const library = `const express = require('express')
class Library {
  constructor (options) {
    this.app = express()
    this.app.get('/books', (req, res) => res.json([]))
  }
}
module.exports = Library
`
  const main = (use: string) => `const express = require('express')
const vhost = require('vhost')
const Library = require('./library')
const app = express()
app.get('/health', (req, res) => res.json({}))
${use}
app.listen(80)
`
  expect(await graded({ 'library.js': library, 'main.js': main('') })).toEqual({
    operations: ['declared GET /books', 'proved GET /health'],
    asks: ['What serves GET /books?'],
  })
  expect(
    (
      await graded({
        'library.js': library,
        'main.js': main("app.use(vhost('b.example.com', new Library({}).app))"),
      })
    ).operations,
  ).toEqual(['declared GET /books', 'proved GET /health'])
  expect(
    (await graded({ 'library.js': library, 'main.js': main("app.use('/lib', new Library({}).app)") }))
      .operations,
  ).toEqual(['proved GET /health', 'proved GET /lib/books'])
  // The only one of its program is the one that is served, by whatever is not here.
  expect((await graded({ 'library.js': library })).operations).toEqual(['proved GET /books'])
})

test('a getter gives what its code gives: a setting that routes, and a router [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'env.ts': `class Environment {
  URL = (process.env.URL ?? '').replace(/x$/, '')
  get isHosted() { return ['https://a.example.com'].includes(this.URL) }
  static get hasMore() { return false }
}
export { Environment }
export default new Environment()
`,
    'app.ts': `import express from 'express'
import env, { Environment } from './env'
class Books {
  #router = express.Router()
  constructor() { this.#router.get('/books', (req, res) => res.json([])) }
  get router() { return this.#router }
}
const app = express()
if (!env.isHosted) app.post('/installation', (req, res) => res.json({}))
if (Environment.hasMore) app.get('/more', (req, res) => res.json({}))
app.use('/api', new Books().router)
app.listen(80)
`,
  })
  expect(found.operations).toEqual(['proved GET /api/books', 'proved POST /installation'])
})

test('what is only given to a function that comes back at once is no input, and a body may be of any media type [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"app"}',
    'app.ts': `import Koa from 'koa'
import { koaBody } from 'koa-body'
import Router from 'koa-router'
import { z } from 'zod'
const tryParse = (guard, data) => {
  if (!guard) return
  return guard.parse(data)
}
const koaGuard = ({ query, body }) => async (ctx, next) => {
  ctx.guard = { query: tryParse(query, ctx.request.query.page), body: tryParse(body, ctx.request.body ?? {}) }
  return next()
}
let last
const keep = (value) => { last = value }
const router = new Router()
router.get('/books', koaGuard({ query: z.string() }), (ctx) => { ctx.body = [] })
router.post('/books', koaGuard({ body: z.object({ title: z.string() }) }), (ctx) => { ctx.body = {} })
router.post('/callback', koaBody(), (ctx) => { keep(ctx.request.body); ctx.status = 303 })
const app = new Koa()
app.use(router.routes())
app.listen(80)
`,
  })
  const paths = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const inputs = [...factsOf(set.facts, 'parameter'), ...factsOf(set.facts, 'body')].map(
    (fact) => `${paths.get(fact.operation)} ${fact.kind === 'body' ? fact.mediaType : fact.name}`,
  )
  expect(inputs.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'GET /books page',
    'POST /books application/json',
    'POST /callback */*',
  ])
})

test('routes of koa-route are middleware, and their handlers are given the parts of the path [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles({
    'package.json': '{"name":"app","dependencies":{"koa":"3.0.0","koa-route":"4.0.0"}}',
    'app.mjs': `import Koa from 'koa'
import route from 'koa-route'
import compose from 'koa-compose'
import session from 'koa-session'
import * as kites from './kites.mjs'
const app = new Koa()
app.use(session({ maxAge: 60 }, app))
app.use(route.get('/kites', kites.list))
app.use(async (ctx, next) => {
  if (!ctx.get('x-pilot')) ctx.throw(401, 'no pilot')
  await next()
})
app.use(route.put('/kites/:id', kites.replace))
app.use(route.post('/kites', compose([kites.weigh, kites.add])))
app.listen(80)
`,
    'kites.mjs': `export async function list(ctx) { ctx.body = [] }
export async function replace(ctx, id) {
  if (id === 'first') ctx.throw(409, 'the first stays')
  ctx.status = 204
}
export async function weigh(ctx, next) {
  if (ctx.request.body.grams > 900) ctx.throw(422, 'too heavy')
  await next()
}
export async function add(ctx) { ctx.status = 201 }
`,
    'bin.cjs': `const Koa = require('koa')
const { del } = require('koa-route')
const app = new Koa()
app.use(del('/strings/:length', (ctx, length, next) => { ctx.status = 204 }))
app.listen(81)
`,
  })
  expect(summarize(extraction)).toMatchObject({
    operations: ['DELETE /strings/{length}', 'GET /kites', 'POST /kites', 'PUT /kites/{id}'],
    statuses: {
      'DELETE /strings/{length}': [204],
      'GET /kites': [200],
      'POST /kites': [201, 401, 422],
      'PUT /kites/{id}': [204, 401, 409],
    },
  })
  const [stays] = factsOf(extraction.set.facts, 'error').filter(({ status }) => status === 409)
  expect(stays?.condition.flat()).toContainEqual({ op: '==', subject: 'path.id', value: 'first' })
})

test('a pattern in a path of Koa is a variable without a name, with all of it, and one for the rest of the path stays that [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"koa":"^2","@koa/router":"^12"}}',
    'app.js': `import Koa from 'koa'
import Router from '@koa/router'
const kites = new Router()
kites.get('/kites/:id(\\\\d+)', (ctx) => (ctx.body = {}))
kites.get('/files/(.*)', (ctx) => (ctx.body = {}))
const all = new Router()
all.use('/v([1-9]\\\\d*)', kites.routes())
const app = new Koa()
app.use(all.routes())
app.listen(80)
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  ).toEqual(['GET /v{p1}/files/{rest*}', 'GET /v{p1}/kites/{id}'])
  expect(
    factsOf(set.facts, 'parameter').flatMap(({ name, constraints }) =>
      constraints.map(({ keyword, value }) => `${name} ${keyword} ${String(value)}`),
    ),
  ).toContain(String.raw`p1 pattern [1-9]\d*`)
})

test('middleware of Koa that answers where the one call that it tries works, and hands on where it fails, answers not always, whatever patterns are tried beside it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"koa":"^2","@koa/router":"^12"}}',
    'app.js': `import Koa from 'koa'
import Router from '@koa/router'
import { read } from 'notes'
const app = new Koa()
app.use(async (ctx, next) => {
  try {
    const note = await read('closed')
    if (/^\\/v1/.test(ctx.url) && ctx.request.method === 'OPTIONS') ctx.status = 204
    else {
      ctx.status = 503
      ctx.body = { note }
    }
  } catch (error) {
    console.log(error)
    await next()
  }
})
const kites = new Router()
kites.get('/kites', (ctx) => {
  if (ctx.query.old) throw Object.assign(new Error('Gone'), { status: 410 })
  ctx.body = {}
})
app.use(kites.routes())
app.listen(80)
`,
  })
  const found = set.facts.flatMap((fact) =>
    fact.kind === 'error' || fact.kind === 'response'
      ? [
          `${fact.grade} ${fact.status} ${fact.condition.map((row) => row.map((one) => one.subject).join()).join(' or ')}`,
        ]
      : [],
  )
  expect(found.toSorted()).toEqual([
    'proved 200 query.old,read(…) failed',
    'proved 410 query.old,read(…) failed',
    'proved 503 read(…) failed',
  ])
})

test('what a server of a scoped package runs is served, and what a script makes again to list its routes is none [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'package.json': '{"type":"module","dependencies":{"hono":"4.0.0","@hono/node-server":"1.0.0"}}',
    'boats.ts': `import { Hono } from 'hono'
export function createBoats() {
  const boats = new Hono()
  boats.get('/boats', (c) => c.json([]))
  return boats
}
`,
    'app.ts': `import { Hono } from 'hono'
import { createBoats } from './boats'
export const app = new Hono().route('/harbour', createBoats())
`,
    'server.ts': `import { serve } from '@hono/node-server'
import { app } from './app'
serve({
  fetch: (request) => app.fetch(request, { store: 1 }),
  port: 1,
})
`,
    'scripts/list.ts': `import { createBoats } from '../boats'
const paths = new Map()
for (const route of createBoats().routes.filter((one) => one.method !== 'ALL')) paths.set(route.path, route)
console.log(paths)
`,
  })
  expect(found).toEqual({ operations: ['proved GET /harbour/boats'], asks: [] })
})

test('what a package that is named for a framework makes of its application is that application [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"koa":"2","koa-router":"7","koa-websocket":"5"}}',
    'app.js': `
const websockify = require('koa-websocket')
const Koa = require('koa')
const koaRouter = require('koa-router')
const app = websockify(new Koa())
const router = koaRouter()
router.get('/kites', (ctx) => { ctx.body = {} })
app.use(router.routes())
app.listen(80)
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'operation' ? [`${one.method} ${one.path}`] : []))).toEqual(
    ['GET /kites'],
  )
})

test('a table of routes of Restify gives their paths in objects of options, each with the method that it is called by [SPEC-EXTRACT-09]', async () => {
  const found = await graded({
    'package.json': '{"dependencies":{"restify":"8"}}',
    'server.js': `const restify = require('restify')
const server = restify.createServer()
const listed = (req, res, next) => { res.send([]); next() }
const gone = (req, res, next) => { res.send(204); next() }
const table = {
  open: [{ path: '/mills', method: 'get', handler: listed }],
  shut: [{ path: '/mills/:id', method: 'del', handler: gone }],
}
const signedIn = (req, res, next) => { if (!req.header('x-miller')) { res.send(401); return next(false) } return next() }
for (const route of table.open) server[route.method]({ path: route.path }, route.handler)
for (const route of table.shut) server[route.method]({ path: route.path }, [signedIn, route.handler])
server.put({ url: '/mills', name: 'rebuild' }, listed)
server.listen(80)
`,
  })
  expect(found).toEqual({
    operations: ['proved DELETE /mills/{id}', 'proved GET /mills', 'proved PUT /mills'],
    asks: [],
  })
})

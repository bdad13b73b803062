import { guardsOf, list, quoted } from './writer.ts'
import type { Written, WrittenGuard } from './writer.ts'

/** Handlers, and those of the group, within what routes them. */
const routed = (all: readonly Written[], one: (is: Written, router: string) => string, group: string) =>
  [true, false]
    .flatMap((isGrouped) =>
      all.filter((is) => is.isGrouped === isGrouped).map((is) => one(is, isGrouped ? 'grouped' : group)),
    )
    .join('')
const isAsync = (body: string) => (body.includes('await ') ? 'async ' : '')
const ofRoute = ({ guards }: Written) => guards.filter((one) => one.where === 'route').map((one) => one.name)
const noted = ({ mark }: WrittenGuard, put: (name: string, value: string) => string) =>
  mark ? `  ${put(mark.name, `${mark.subject} === ${quoted(mark.text)} ? 'high' : 'low'`)}\n` : ''
const asked = ({ body, ofHeader }: WrittenGuard, query: string, header: string) =>
  ofHeader
    ? `  const { a, b${/\bn\b/.test(body) ? ', n' : ''} } = ${query}\n  const c = ${header}\n`
    : `  const ${inputs(body)} = ${query}\n`
const passing = ({ passes }: WrittenGuard, path: string, go: string) =>
  passes.length > 0 ? `  if ([${list(passes)}].includes(${path})) return ${go}\n` : ''

/** How a framework of JavaScript writes a service around handlers. */
export interface Shell {
  manifest: string
  begin: string
  end: string
  /** A statement that answers a status. */
  answer: (status: string) => string
  handlers: (all: readonly Written[]) => string
  /** What a guard noted under a name. */
  mark: (name: string) => string
  /** Takes the errors of handlers; `known` answers those that only it knows the status of. */
  errors: (known: (answer: (status: string) => string) => string) => string
  /** Whether errors are taken before handlers are put there. */
  isFirst?: true
}

const inputs = (body: string) => `{ a, b, c${/\bn\b/.test(body) ? ', n' : ''} }`
const manifest = (name: string, version: string) => JSON.stringify({ dependencies: { [name]: version } })

const expressAnswer = (status: string) => `return res.status(${status}).json({ error: true })\n`
const express: Shell = {
  manifest: manifest('express', '5.0.0'),
  begin: `const express = require('express')\nconst app = express()\n`,
  end: 'app.listen(80)\n',
  answer: expressAnswer,
  mark: (name) => `req.${name}`,
  handlers: (all) => {
    const guard = (one: WrittenGuard) =>
      `${isAsync(one.body)}function ${one.name}(req, res, next) {\n${passing(one, 'req.path', 'next()')}${asked(one, 'req.query', "req.get('x-c')")}${one.body}${noted(one, (name, value) => `req.${name} = ${value}`)}  next()\n}\n`
    const handler = (one: Written, router: string) =>
      `${router}.get('/${one.name}', ${[...ofRoute(one), ''].join(', ')}${isAsync(one.body)}(req, res) => {\n  const ${inputs(one.body)} = req.query\n${one.body}  res.json({ ok: true })\n})\n`
    const group = all.some((one) => one.isGrouped)
    return [
      ...guardsOf(all).map(guard),
      ...guardsOf(all, 'all').map((one) => `app.use(${one.name})\n`),
      group ? 'const grouped = express.Router()\n' : '',
      ...guardsOf(all, 'group').map((one) => `grouped.use(${one.name})\n`),
      routed(all, handler, 'app'),
      group ? `app.use('/in', grouped)\n` : '',
    ].join('')
  },
  errors: (known) =>
    `app.use((error, req, res, next) => {\n${known(expressAnswer)}  if (error instanceof Refused) ${expressAnswer('error.status')}  next(error)\n})\n`,
}

const fastifyAnswer = (status: string) => `return reply.code(${status}).send({ error: true })\n`
const fastify: Shell = {
  manifest: manifest('fastify', '5.0.0'),
  begin: `const app = require('fastify')()\n`,
  end: 'app.listen({ port: 80 })\n',
  answer: fastifyAnswer,
  mark: (name) => `request.${name}`,
  handlers: (all) => {
    const guard = (one: WrittenGuard) =>
      `async function ${one.name}(request, reply) {\n${passing(one, 'request.routeOptions.url', '')}${asked(one, 'request.query', "request.headers['x-c']")}${one.body}${noted(one, (name, value) => `request.${name} = ${value}`)}}\n`
    const handler = (one: Written, router: string) =>
      `${router}.get('/${one.name}', ${ofRoute(one).length > 0 ? `{ preHandler: [${ofRoute(one).join(', ')}] }, ` : ''}async (request, reply) => {\n  const ${inputs(one.body)} = request.query\n${one.body}  return { ok: true }\n})\n`
    const inside = all.filter((one) => one.isGrouped)
    return [
      ...guardsOf(all).map(guard),
      ...guardsOf(all, 'all').map((one) => `app.addHook('preHandler', ${one.name})\n`),
      inside.length > 0
        ? `app.register(async (grouped) => {\n${guardsOf(all, 'group')
            .map((one) => `grouped.addHook('preHandler', ${one.name})\n`)
            .join('')}${routed(inside, handler, 'grouped')}}, { prefix: '/in' })\n`
        : '',
      routed(
        all.filter((one) => !one.isGrouped),
        handler,
        'app',
      ),
    ].join('')
  },
  errors: (known) =>
    `app.setErrorHandler((error, request, reply) => {\n${known(fastifyAnswer)}  if (error instanceof Refused) ${fastifyAnswer('error.status')}  throw error\n})\n`,
  isFirst: true,
}

const koaAnswer = (status: string) => `ctx.status = ${status}\n  ctx.body = { error: true }\n  return\n`
const koa: Shell = {
  manifest: JSON.stringify({ dependencies: { koa: '2.15.0', '@koa/router': '12.0.0' } }),
  begin: `const Koa = require('koa')\nconst Router = require('@koa/router')\nconst app = new Koa()\nconst router = new Router()\n`,
  end: 'app.use(router.routes())\napp.listen(80)\n',
  answer: koaAnswer,
  mark: (name) => `ctx.state.${name}`,
  handlers: (all) => {
    const guard = (one: WrittenGuard) =>
      `async function ${one.name}(ctx, next) {\n${passing(one, 'ctx.path', 'next()')}${asked(one, 'ctx.query', "ctx.get('x-c')")}${one.body}${noted(one, (name, value) => `ctx.state.${name} = ${value}`)}  await next()\n}\n`
    const handler = (one: Written, router: string) =>
      `${router}.get('/${one.name}', ${[...ofRoute(one), ''].join(', ')}async (ctx) => {\n  const ${inputs(one.body)} = ctx.query\n${one.body}  ctx.body = { ok: true }\n})\n`
    const group = all.some((one) => one.isGrouped)
    return [
      ...guardsOf(all).map(guard),
      ...guardsOf(all, 'all').map((one) => `app.use(${one.name})\n`),
      group ? `const grouped = new Router({ prefix: '/in' })\n` : '',
      ...guardsOf(all, 'group').map((one) => `grouped.use(${one.name})\n`),
      routed(all, handler, 'router'),
      group ? 'app.use(grouped.routes())\n' : '',
    ].join('')
  },
  errors: (known) =>
    `app.use(async (ctx, next) => {\n  try {\n    await next()\n  } catch (error) {\n${known(koaAnswer)}  if (error instanceof Refused) {\n  ${koaAnswer('error.status')}  }\n  throw error\n  }\n})\n`,
  isFirst: true,
}

const honoAnswer = (status: string) => `return h.json({ error: true }, ${status})\n`
const hono: Shell = {
  manifest: manifest('hono', '4.6.0'),
  begin: `const { Hono } = require('hono')\nconst app = new Hono()\n`,
  end: `module.exports = app\n`,
  answer: honoAnswer,
  mark: (name) => `h.get('${name}')`,
  handlers: (all) => {
    const guard = (one: WrittenGuard) =>
      `async function ${one.name}(h, next) {\n${passing(one, 'h.req.path', 'next()')}${asked(one, 'h.req.query()', "h.req.header('x-c')")}${one.body}${noted(one, (name, value) => `h.set('${name}', ${value})`)}  await next()\n}\n`
    const handler = (one: Written, router: string) =>
      `${router}.get('/${one.name}', ${[...ofRoute(one), ''].join(', ')}async (h) => {\n  const ${inputs(one.body)} = h.req.query()\n${one.body}  return h.json({ ok: true })\n})\n`
    const group = all.some((one) => one.isGrouped)
    return [
      ...guardsOf(all).map(guard),
      ...guardsOf(all, 'all').map((one) => `app.use(${one.name})\n`),
      group ? 'const grouped = new Hono()\n' : '',
      ...guardsOf(all, 'group').map((one) => `grouped.use(${one.name})\n`),
      routed(all, handler, 'app'),
      group ? `app.route('/in', grouped)\n` : '',
    ].join('')
  },
  errors: (known) =>
    `app.onError((error, h) => {\n${known(honoAnswer)}  if (error instanceof Refused) ${honoAnswer('error.status')}  return h.json({ error: true }, 500)\n})\n`,
}

export const javascriptShells = { express, fastify, koa, hono }
export type JavaScriptShell = keyof typeof javascriptShells

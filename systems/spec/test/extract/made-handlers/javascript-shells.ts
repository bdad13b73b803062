import type { Written } from './writer.ts'

/** How a framework of JavaScript writes a service around handlers. */
export interface Shell {
  manifest: string
  begin: string
  end: string
  /** A statement that answers a status. */
  answer: (status: string) => string
  handler: (one: Written) => string
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
  handler: ({ name, body }) =>
    `app.get('/${name}', ${body.includes('await ') ? 'async ' : ''}(req, res) => {\n  const ${inputs(body)} = req.query\n${body}  res.json({ ok: true })\n})\n`,
  errors: (known) =>
    `app.use((error, req, res, next) => {\n${known(expressAnswer)}  if (error instanceof Refused) ${expressAnswer('error.status')}  next(error)\n})\n`,
}

const fastifyAnswer = (status: string) => `return reply.code(${status}).send({ error: true })\n`
const fastify: Shell = {
  manifest: manifest('fastify', '5.0.0'),
  begin: `const app = require('fastify')()\n`,
  end: 'app.listen({ port: 80 })\n',
  answer: fastifyAnswer,
  handler: ({ name, body }) =>
    `app.get('/${name}', async (request, reply) => {\n  const ${inputs(body)} = request.query\n${body}  return { ok: true }\n})\n`,
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
  handler: ({ name, body }) =>
    `router.get('/${name}', async (ctx) => {\n  const ${inputs(body)} = ctx.query\n${body}  ctx.body = { ok: true }\n})\n`,
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
  handler: ({ name, body }) =>
    `app.get('/${name}', async (h) => {\n  const ${inputs(body)} = h.req.query()\n${body}  return h.json({ ok: true })\n})\n`,
  errors: (known) =>
    `app.onError((error, h) => {\n${known(honoAnswer)}  if (error instanceof Refused) ${honoAnswer('error.status')}  return h.json({ error: true }, 500)\n})\n`,
}

export const javascriptShells = { express, fastify, koa, hono }
export type JavaScriptShell = keyof typeof javascriptShells

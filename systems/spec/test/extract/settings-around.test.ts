import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function sentences(files: Record<string, string>): Promise<string[]> {
  const { facts } = (await extractFiles(files)).set
  const names = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return facts.flatMap((fact) =>
    fact.kind === 'parameter' || fact.kind === 'error' || fact.kind === 'guard'
      ? [sayFact(fact, names.get(fact.operation) ?? '')]
      : [],
  )
}

test('what Koa puts before its routes by a setting alone is told with it, and lets pass what comes without it [SPEC-EXTRACT-06]', async () => {
  expect(
    await sentences({
      'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const stage = process.env.STAGE
const app = new Koa()
if (['tryout', 'staging'].includes(stage)) {
  app.use(async (ctx, next) => {
    const partner = ctx.get('Partner')
    if (!partner) ctx.throw(400, 'Name a partner.')
    return next()
  })
}
stage !== 'live' && app.use(async (ctx, next) => {
  if (ctx.get('Trace') === 'on') console.log(ctx.path)
  return next()
})
const router = new Router()
router.get('/boats', (ctx) => {
  if (!ctx.query.harbour) ctx.throw(404, 'No harbour.')
  ctx.body = { boats: [] }
})
app.use(router.routes())
app.listen(80)
`,
    }),
  ).toEqual([
    'WHEN a client sends GET /boats and `process.env.STAGE` is one of "tryout", "staging", the service SHALL take the header partner.',
    'WHEN a client sends GET /boats and `process.env.STAGE` is not "live", the service SHALL take the header trace.',
    'WHEN a client sends GET /boats, the service SHALL take the query parameter harbour.',
    'IF, for GET /boats, the header Partner is missing and `process.env.STAGE` is one of "tryout", "staging", THEN the service SHALL answer 400 and say "Name a partner.".',
    'IF, for GET /boats, the query parameter harbour is missing and no earlier check refuses the request, THEN the service SHALL answer 404 and say "No harbour.".',
  ])
})

test('what Express and Fastify put there by a setting is told with it, where their inputs are read without it too they are always there [SPEC-EXTRACT-06]', async () => {
  expect(
    await sentences({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
if (process.env.TOKENS === 'on')
  app.use((req, res, next) => {
    if (!req.headers.authorization) return res.sendStatus(401)
    if (req.query.at === 'sea') return res.status(400).json({ error: 'Ashore only.' })
    next()
  })
app.get('/boats', (req, res) => {
  if (!req.query.at) return res.status(404).json({ error: 'No harbour.' })
  res.json({ boats: [] })
})
app.listen(80)
`,
    }),
  ).toEqual([
    'WHEN a client sends GET /boats and `process.env.TOKENS` is "on", the service SHALL take the header authorization.',
    'WHEN a client sends GET /boats, the service SHALL take the query parameter at.',
    'WHEN a client sends GET /boats and `process.env.TOKENS` is "on", the service SHALL answer 401 to a caller who is not signed in.',
    'IF, for GET /boats, the header authorization is missing and `process.env.TOKENS` is "on", THEN the service SHALL answer 401.',
    'IF, for GET /boats, the header authorization is there and `process.env.TOKENS` is "on" and the query parameter at is "sea", THEN the service SHALL answer 400 with error (string, required) and say "Ashore only.".',
    'IF, for GET /boats, the query parameter at is missing, THEN the service SHALL answer 404 with error (string, required) and say "No harbour.".',
  ])
  expect(
    await sentences({
      'package.json': '{"dependencies":{"fastify":"4"}}',
      'app.js': `
import fastify from 'fastify'
const app = fastify()
if (process.env.PARTNERS === 'yes')
  app.addHook('onRequest', async (request, reply) => {
    if (!request.headers.partner) return reply.code(400).send({ error: 'Name a partner.' })
  })
app.get('/boats', async () => ({ boats: [] }))
app.listen(80)
`,
    }),
  ).toEqual([
    'WHEN a client sends GET /boats and `process.env.PARTNERS` is "yes", the service SHALL take the header partner.',
    'IF, for GET /boats, the header partner is missing and `process.env.PARTNERS` is "yes", THEN the service SHALL answer 400 with error (string, required) and say "Name a partner.".',
  ])
})

test('a setting that is something else where it is not given is never missing [SPEC-EXTRACT-06]', async () => {
  const files = (otherwise: string) => ({
    'package.json': '{"dependencies":{"express":"4"}}',
    'settings.js': `
const host = process.env.HOST || 'localhost'
const port = Number(process.env.PORT || '80')
exports.options = { outside: process.env.OUTSIDE ${otherwise}, name: process.env.NAME }`,
    'harbour.js': `
module.exports = (given) => {
  const options = { ...given }
  if (!options.outside) throw new Error('Say where it is seen from.')
  if (!options.name) throw new Error('Name it.')
  return options
}`,
    'app.js': `
const express = require('express')
const open = require('./harbour')
const { options } = require('./settings')
const app = express()
app.get('/boats', (req, res) => {
  try {
    res.json(open(options))
  } catch (error) {
    res.status(500).json({ error: error.message })
  }
})
app.listen(80)
`,
  })
  const said = async (otherwise: string) =>
    (await sentences(files(otherwise))).flatMap((one) => /say "(.*)"\.$/.exec(one)?.[1] ?? [])
  expect(await said("|| 'http://' + host + ':' + port")).toEqual(['Name it.'])
  expect(await said('')).toEqual(['Say where it is seen from.', 'Name it.'])
})

test('a decorator that a setting turns off is a guard with that setting, whatever it refuses of what is shown [SPEC-EXTRACT-11]', async () => {
  const all = await sentences({
    'requirements.txt': 'flask\n',
    'app.py': `
import re
from functools import wraps
from flask import Flask, abort, current_app, request
app = Flask(__name__)
def crew_only(f):
    @wraps(f)
    def inner(*args, **kwargs):
        shown = re.match(r"Ticket (\\S+)", request.headers.get("Authorization", ""))
        ticket = shown.group(1) if shown else None
        if request.headers.get("Authorization", "").startswith("Seal"):
            return f(*args, **kwargs)
        if ticket:
            if not tickets.find(ticket):
                abort(401)
            return f(*args, **kwargs)
        if not current_app.config["CREW_ONLY"]:
            return f(*args, **kwargs)
        abort(401)
    return inner
@app.get("/boats")
@crew_only
def boats():
    return {}
`,
  })
  expect(all.filter((one) => one.startsWith('WHEN') && one.includes('401'))).toEqual([
    'WHEN a client sends GET /boats and `current_app.config.CREW_ONLY` is there, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

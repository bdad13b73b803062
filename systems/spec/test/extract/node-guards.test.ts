import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const said = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return set.facts
    .filter(({ kind }) => kind !== 'operation' && kind !== 'model')
    .map((fact) => ({ kind: fact.kind, says: sayFact(fact, 'it') }))
}
const ofKind = (all: Awaited<ReturnType<typeof said>>, kind: string) =>
  all
    .filter((one) => one.kind === kind)
    .map(({ says }) => says)
    .toSorted()

test('a guard that a setting turns off says so, and one that lets others pass too is told by its call [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const needs = (right) => async (req, res, next) => {
  const settings = await db.settings.findFirst()
  if (settings.rightsAreAsked) {
    const user = await signedIn(req)
    if (!user) return res.status(401).json({ message: 'Who is there?' })
    if (!mayDo(user, right)) return res.status(403).json({ message: 'Not you' })
  }
  next()
}
const signedIn = (req) => db.sessions.find(req.headers['x-session'])
const mayDo = (user, right) => user.isOwner || user.rights.some((one) => one === right || one === '*')
app.delete('/sheep/:id', needs('sheep:shear'), (req, res) => res.sendStatus(204))
app.listen(1)
`,
  })
  expect(ofKind(all, 'guard')).toEqual([
    'WHEN a client sends it and `db.settings.findFirst().rightsAreAsked` is there, the service SHALL refuse a caller whom `needs(sheep:shear)` does not let pass, and answer 401 to one who is not signed in.',
  ])
})

test('roles that a guard of its own asks for are those that its code lets pass, not all that it was made with [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const only = (roles) => (req, res, next) => {
  if (!roles.includes(req.user.role)) return res.sendStatus(403)
  next()
}
const barring = (roles) => (req, res, next) => {
  if (roles.includes(req.user.role)) return res.sendStatus(403)
  next()
}
app.get('/barn', only(['keeper']), (req, res) => res.sendStatus(204))
app.get('/fold', barring(['guest']), (req, res) => res.sendStatus(204))
app.listen(1)
`,
  })
  expect(ofKind(all, 'guard')).toEqual([
    'WHEN a client sends it, the service SHALL refuse a caller whom `barring(guest)` does not let pass.',
    'WHEN a client sends it, the service SHALL refuse a caller without keeper.',
  ])
})

test('a part of an answer that one branch sets is not always there, one that both set is, and so is one that is set where the other branch was left [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
app.get('/barn', (req, res) => {
  const barn = { name: 'north' }
  if (process.env.SHOW_HAY) barn.hay = 3
  if (req.query.warm) barn.heat = 1
  else barn.heat = 0
  if (!req.query.key) return res.sendStatus(418)
  else barn.key = req.query.key
  res.json(barn)
})
app.listen(1)
`,
  })
  expect(ofKind(all, 'response')).toEqual([
    'WHEN a client sends it and the query parameter key is there, the service SHALL answer 200 with name (string, required, exactly "north"), hay (number), heat (number, required), key (required).',
  ])
})

test('what a table of a class has under a key that is known is there, and settings that are made before requests come answer none [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/config":"4"}}',
    'herd.ts': `
import { Controller, Get, Injectable, InternalServerErrorException, GoneException, Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
const settings = () => {
  if (!process.env.HERD_KEY) throw new Error('No key')
  return { herd: { size: process.env.HERD_SIZE } }
}
@Injectable()
export class Rules {
  private rules = { sheep: this.ofSheep, goats: this.ofGoats }
  ask(kind, size) {
    const rule = this.rules[kind]
    if (!rule) throw new InternalServerErrorException('No rule')
    return rule.call(this, size)
  }
  ofSheep(size) { if (size > 9) throw new GoneException('Too many') }
  ofGoats(size) { return size }
}
@Controller('herd')
export class Herd {
  constructor(private readonly rules: Rules, private readonly config: ConfigService) {}
  @Get() all() {
    this.rules.ask('sheep', this.config.get('herd.size'))
    return []
  }
}
@Module({ imports: [ConfigModule.forRoot({ load: [settings] })], controllers: [Herd], providers: [Rules] })
export class App {}
`,
  })
  expect(ofKind(all, 'error')).toEqual([
    'it may answer 410 and say "Too many", only where `process.env.HERD_SIZE` is greater than 9. (Open: when.)',
  ])
})

test('each guard of Nest is told by what it refuses with, and one that gives a part of the request by that [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/passport":"11"}}',
    'goats.ts': `
import { Controller, Get, Body, Post, CanActivate, ExecutionContext, Injectable, UseGuards, ValidationPipe } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
@Injectable()
export class KeeperGuard implements CanActivate {
  canActivate(context: ExecutionContext) { return context.switchToHttp().getRequest().user.isKeeper }
}
@Controller('goats')
export class GoatController {
  constructor() { new ValidationPipe() }
  @UseGuards(AuthGuard('jwt'), KeeperGuard)
  @Post()
  add(@Body() goat) { return goat }
}
`,
  })
  expect(ofKind(all, 'guard')).toEqual([
    'WHEN a client sends it, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends it, the service SHALL refuse a caller whom `KeeperGuard` does not let pass, and answer 401 to one who is not signed in.',
  ])
  expect(ofKind(all, 'error')).toEqual([
    'IF, for it, `req.user.isKeeper` does not hold, THEN the service SHALL answer 403.',
    'IF, for it, the body can not be read, THEN the service SHALL answer 400.',
    'IF, for it, the caller is not signed in, THEN the service SHALL answer 401.',
  ])
})

test('a body in parts is read as one, with its files [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4","multer":"1"}}',
    'app.js': `
const express = require('express')
const multer = require('multer')
const upload = multer({ dest: '/tmp' })
const app = express()
app.post('/wool', upload.single('photo'), (req, res) => res.json({ name: req.body.name, at: req.body.places.indexOf('x') }))
app.post('/herd', upload.fields([{ name: 'map' }]), (req, res) => res.sendStatus(202))
app.listen(1)
`,
  })
  expect(ofKind(all, 'body')).toEqual([
    'WHEN a client sends it, the service SHALL take a body of multipart/form-data with map (a list of file).',
    'WHEN a client sends it, the service SHALL take a body of multipart/form-data with name, places, photo (file).',
  ])
})

test('an answer that can not come after what was asked before is none, and says only what is sent [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const held = {}
const pastureOf = (name) => {
  if (!name) throw new Error('A pasture has a name')
  return (held[name] ??= make(name))
}
const keeper = async (id) => {
  const found = await db.keepers.find(id)
  if (!found) throw new Error('No keeper')
  return found
}
app.get('/pasture', async (req, res) => {
  res.locals.name = req.headers['x-pasture'] || 'home'
  if (res.locals.name !== 'home') return res.status(404).end()
  const pasture = pastureOf(res.locals.name)
  const found = await keeper(pasture.keeper)
  if (!found) return res.status(410).json({ message: 'Gone' })
  res.json(found)
})
app.use((error, req, res, next) => res.sendStatus(500))
app.listen(1)
`,
  })
  expect(ofKind(all, 'error').filter((one) => /410|A pasture|No keeper/.test(one))).toEqual([])
})

test('what is written in the code is known when it is asked: lists, texts, statuses by name, kinds of things [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"@nestjs/common":"11","express":"4"}}',
    'app.js': `
const express = require('express')
const { HttpStatus } = require('@nestjs/common')
const app = express()
const open = ['barn']
const codeOf = (status) => {
  switch (status) {
    case HttpStatus.NOT_FOUND: return 'lost'
    default: return 'broken'
  }
}
const statusOf = { lost: 404, broken: 500 }
app.get('/join/\\\\*', (req, res) => {
  if (open.includes('byre')) return res.sendStatus(418)
  if (typeof open !== 'object') return res.sendStatus(417)
  const [scheme, key] = req.headers.authorization.split(' ')
  if (scheme !== 'Hay') return res.status(statusOf[codeOf(404)]).json({ message: 'No such gate' })
  res.json({ key })
})
app.listen(1)
`,
  })
  expect(ofKind(all, 'error')).toEqual([
    'IF, for it, `header.authorization.split(" ")[0]` is not "Hay", THEN the service SHALL answer 404 with message (string, required) and say "No such gate".',
  ])
})

test('a controller by a decorator that puts a list of others on is one, and a limit that answers by itself, or only makes wait, answers no 429 [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json':
      '{"dependencies":{"@nestjs/common":"11","express":"4","express-rate-limit":"7","express-slow-down":"2"}}',
    'decorators/index.ts': `
// This is an autogenerated file.

export * from './hive'
`,
    'decorators/hive.ts': `
import { applyDecorators, Controller } from '@nestjs/common'
export function Hive(name: string) {
  const all = [Controller(name)]
  return applyDecorators(...all)
}
`,
    'hives.ts': `
import { Get } from '@nestjs/common'
import { Hive } from './decorators'
@Hive('hives')
export class HiveController {
  @Get(':id') one() { return { id: 1 } }
}
`,
    'app.js': `
const express = require('express')
const { rateLimit } = require('express-rate-limit')
const { slowDown } = require('express-slow-down')
const app = express()
app.get('/combs', slowDown({ delayAfter: 5, delayMs: () => 100 }), (req, res) => res.sendStatus(204))
app.get('/bees', rateLimit({ max: 5, handler: (req, res) => res.json({ message: 'Later' }) }), (req, res) => res.sendStatus(204))
app.listen(1)
`,
  })
  expect(ofKind(all, 'parameter')).toEqual([
    'WHEN a client sends it, the service SHALL require the path parameter id.',
  ])
  expect(ofKind(all, 'error')).toEqual([])
})

test('a folder of routers that the program loads file by file is routed, and a router in a circle of modules is the one that is started [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'src/server.js': `
const express = require('express')
const path = require('path')
const { readdirSync } = require('fs')
import { flock } from './flock'
export const pool = {}
const app = express()
app.use('/flock', flock)
readdirSync(path.join(__dirname, 'api')).forEach((file) => {
  const route = require(path.join(__dirname, 'api', file))
  const router = route.default || route
  if (typeof router === 'function') app.use('/api', router)
})
app.listen(1)
`,
    'src/flock.js': `
import { Router } from 'express'
import { pool } from './server'
export const flock = Router()
flock.get('/:id', (req, res) => res.json(pool))
`,
    'src/api/lambs.js': `
import { Router } from 'express'
import { flock } from '../flock'
const router = Router()
router.post('/lambs', (req, res) => res.sendStatus(201))
export default router
`,
  })
  const operations = set.facts.flatMap((one) =>
    one.kind === 'operation' ? [`${one.method} ${one.path}`] : [],
  )
  expect(operations.toSorted()).toEqual(['GET /flock/{id}', 'POST /api/lambs'])
})

test('what comes after middleware of Koa that hands on through code outside is followed [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const { AsyncLocalStorage } = require('node:async_hooks')
const kept = new AsyncLocalStorage()
const app = new Koa()
const router = new Router()
app.use((ctx, next) => kept.run({ at: ctx.url }, next))
router.get('/ewes', (ctx) => {
  if (!ctx.query.field) ctx.throw(400, 'which field?')
  ctx.body = { ewes: 3 }
})
app.use(router.routes())
app.listen(1)
`,
  })
  expect(ofKind(all, 'error')).toEqual([
    'IF, for it, the query parameter field is missing, THEN the service SHALL answer 400 and say "which field?".',
  ])
})

test('errors of classes that @fastify/error makes are answered with its status, and levels of an enum are numbers [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"fastify":"5","@fastify/error":"4","zod":"4"}}',
    'app.ts': `
import Fastify from 'fastify'
import createError from '@fastify/error'
import { z } from 'zod'
enum Rank { Hand = 3, Foreman = 7 }
const NoShepherd = createError('NO_SHEPHERD', 'Nobody looks after it', 401)
const app = Fastify()
app.setErrorHandler((error, request, reply) => {
  reply.status(error.statusCode ?? 500).send({ message: error.message ?? 'oops' })
})
app.post('/flocks', { schema: { body: z.object({ rank: z.enum(Rank) }) } }, async (request) => {
  if (!request.headers['x-shepherd']) throw new NoShepherd()
  return { id: 1 }
})
app.listen({ port: 1 })
`,
  })
  expect(ofKind(all, 'error').filter((one) => !one.includes('400'))).toEqual([
    'IF, for it, the header x-shepherd is missing, THEN the service SHALL answer 401 with message (string, required) and say "Nobody looks after it".',
  ])
  expect(ofKind(all, 'body')[0]).toContain('rank (number, required, one of 3, 7)')
})

test('a guard without a name is told by what made it, or by where it is put [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"fastify":"5","fastify-plugin":"5"}}',
    'rights.js': `
const fp = require('fastify-plugin')
module.exports = fp(async function (app) {
  function mustHold (right) {
    return async (request, reply) => {
      if (!request.holder.rights.includes(right)) return reply.code(403).send()
    }
  }
  app.decorate('mustHold', mustHold)
  app.decorate('noGuests', async (request, reply) => {
    if (request.holder.isGuest) return reply.code(403).send()
  })
})
`,
    'app.js': `
const app = require('fastify')()
app.register(require('./rights'))
app.register(boats)
async function boats (app) {
  app.addHook('preHandler', async (request, reply) => {
    if (!request.holder) return reply.code(401).send()
  })
  app.get('/boats', { preHandler: app.mustHold('boats:list') }, async () => [])
  app.post('/boats', { preHandler: app.noGuests }, async () => [])
  app.get('/docks', {
    preValidation: async (request, reply) => {
      if (!request.holder.isOwner) return reply.code(403).send()
    }
  }, async () => [])
}
`,
  })
  const names = set.facts.flatMap((fact) => (fact.kind === 'guard' ? [fact.name] : []))
  expect(names.toSorted()).toEqual([
    'mustHold',
    'noGuests',
    'preHandler',
    'preHandler',
    'preHandler',
    'preValidation',
  ])
})

test('middleware that refuses with 403 who shows no key is one guard [SPEC-PACKS-01]', async () => {
  const all = await said({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const known = (req, res, next) => { if (!req.headers['x-key']) return res.status(403).json({ no: 1 }); next() }
app.get('/sheep', known, (req, res) => res.json([]))
app.listen(1)
`,
  })
  expect(ofKind(all, 'guard')).toHaveLength(1)
  expect(ofKind(all, 'guard')[0]).toContain('403')
})

test('a guard that a function keeps for itself is told by its own name, what a function makes and gives by that [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const makeFolds = (sheep) => {
  const log = logger('folds')
  const isShepherd = async (req, res, next) => { if (!(await sheep.of(req.user))) return res.sendStatus(403); next() }
  const shear = (req, res) => res.sendStatus(204)
  return { isShepherd, shear }
}
function needsDog(breed) {
  const check = (req, res, next) => { if (!req.user.dogs.includes(breed)) return res.sendStatus(403); next() }
  return check
}
const folds = makeFolds(db.sheep)
app.post('/fold', folds.isShepherd, folds.shear)
app.get('/dogs', needsDog('collie'), (req, res) => res.json([]))
app.listen(1)
`,
  })
  const names = set.facts.flatMap((fact) => (fact.kind === 'guard' ? [fact.name] : []))
  expect(names.toSorted()).toEqual(['isShepherd', 'needsDog'])
})

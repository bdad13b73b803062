import { expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// Facts of a kind as they are said, each with the text of its evidence.
async function told(files: Record<string, string>, kind: Fact['kind']) {
  const { set } = await extractFiles(files)
  return set.facts
    .filter((fact) => fact.kind === kind)
    .map((fact) => ({
      says: sayFact(fact, fact.kind === 'operation' ? `${fact.method} ${fact.path}` : 'it'),
      shows: fact.evidence.map(({ path, startByte, endByte }) =>
        Buffer.from(files[path] ?? '')
          .subarray(startByte, endByte)
          .toString(),
      ),
    }))
    .toSorted((a, b) => (a.says < b.says ? -1 : 1))
}
const says = async (files: Record<string, string>, kind: Fact['kind']) =>
  (await told(files, kind)).map((one) => one.says)
const manifest = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) })

const gates = {
  'package.json': manifest('express', 'http-errors'),
  'app.js': `
const express = require('express')
const createError = require('http-errors')
const app = express()
app.use(async (req, res, next) => {
  const keeper = await keepers.byToken(req.headers.authorization)
  if (!keeper) return next(createError(401, 'Who is there?'))
  next()
})
app.get('/gates/:id', async (req, res, next) => {
  try {
    const gate = await gates.find(req.params.id)
    if (!gate) {
      return next(createError(404, 'No such gate'))
    }
    res.json(gate.closed)
  } catch (error) {
    next(createError(500, 'It broke'))
  }
})
app.use((error, req, res, next) => res.status(error.statusCode || 500).json({ message: error.message }))
app.listen(1)
`,
}

test('an error that is handed on inside of a try is not caught there, and what one call fails with is told by it [SPEC-EXTRACT-06]', async () => {
  const [missing, broken, unknown] = await told(gates, 'error')
  expect(broken?.says).toMatch(/`gates\.find\(…\)` fails, THEN the service SHALL answer 500 .* "It broke"/)
  expect(missing?.says).toMatch(/`gates\.find\(path\.id\)` is missing, THEN the service SHALL answer 404/)
  expect(unknown?.says).toMatch(/is missing, THEN the service SHALL answer 401/)
})

test('where middleware is put before a route is shown with what it refuses [SPEC-EXTRACT-06]', async () => {
  const [guard] = await told(gates, 'guard')
  expect(guard?.shows.some((text) => text.startsWith('app.use(async (req'))).toBe(true)
})

test('what a catch takes is told by the few calls that it stands around, and what only checks a request is no guard [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('express'),
    'app.js': `
const express = require('express')
const app = express()
const check = (form) => (req, res, next) => {
  const made = form.check(req.body)
  if (made.error) return res.status(400).json({ message: 'Not a form' })
  next()
}
app.post('/gates', check(forms.gate), async (req, res) => {
  try {
    const gate = await gates.insert(req.body)
    await bells.ring(gate.name)
    res.status(201).json({ id: gate.name })
  } catch (error) {
    res.status(409).json({ message: 'It is there' })
  }
})
app.get('/gates', async (req, res) => {
  try {
    const all = await gates.select(open(1)).from(fields).where(same(2))
    res.json(all)
  } catch (error) {
    res.status(503).json({ message: 'Later' })
  }
})
app.delete('/gates', async (req, res) => {
  try {
    await gates.lock()
    await gates.close()
    await bells.stop()
    await bells.take()
    await fields.clear()
    res.sendStatus(204)
  } catch (error) {
    res.status(500).json({ message: 'Not done' })
  }
})
app.listen(1)
`,
  }
  const { set } = await extractFiles(files)
  // Each of the calls is shown.
  const [either] = factsOf(set.facts, 'error').filter(({ status }) => status === 409)
  const code = files['app.js'].split('\n')
  expect(either?.evidence.map(({ line }) => code[line - 1])).toEqual(
    expect.arrayContaining([
      expect.stringContaining('gates.insert(req.body)'),
      expect.stringContaining('bells.ring(gate.name)'),
    ]),
  )
  const told = await says(files, 'error')
  expect(told.filter((one) => one.includes('409') || one.includes('503'))).toEqual([
    expect.stringContaining('`bells.ring(…)` fails, or `gates.insert(…)` fails, THEN'),
    expect.stringContaining('`gates.select(…)` fails, THEN'),
  ])
  expect(told.filter((one) => one.includes('500'))).toEqual([expect.stringContaining('(Open: when.)')])
  expect(await says(files, 'guard')).toEqual([])
})

test('what a file passes on is found beside what it exports by itself, and routers that are loaded late are mounted [SPEC-PACKS-01]', async () => {
  const files = {
    'package.json': `{"type":"module",${manifest('koa', 'koa-router', 'http-errors').slice(1)}`,
    'app.js': `
import Koa from 'koa'
import routes from './routes/index.js'
const app = new Koa()
app.use(await routes())
app.listen(1)
`,
    'routes/index.js': `
import Router from 'koa-router'
const folders = await Promise.all([import('./gates/index.js')])
const root = new Router()
export default async () => {
  for await (const folder of folders)
    for await (const version of folder.default) root.use(version?.default?.routes())
  return root.routes()
}
`,
    'routes/gates/index.js': `export default [import('./v1.js')]\n`,
    'routes/gates/v1.js': `
import Router from 'koa-router'
import { refusal } from '../../errors/index.js'
const router = new Router({ prefix: '/(v1|latest)/gates' })
router.get('/:id', async (ctx) => {
  const gate = await gates.byId(ctx.params.id)
  if (!gate) throw refusal('No such gate')
  ctx.body = { gate }
})
export default router
`,
    'errors/index.js': `export * from './refusal.js'\nconst book = { pages: 1 }\nexport default book\n`,
    'errors/refusal.js': `
import createError from 'http-errors'
export const refusal = (message) => createError(404, message)
`,
  }
  expect(await says(files, 'operation')).toEqual([
    'THE service SHALL answer GET /latest/gates/{id}.',
    'THE service SHALL answer GET /v1/gates/{id}.',
  ])
  const errors = await told(files, 'error')
  expect(errors).toHaveLength(2)
  for (const one of errors) {
    expect(one.says).toMatch(/SHALL answer 404/)
    expect(one.shows).toContain('createError(404, message)')
  }
})

test('how a caller is known is not told where who shows nothing may be known otherwise [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('hono'),
    'app.ts': `
import { Hono } from 'hono'
const app = new Hono()
app.use(async (c, next) => {
  const given = c.req.header('authorization')
  if (!given) return next()
  if (!given.startsWith('Bearer ')) return c.json({ message: 'Not a key' }, 401)
  c.set('keeper', await keepers.byKey(given))
  await next()
})
app.use(async (c, next) => {
  const session = await sessions.of(c)
  if (!session) return c.json({ message: 'Who is there?' }, 401)
  await next()
})
app.get('/gates', (c) => c.json({ gates: [] }))
export default app
`,
  }
  expect((await says(files, 'guard')).filter((one) => one.includes('authorization'))).toEqual([])
})

test('a guard of Nest that handles what passport found refuses who is not signed in, below the path of its controller [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('@nestjs/common', '@nestjs/passport', '@nestjs/core'),
    'main.ts': `
import { NestFactory } from '@nestjs/core'
import { GatesModule } from './gates'
async function start() {
  const app = await NestFactory.create(GatesModule)
  app.setGlobalPrefix('api', { exclude: ['gates/:gate/sign'] })
  await app.listen(1)
}
start()
`,
    'gates.ts': `
import { Controller, Get, Injectable, Module, UnauthorizedException, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
@Injectable()
export class KeeperGuard extends AuthGuard('jwt') {
  handleRequest(err: any, user: any) {
    if (err || !user) {
      throw err || new UnauthorizedException()
    }
    return user
  }
}
@Controller('gates')
export class GatesController {
  @UseGuards(KeeperGuard)
  @Get('open')
  open() {
    return { open: 1 }
  }
  @Get(':id/sign')
  sign() {
    return { sign: 1 }
  }
}
@Module({ controllers: [GatesController] })
export class GatesModule {}
`,
  }
  const [operation, sign] = await told(files, 'operation')
  expect(operation?.says).toBe('THE service SHALL answer GET /api/gates/open.')
  expect(sign?.says).toBe('THE service SHALL answer GET /gates/{id}/sign.')
  expect(operation?.shows).toEqual(
    expect.arrayContaining([
      "Controller('gates')",
      "app.setGlobalPrefix('api', { exclude: ['gates/:gate/sign'] })",
    ]),
  )
  expect(await says(files, 'error')).toEqual([
    'IF, for it, the caller is not signed in, THEN the service SHALL answer 401.',
  ])
})

test('what comes after a branch that was left in part comes of the rest of it [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('koa', '@koa/router'),
    'app.js': `
import Koa from 'koa'
import Router from '@koa/router'
const app = new Koa()
const router = new Router()
const keeperOnly = async (ctx, next) => {
  const key = ctx.get('x-key')
  if (key) {
    const keeper = await keepers.byKey(key)
    if (keeper.isAwake) {
      await next()
      return
    }
  }
  ctx.status = 401
}
router.get('/gates', keeperOnly, async (ctx) => {
  ctx.body = { gates: [] }
})
app.use(router.routes())
app.listen(1)
`,
  }
  expect(await says(files, 'error')).toEqual([
    'IF, for it, the header x-key is missing, or `keepers.byKey(header.x-key).isAwake` does not hold, THEN the service SHALL answer 401.',
  ])
})

test('that a caller is not known is no case of its own behind a guard that refuses who is not signed in [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('express'),
    'app.js': `
const express = require('express')
const app = express()
const signedIn = async (req, res, next) => {
  const keeper = await keepers.byKey(req.headers['x-key'])
  if (!keeper) return res.status(401).json({ message: 'Who is there?' })
  req.user = keeper
  next()
}
app.get('/gates', signedIn, (req, res) => {
  if (!req.user.id) return res.status(500).json({ message: 'Nobody' })
  if (!req.user.hasKey) return res.status(403).json({ message: 'No key' })
  res.json({ gates: [] })
})
app.listen(1)
`,
  }
  const errors = await says(files, 'error')
  expect(errors.filter((one) => one.includes('500'))).toEqual([expect.stringContaining('(Open: when.)')])
  expect(errors.filter((one) => one.includes('403'))).toEqual([expect.stringContaining('SHALL answer 403')])
})

test('a handler of Nest that gives nothing on one way does not always give what it gives on another [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('@nestjs/common', '@nestjs/core'),
    'gates.ts': `
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common'
@Controller('gates')
export class GatesController {
  @Post('open')
  @HttpCode(200)
  async open(@Body() body: any) {
    const made = await gates.open(body.name)
    if (made.isLocked) return { needsKey: true }
    await bells.ring(made)
  }
}
@Module({ controllers: [GatesController] })
export class GatesModule {}
`,
  }
  const responses = await says(files, 'response')
  expect(responses.filter((one) => one.includes('needsKey'))).toEqual([expect.stringContaining('and `')])
})

test('what passport calls by itself refuses as its code does, and a guard that sends some to sign in has no one status [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': manifest('express', 'passport'),
    'app.js': `
const express = require('express')
const passport = require('passport')
const app = express()
const known = (isAsked) => (req, res, next) => {
  passport.authenticate('jwt', (error, user) => {
    if (!user && isAsked && req.accepts('html')) return res.redirect('/sign-in')
    if (!user && isAsked) return res.status(401).json({ message: 'Who is there?' })
    req.user = user
    next()
  })(req, res, next)
}
app.get('/open', known(false), (req, res) => res.json({ open: 1 }))
app.get('/gates', known(true), (req, res) => res.json({ gates: [] }))
app.listen(1)
`,
  }
  const { set } = await extractFiles(files)
  const paths = new Map(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, fact.path]] : [])),
  )
  const guards = set.facts.flatMap((fact) =>
    fact.kind === 'guard' ? [[paths.get(fact.operation), fact.status ?? null]] : [],
  )
  expect(guards).toEqual([['/gates', null]])
})

test('what is undefined is no field of an answer in JSON, and what may be is not required [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.19.0"}}',
    'index.js': `const express = require('express')
const app = express()
const refusal = (text, details) => ({ text, details, nothing: null })
app.get('/berths', (req, res) => {
  if (!req.query.quay) return res.status(400).json(refusal('Say which quay.', undefined))
  res.json({ berth: 1, note: req.query.note ? 'noted' : undefined })
})
app.listen(1)
`,
  })
  const fieldsOf = (kind: 'error' | 'response') =>
    set.facts.flatMap((fact) =>
      fact.kind === kind && fact.shape.type === 'object'
        ? fact.shape.fields.map(({ name, isRequired, shape }) => `${name} ${shape.type} ${isRequired}`)
        : [],
    )
  expect(fieldsOf('error')).toEqual(['text string true', 'nothing null true'])
  expect(fieldsOf('response')).toEqual(['berth number true', 'note string false'])
})

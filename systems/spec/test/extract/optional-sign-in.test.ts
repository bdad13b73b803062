import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const guards = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const paths = new Map(set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, one.path]] : [])))
  return set.facts
    .flatMap((one) => (one.kind === 'guard' ? [sayFact(one, `GET ${paths.get(one.operation)}`)] : []))
    .toSorted()
}

const either = (path: string) =>
  `WHEN a client sends GET ${path}, the service SHALL take a caller who is signed in and one who is not.`
const refused = (path: string) =>
  `WHEN a client sends GET ${path}, the service SHALL answer 401 to a caller who is not signed in.`

test('middleware that refuses a wrong token alone, also a part of the header, lets in who shows none [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const keys = require('./keys')
const app = express()
const tokenOf = (req) => {
  const header = req.header('authorization')
  return header?.startsWith('Token ') ? header.slice(6) : undefined
}
const known = (isNeeded) => (req, res, next) => {
  const token = tokenOf(req)
  if (!token) return isNeeded ? res.sendStatus(401) : next()
  if (!keys.verify(token)) return res.status(401).json({ error: 'wrong token' })
  next()
}
app.get('/piers', known(false), (req, res) => res.json([]))
app.get('/mine', known(true), (req, res) => res.json([]))
app.listen(1)
`,
      'keys.js': `module.exports = require('some-keys')`,
    }),
  ).toEqual([refused('/mine'), either('/piers')])
})

test('so does a guard of Nest that takes the token out of a header by parts [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10"}}',
      'main.ts': `
import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, SetMetadata, UnauthorizedException } from '@nestjs/common'
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core'
import { Keys } from 'some-keys'
@Injectable()
export class Gate implements CanActivate {
  constructor(private readonly keys: Keys, private readonly reflector: Reflector) {}
  async canActivate(context: ExecutionContext) {
    const access = this.reflector.get('access', context.getHandler())
    const request = context.switchToHttp().getRequest()
    const [scheme, token] = request.headers.authorization?.split(' ') ?? []
    if (scheme !== 'Token' || !token) {
      if (access === 'maybe') return true
      throw new UnauthorizedException('no token')
    }
    try {
      request.user = await this.keys.verify(token)
    } catch {
      throw new UnauthorizedException('wrong token')
    }
    return true
  }
}
@Controller()
export class Piers {
  @Get('piers') @SetMetadata('access', 'maybe') all() { return [] }
  @Get('mine') mine() { return [] }
}
@Module({ controllers: [Piers], providers: [{ provide: APP_GUARD, useClass: Gate }] })
export class Harbour {}
NestFactory.create(Harbour).then((app) => app.listen(3000))
`,
    }),
  ).toEqual([refused('/mine'), either('/piers')])
})

test('a token that is looked at and whose error nobody answers refuses nobody [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'package.json': '{"dependencies":{"fastify":"4","@fastify/jwt":"7"}}',
      'app.js': `
import Fastify from 'fastify'
import jwt from '@fastify/jwt'
const app = Fastify()
app.register(jwt, { secret: 's' })
const maybe = async (request) => {
  if (request.headers.authorization) await request.jwtVerify().catch(() => {})
}
const tried = async (request) => {
  try { await request.jwtVerify() } catch {}
}
const needed = async (request, reply) => {
  try { await request.jwtVerify() } catch { return reply.code(401).send({ error: 'no token' }) }
}
app.get('/piers', { onRequest: maybe }, async () => [])
app.get('/boats', { onRequest: tried }, async () => [])
app.get('/mine', { onRequest: needed }, async () => [])
app.listen({ port: 1 })
`,
    }),
  ).toEqual([
    `${either('/boats')} (Declared, not proved.)`,
    refused('/mine'),
    `${either('/piers')} (Declared, not proved.)`,
  ])
})

test('what lets everybody pass says nothing where something behind it refuses who is not signed in [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'package.json': '{"dependencies":{"koa":"2","koa-router":"12","koa-jwt":"4"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('koa-router')
const jwt = require('koa-jwt')
const app = new Koa()
const router = new Router()
app.use(async (ctx, next) => { try { await next() } catch (e) { ctx.status = e.status; ctx.body = { error: e.message } } })
app.use(jwt({ secret: 's', passthrough: true }))
const needed = async (ctx, next) => {
  ctx.assert(ctx.state.user, 401, 'who is there?')
  return next()
}
router.get('/piers', (ctx) => { ctx.body = [] })
router.get('/mine', needed, (ctx) => { ctx.body = [] })
app.use(router.routes())
app.listen(1)
`,
    }),
  ).toEqual([refused('/mine'), either('/piers')])
})

test('what Flask-HTTPAuth is told not to need, and what gives Django Ninja somebody whoever calls, refuses nobody [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'flask\nFlask-HTTPAuth\n',
      'app.py': `
from flask import Flask
from flask_httpauth import HTTPTokenAuth
app = Flask(__name__)
auth = HTTPTokenAuth(scheme="Token")
@app.get("/piers")
@auth.login_required(optional=True)
def piers():
    return {}
`,
    }),
  ).toEqual([either('/piers')])
  expect(
    await guards({
      'requirements.txt': 'django\ndjango-ninja\n',
      'manage.py': `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "harbour.settings")\n`,
      'harbour/__init__.py': '',
      'harbour/settings.py': 'ROOT_URLCONF = "harbour.urls"\n',
      'harbour/urls.py': `
from django.urls import path
from ninja import NinjaAPI
from ninja.security import HttpBearer
from .keys import keys
class Known(HttpBearer):
    def authenticate(self, request, token):
        return keys.get(token)
class Anybody(Known):
    def __call__(self, request):
        return super().__call__(request) or "nobody"
api = NinjaAPI(auth=Known())
@api.get("/mine")
def mine(request):
    return {}
@api.get("/piers", auth=Anybody())
def piers(request):
    return {}
urlpatterns = [path("", api.urls)]
`,
      'harbour/keys.py': 'from some_keys import keys\n',
    }),
  ).toEqual([refused('/mine')])
})

test('who lacks what Starlette requires is answered with the status that this says [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'starlette\n',
    'main.py': `
from starlette.applications import Starlette
from starlette.authentication import requires
from starlette.responses import JSONResponse
from starlette.routing import Route
@requires("authenticated", status_code=401)
async def mine(request):
    return JSONResponse({})
app = Starlette(routes=[Route("/mine", mine)])
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'error' ? [one.status] : []))).toEqual([401])
})

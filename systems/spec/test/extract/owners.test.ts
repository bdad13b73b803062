import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errors = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return set.facts.flatMap((one) => (one.kind === 'error' ? [sayFact(one, 'it')] : [])).toSorted()
}

test('whose a thing is that middleware found is no question of who is signed in [SPEC-EXTRACT-05]', async () => {
  expect(
    await errors({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const boats = require('some-boats')
const app = express()
app.use((req, res, next) => {
  if (!req.headers.authorization) return res.sendStatus(401)
  req.user = { id: req.headers.authorization }
  next()
})
const owned = (req, res, next) => {
  if (req.boat.ownerId !== req.user.id) return res.status(403).json({ error: 'not yours' })
  next()
}
const found = async (req, res, next) => { req.boat = await boats.find(req.params.id); next() }
app.delete('/boats/:id', found, owned, (req, res) => res.sendStatus(204))
app.listen(1)
`,
    }),
  ).toEqual([
    'IF, for it, `req.boat.ownerId == req.user.id` does not hold, THEN the service SHALL answer 403 with error (string, required) and say "not yours".',
    'IF, for it, the header authorization is missing, THEN the service SHALL answer 401.',
  ])
})

test('what code puts in the place of a part of the path stands under its name from then on [SPEC-EXTRACT-05]', async () => {
  expect(
    await errors({
      'package.json': '{"dependencies":{"koa":"2","koa-router":"12"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('koa-router')
const boats = require('some-boats')
const app = new Koa()
const router = new Router()
router.param('boat', async (id, ctx, next) => {
  ctx.params.boat = await boats.find(id)
  if (!ctx.params.boat) ctx.throw(404, 'no boat')
  ctx.params.pier = await boats.pierOf(ctx.params.boat)
  return next()
})
router.del('/boats/:boat', (ctx) => {
  ctx.assert(ctx.params.pier.isOpen !== 'no', 409, 'closed')
  ctx.params.boat.remove()
  ctx.status = 204
})
app.use(router.routes())
app.listen(1)
`,
    }),
  ).toEqual([
    'IF, for it, `ctx.params.boat` is missing, THEN the service SHALL answer 404 and say "no boat".',
    'IF, for it, `ctx.params.pier.isOpen` is "no" and no earlier check refuses the request, THEN the service SHALL answer 409 and say "closed".',
  ])
})

test('what a call throws where it finds nothing is what it is given for that [SPEC-EXTRACT-05]', async () => {
  expect(
    await errors({
      'package.json': '{"dependencies":{"fastify":"4","kysely":"0.27","mongoose":"8"}}',
      'app.js': `
import Fastify from 'fastify'
import { db } from 'some-db'
const app = Fastify()
class Lost extends Error { constructor(what) { super(what + ' is lost'); this.statusCode = 404 } }
class Gone extends Error { statusCode = 410 }
app.get('/boats/:id', (req) => db.selectFrom('boats').where('id', '=', req.params.id).executeTakeFirstOrThrow(() => new Lost('boat')))
app.get('/piers/:id', (req) => db.piers.findOne({ id: req.params.id }).orFail(Gone))
app.listen({ port: 1 })
`,
    }),
  ).toEqual([
    'IF, for it, `db.piers.findOne({id: path.id})` is missing, THEN the service SHALL answer 410.',
    'IF, for it, `db.selectFrom("boats").where("id", "=", path.id).executeTakeFirst()` is missing, THEN the service SHALL answer 404 and say "boat is lost".',
  ])
})

test('a handler of errors of REST framework that asks a table by the name of the class is told apart by that [SPEC-EXTRACT-05]', async () => {
  expect(
    await errors({
      'requirements.txt': 'djangorestframework\n',
      'manage.py': `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'harbour.settings')\n`,
      'harbour/__init__.py': '',
      'harbour/settings.py': `ROOT_URLCONF = 'harbour.urls'\nREST_FRAMEWORK = {'EXCEPTION_HANDLER': 'harbour.errors.handle'}\n`,
      'harbour/errors.py': `
from rest_framework.views import exception_handler
def handle(exc, context):
    response = exception_handler(exc, context)
    known = {'NotFound': lost, 'ValidationError': wrong}
    name = exc.__class__.__name__
    if name in known:
        return known[name](exc, context, response)
    return response
def wrong(exc, context, response):
    response.status_code = 422
    return response
def lost(exc, context, response):
    response = wrong(exc, context, response)
    response.status_code = 404
    return response
`,
      'harbour/urls.py': `
from django.urls import path
from .views import Boat
urlpatterns = [path('boats/<int:id>', Boat.as_view())]
`,
      'harbour/views.py': `
from rest_framework.views import APIView
from rest_framework.response import Response
from rest_framework.exceptions import NotFound
from .boats import boats
class Boat(APIView):
    def get(self, request, id):
        if boats.find(id) is None:
            raise NotFound('no boat')
        return Response({})
`,
      'harbour/boats.py': 'from some_boats import boats\n',
    }),
  ).toEqual(['IF, for it, `boats.find(id)` is missing, THEN the service SHALL answer 404 and say "no boat".'])
})

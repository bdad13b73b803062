import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

test('a handler is followed as deep behind many middlewares as behind none [SPEC-EXTRACT-06]', async () => {
  const names = Array.from({ length: 16 }, (_, index) => `step${index}`)
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"koa":"2","koa-router":"12","http-errors":"2"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('koa-router')
const { timed, ${names.join(', ')} } = require('./steps')
const { lend } = require('./lend')
const app = new Koa()
const router = new Router()
router.get('/books/:id', lend)
${names.map((name) => `app.use(timed(${name}))`).join('\n')}
app.use(router.routes())
app.listen(1)
`,
    'steps.js': `
exports.timed = (step) => async (ctx, next) => { await step(ctx, () => next()) }
${names.map((name) => `exports.${name} = async (ctx, next) => { ctx.set('X-${name}', '1'); await next() }`).join('\n')}
`,
    'lend.js': `
const createError = require('http-errors')
const check = (id) => { if (!shelf.has(id)) throw createError(410, 'burnt') }
exports.lend = async (ctx) => { check(ctx.params.id); ctx.body = {} }
`,
  })
  expect(found['/books/{id}']?.map((one) => one.slice(0, 3))).toEqual(['410', '200'])
})

test('middleware that answers all and is there by a setting alone lets handlers answer [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"koa":"2","koa-router":"12"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('koa-router')
const app = new Koa()
if (process.env.CLOSED === 'yes') app.use((ctx) => { ctx.status = 503; ctx.body = { closed: true } })
const router = new Router()
router.get('/books/:id', async (ctx) => {
  const book = await find(ctx.params.id)
  if (!book) ctx.throw(404, 'none')
  ctx.body = book
})
app.use(router.routes())
app.listen(1)
`,
  })
  expect(found['/books/{id}']).toContain('404 none where !find(path.id)')
  expect(found['/books/{id}']).toContain('200')
  expect(found['/books/{id}']).not.toContain('503')
})

test('a router that only runs functions handles the route that it is given to [SPEC-EXTRACT-09]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
function inOrder(all) { const router = express.Router(); all.forEach((one) => router.use(one)); return router }
const named = (req, res, next) => { if (!req.query.text) return res.status(400).end(); next() }
app.get('/books', inOrder([named, (req, res) => res.json([])]))
app.listen(1)
`,
    }),
  )
  expect(found.operations).toEqual(['GET /books'])
  expect(found.statuses['GET /books']).toEqual([200, 400])
})

test('a view of Python is a thing that its class made, parts of the path are no defaults, and bases are given what they are called on [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'requirements.txt': 'flask-restful\n',
    'app.py': `
from flask import Flask
from flask_restful import Api, Resource
from shelves import Shelves

class Kept(Resource):
    def get(self, key=None):
        if key == "top":
            return {"message": "reserved"}, 423
        return {}

class Book(Kept):
    def get(self, key=None):
        return Kept.get(self, key)

class Shelf(Resource):
    def __init__(self):
        self._shelves = Shelves()
    def put(self, key):
        return self._shelves.put(key)

class Sized(Resource):
    def __init__(self, most):
        self.most = most
    def get(self, size):
        if size == self.most:
            return {}, 413
        return {}

app = Flask(__name__)
api = Api(app)
api.add_resource(Book, "/books/<key>")
api.add_resource(Shelf, "/shelves/<key>")
api.add_resource(Sized, "/sizes/<size>", resource_class_kwargs={"most": "huge"})
`,
    'shelves.py': `
class Shelves:
    def put(self, key):
        if key == "low":
            return {"message": "full"}, 409
        return {}, 201
`,
  })
  expect(found).toEqual({
    '/books/{key}': ['423 reserved where key == top', '200'],
    '/shelves/{key}': ['409 full where key == low', '201'],
    '/sizes/{size}': ['413 where size == huge', '200'],
  })
})

test('a handler of an error of the repository takes what the one call that may come to its code raises [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'requirements.txt': 'flask\n',
    'errors.py': 'class Missing(Exception):\n    pass\n',
    'app.py': `
import json
from flask import Flask, request
from flask.views import MethodView
from errors import Missing
app = Flask(__name__)

class Kept(MethodView):
    def __init__(self, shelves):
        self.shelves = shelves
    def get(self, key):
        try:
            return {"at": self.shelves.find(key), "by": request.headers.get("X-By")}
        except Missing:
            return {"message": "gone"}, 410

class Moved(MethodView):
    def __init__(self, shelves):
        self.shelves = shelves
    def put(self, key):
        try:
            self.shelves.take(key)
            self.shelves.put(json.loads(request.data), key)
        except Missing:
            return {"message": "gone"}, 410
        return {}

app.add_url_rule("/kept/<key>", view_func=Kept.as_view("kept"))
app.add_url_rule("/moved/<key>", view_func=Moved.as_view("moved"))
`,
  })
  expect(found).toEqual({
    '/kept/{key}': ['410 gone where self.shelves.find(key) failed == Missing', '200'],
    '/moved/{key}': ['410 open', '200'],
  })
})

test('a version that is not known in front of a path leaves the path declared [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10"}}',
    'main.ts': `
import { NestFactory } from '@nestjs/core'
import { Module, Controller, Get, VersioningType } from '@nestjs/common'
import { major } from 'semver'
@Controller('books')
class Books { @Get('old') old() { return [] } }
@Module({ controllers: [Books] })
class App {}
async function start() {
  const app = await NestFactory.create(App)
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: String(major('2.0.0')) })
  await app.listen(1)
}
start()
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'operation' ? [`${one.path} ${one.grade}`] : []))).toEqual([
    '/books/old declared',
  ])
})

test('what stands behind a backslash at the end of a line is what is returned [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'requirements.txt': 'flask\n',
    'app.py': String.raw`
from flask import Flask
app = Flask(__name__)

@app.route("/books/<key>")
def book(key):
    if key == "top":
        return \
            {"message": "reserved"}, \
            423
    return {}
`,
  })
  expect(found).toEqual({ '/books/{key}': ['423 reserved where key == top', '200'] })
})

test('a column of a model is named in a query, and what a query with a comparison gives is missing or there [SPEC-EXTRACT-06]', async () => {
  const found = await printedAnswers({
    'requirements.txt': 'fastapi\nsqlmodel\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
from sqlmodel import Field, SQLModel, select
from db import session
class Book(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
app = FastAPI()
@app.get("/books/{key}")
async def book(key: int):
    found = await session.execute(select(Book).where(Book.id == key))
    one = found.scalar_one_or_none()
    if one is None:
        raise HTTPException(status_code=404, detail="none")
    return one
`,
  })
  const [first = ''] = found['/books/{key}'] ?? []
  expect(first).toContain('Book.id == path.key')
  expect(first).toMatch(/^404 none where !/)
})

test('what is added to a setting of REST framework that a package gives is asked of who calls [SPEC-EXTRACT-06]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\n',
      'shop/__init__.py': '',
      'shop/settings.py': `
from house_settings import REST_FRAMEWORK
ROOT_URLCONF = "shop.urls"
REST_FRAMEWORK['DEFAULT_AUTHENTICATION_CLASSES'] = ['rest_framework.authentication.TokenAuthentication']
REST_FRAMEWORK['DEFAULT_PERMISSION_CLASSES'] += ['rest_framework.permissions.IsAuthenticated']
`,
      'shop/urls.py': `
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.response import Response
@api_view(["GET"])
def books(request):
    return Response([])
urlpatterns = [path("books/", books)]
`,
    }),
  )
  expect(statuses['GET /books/']).toEqual([200, 401])
})

test("a handler of any error takes none of Falcon's own, and a resource of it keeps what it was made with [SPEC-EXTRACT-06]", async () => {
  const found = await printedAnswers({
    'requirements.txt': 'falcon\n',
    'app.py': `
import falcon
from shelves import Shelves

def oops(req, resp, error, params):
    raise falcon.HTTPInternalServerError(title="oops")

class Book:
    def __init__(self, shelves):
        self.shelves = shelves
    def on_get(self, req, resp, key):
        if self.shelves.holds(key):
            raise falcon.HTTPNotFound(title="none")
        resp.media = {}

app = falcon.App()
app.add_error_handler(Exception, oops)
app.add_route("/books/{key}", Book(Shelves()))
`,
    'shelves.py': `
class Shelves:
    def holds(self, key):
        return key == "low"
`,
  })
  expect(found).toEqual({ '/books/{key}': ['404 where key == low', '200'] })
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const told = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const paths = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const errors: Record<string, number[]> = {}
  for (const { operation, status, grade } of factsOf(set.facts, 'error'))
    if (grade !== 'open') {
      const all = (errors[paths.get(operation) ?? ''] ??= [])
      if (!all.includes(status)) all.push(status)
    }
  for (const all of Object.values(errors)) all.sort((a, b) => a - b)
  return { errors, guards: factsOf(set.facts, 'guard') }
}

test('a service that an alias of another module injects is followed, and an error that is raised by its class [SPEC-EXTRACT-01]', async () => {
  const { errors } = await told({
    'requirements.txt': 'fastapi\n',
    'quay/__init__.py': '',
    'quay/errors.py': `
from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse
class QuayError(Exception):
    def __init__(self, said):
        super().__init__(said)
        self.said = said
class NoBerth(QuayError):
    def __init__(self):
        super().__init__('no berth')
class Occupied(QuayError):
    pass
STATUSES: dict[type[QuayError], int] = {NoBerth: status.HTTP_404_NOT_FOUND, Occupied: status.HTTP_409_CONFLICT}
async def answer(_: Request, error: QuayError) -> JSONResponse:
    return JSONResponse({'said': error.said}, status_code=STATUSES.get(type(error), status.HTTP_400_BAD_REQUEST))
def register(app: FastAPI) -> None:
    app.add_exception_handler(QuayError, answer)
`,
    'quay/berths.py': `
from quay.errors import NoBerth, Occupied
class Berths:
    def __init__(self, store):
        self.store = store
    async def one(self, key: str):
        berth = await self.store.find(key)
        if berth is None:
            raise NoBerth
        return berth
    async def moor(self, key: str):
        berth = await self.one(key)
        if berth.ship:
            raise Occupied('taken')
        return berth
`,
    'quay/injected.py': `
from typing import Annotated
from fastapi import Depends
from quay.berths import Berths
def berths() -> Berths:
    return Berths(None)
TheBerths = Annotated[Berths, Depends(berths)]
`,
    'quay/app.py': `
from fastapi import FastAPI
from quay import errors
from quay.injected import TheBerths
app = FastAPI()
errors.register(app)
@app.get('/berths/{key}')
async def one(key: str, berths: TheBerths):
    return await berths.one(key)
@app.put('/berths/{key}')
async def moor(key: str, berths: TheBerths):
    return await berths.moor(key)
`,
  })
  expect(errors).toEqual({ 'GET /berths/{key}': [404], 'PUT /berths/{key}': [404, 409] })
})

test('Django Ninja: what handlers of errors make with the API is answered, and a body that is no JSON [SPEC-EXTRACT-01]', async () => {
  const { errors } = await told({
    'requirements.txt': 'django-ninja\n',
    'quay/settings.py': `INSTALLED_APPS = ['ninja']\nROOT_URLCONF = 'quay.urls'\n`,
    'quay/errors.py': `
class QuayError(Exception):
    status = 400
class Occupied(QuayError):
    status = 409
def register(api):
    @api.exception_handler(QuayError)
    def on_error(request, error: QuayError):
        return api.create_response(request, {'said': str(error)}, status=error.status)
`,
    'quay/urls.py': `
from django.urls import path
from ninja import NinjaAPI, Schema
from quay.errors import Occupied, register
api = NinjaAPI()
register(api)
class Ship(Schema):
    name: str
@api.post('/ships')
def moor(request, ship: Ship):
    if find(ship.name):
        raise Occupied('taken')
    return ship
@api.get('/ships')
def ships(request):
    return []
urlpatterns = [path('', api.urls)]
`,
  })
  expect(errors).toEqual({ 'POST /ships': [400, 409, 422] })
})

test('Flask: a body that is no JSON is refused where code reads it, unless it asks for silence [SPEC-EXTRACT-01]', async () => {
  const { errors } = await told({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, jsonify, request
from werkzeug.exceptions import BadRequest
app = Flask(__name__)
@app.post('/a')
def a():
    return jsonify(request.get_json())
@app.post('/b')
def b():
    return jsonify(request.get_json(silent=True) or {})
@app.post('/c')
def c():
    return jsonify(request.json)
@app.post('/d')
def d():
    try:
        return jsonify(request.get_json())
    except BadRequest:
        return jsonify(said='no JSON'), 418
`,
  })
  expect(errors).toEqual({ 'POST /a': [400], 'POST /c': [400], 'POST /d': [418] })
})

test('Flask: what a schema reads is refused where it is no JSON, and tokens that are none with 422 [SPEC-EXTRACT-01]', async () => {
  const files = {
    'requirements.txt': 'flask\nwebargs\nflask-jwt-extended\n',
    'app.py': `
from flask import Flask
from flask_jwt_extended import JWTManager, jwt_required
from webargs import fields
from webargs.flaskparser import use_kwargs
app = Flask(__name__)
jwt = JWTManager(app)
@app.post('/a')
@use_kwargs({'name': fields.Str(required=True)}, location='json')
def a(name):
    return {}
@app.get('/b')
@jwt_required()
def b():
    return {}
@app.get('/c')
@jwt_required(optional=True)
def c():
    return {}
`,
  }
  const { errors, guards } = await told(files)
  expect(errors).toEqual({ 'POST /a': [400, 422], 'GET /b': [401, 422], 'GET /c': [401, 422] })
  expect(guards.filter(({ isOptional }) => isOptional !== true)).toHaveLength(1)
  const own = await told({
    ...files,
    'tokens.py': `
from app import jwt
@jwt.invalid_token_loader
def invalid(reason):
    return {'said': reason}, 401
`,
  })
  expect(own.errors['GET /c']).toBeUndefined()
})

test('aiohttp: middleware answers what reading a body that is no JSON raises [SPEC-EXTRACT-01]', async () => {
  const { errors } = await told({
    'requirements.txt': 'aiohttp\n',
    'app.py': `
import json
from aiohttp import web
@web.middleware
async def errors(request, handler):
    try:
        return await handler(request)
    except json.JSONDecodeError:
        return web.json_response({'said': 'no JSON'}, status=400)
async def moor(request):
    given = await request.json()
    return web.json_response(given)
async def ships(request):
    return web.json_response([])
app = web.Application(middlewares=[errors])
app.router.add_post('/ships', moor)
app.router.add_get('/ships', ships)
web.run_app(app)
`,
  })
  expect(errors).toEqual({ 'POST /ships': [400] })
})

test('REST framework: a body that is no JSON is refused where what does not fit is answered otherwise [SPEC-EXTRACT-01]', async () => {
  const { errors } = await told({
    'requirements.txt': 'django\ndjangorestframework\n',
    'quay/settings.py': `INSTALLED_APPS = ['rest_framework']\nROOT_URLCONF = 'quay.urls'\nREST_FRAMEWORK = {'EXCEPTION_HANDLER': 'quay.errors.answer'}\n`,
    'quay/errors.py': `
from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler
def answer(exc, context):
    response = exception_handler(exc, context)
    if isinstance(exc, ValidationError):
        response.status_code = 422
    return response
`,
    'quay/views.py': `
from rest_framework import generics, serializers
class ShipSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=20)
class Ships(generics.CreateAPIView):
    authentication_classes = ()
    permission_classes = ()
    serializer_class = ShipSerializer
`,
    'quay/urls.py': `
from django.urls import path
from quay.views import Ships
urlpatterns = [path('ships', Ships.as_view())]
`,
  })
  expect(errors).toEqual({ 'POST /ships': [400, 422] })
})

test.each([
  [
    'sanic',
    `from sanic import Sanic, json\napp = Sanic('quay')\n@app.post('/ships')\nasync def moor(request):\n    return json(request.json)\n`,
  ],
  [
    'falcon',
    `import falcon\nclass Ships:\n    def on_post(self, req, resp):\n        resp.media = req.get_media()\napp = falcon.App()\napp.add_route('/ships', Ships())\n`,
  ],
  [
    'bottle',
    `from bottle import post, request, run\n@post('/ships')\ndef moor():\n    return request.json\nrun()\n`,
  ],
  [
    'quart',
    `from quart import Quart, request\napp = Quart(__name__)\n@app.post('/ships')\nasync def moor():\n    return await request.get_json()\n`,
  ],
])('%s refuses a body that is no JSON [SPEC-EXTRACT-01]', async (name, code) => {
  const found = summarize(await extractFiles({ 'requirements.txt': `${name}\n`, 'app.py': code }))
  expect(found.statuses['POST /ships']).toContain(400)
})

test('what a class begins with is not what it holds, where a decorator sets it on what it is given [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'aiohttp\n',
    'app.py': `
from functools import wraps
from aiohttp import web
def signed_in(method):
    @wraps(method)
    async def wrapper(self):
        self.keeper = await keeper_of(self.request)
        return await method(self)
    return wrapper
class Base(web.View):
    keeper = None
    @property
    def keeper_id(self):
        return self.keeper and self.keeper['id']
class Berth(Base):
    @signed_in
    async def get(self):
        row = await find(self.request)
        if row['keeper'] != self.keeper_id:
            raise web.HTTPForbidden()
        return web.json_response({})
app = web.Application()
app.router.add_view('/berth', Berth)
web.run_app(app)
`,
  })
  const [refused] = factsOf(set.facts, 'error')
  expect(refused?.status).toBe(403)
  expect(JSON.stringify(refused?.condition)).toContain('keeper')
  expect(refused?.condition.flat().map(({ op }) => op)).not.toContain('present')
})

test('REST framework: an action that asks for pages reads what they are asked by, and answers 200 [SPEC-EXTRACT-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\n',
      'quay/settings.py': `INSTALLED_APPS = ['rest_framework']\nROOT_URLCONF = 'quay.urls'\n`,
      'quay/views.py': `
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.pagination import LimitOffsetPagination
class Berths(viewsets.GenericViewSet):
    authentication_classes = ()
    permission_classes = ()
    pagination_class = LimitOffsetPagination
    @action(detail=False)
    def free(self, request):
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
`,
      'quay/urls.py': `
from rest_framework.routers import SimpleRouter
from quay.views import Berths
router = SimpleRouter(trailing_slash=False)
router.register('berths', Berths, basename='berths')
urlpatterns = router.urls
`,
    }),
  )
  expect(found.operations).toEqual(['GET /berths/free'])
  expect(found.statuses['GET /berths/free']).toEqual([200])
  expect(found.parameters['GET /berths/free']).toEqual(['query limit', 'query offset'])
})

test.each([
  ['aiohttp', 'dict(request.query)'],
  ['flask', 'request.args.to_dict()'],
])(
  '%s: a model that is made of the whole query by its dictionary bounds it [SPEC-EXTRACT-01]',
  async (name, given) => {
    const model = `
from pydantic import BaseModel, Field, ValidationError
class Pages(BaseModel):
    limit: int = Field(default=20, ge=1, le=100)
`
    const code =
      name === 'aiohttp'
        ? `
from aiohttp import web
async def berths(request):
    try:
        pages = Pages.model_validate(${given})
    except ValidationError:
        return web.json_response({}, status=422)
    return web.json_response([])
app = web.Application()
app.router.add_get('/berths', berths)
web.run_app(app)
`
        : `
from flask import Flask, request
app = Flask(__name__)
@app.get('/berths')
def berths():
    try:
        pages = Pages.model_validate(${given})
    except ValidationError:
        return {}, 422
    return []
`
    const found = summarize(
      await extractFiles({ 'requirements.txt': `${name}\npydantic\n`, 'app.py': model + code }),
    )
    expect(found.statuses['GET /berths']).toEqual([200, 422])
    expect(found.parameters['GET /berths']).toEqual(['query limit'])
    expect(found.constraints['GET /berths']).toEqual(['limit maximum 100', 'limit minimum 1'])
  },
)

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const told = ({ facts }: FactSet): string[] => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, 'error')
    .filter(({ grade }) => grade !== 'open')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('an error stands on the test that it comes of, on what the variable there was set to, and on what the handler is decorated with [SPEC-FACTS-01]', async () => {
  const app = `
from functools import wraps
from flask import Flask, abort, g
app = Flask(__name__)
def crew_only(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if not g.crew:
            abort(401)
        return f(*args, **kwargs)
    return inner
@app.get("/boats/<key>")
@crew_only
def one(key):
    boat = harbour.search(key)
    if boat is None:
        abort(404)
    return {"name": boat.name}
`
  const { set } = await extractFiles({ 'requirements.txt': 'flask\n', 'app.py': app })
  const spans = (status: number) =>
    factsOf(set.facts, 'error')
      .filter((one) => one.status === status)
      .flatMap(({ evidence }) => evidence.map(({ startByte, endByte }) => app.slice(startByte, endByte)))
  expect(spans(404)).toEqual(
    expect.arrayContaining(['abort(404)', 'if boat is None', 'boat = harbour.search(key)']),
  )
  const refused = spans(401)
  expect(refused).toContain('if not g.crew')
  expect(refused.some((one) => one.includes('@crew_only'))).toBe(true)
})

test('a method that handles all errors of a program answers with the status that an error of werkzeug has [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, jsonify, request
from werkzeug.exceptions import Forbidden, HTTPException, InternalServerError
class Desk:
    def __init__(self, app):
        app.register_error_handler(Exception, self.failed)
    def said(self, exc):
        return jsonify({"why": exc.description}), exc.code
    def failed(self, exc):
        if isinstance(exc, HTTPException):
            return self.said(exc)
        return self.said(InternalServerError("Broken"))
app = Flask(__name__)
desk = Desk(app)
@app.get("/maps")
def maps():
    if "chart" in request.args:
        raise Forbidden("No charts")
    if "deep" in request.args:
        raise ValueError("Too deep")
    return {}
`,
  })
  expect(told(set)).toEqual([
    expect.stringMatching(/query parameter deep is there, THEN the service SHALL answer 500 .*"Broken"/),
    expect.stringMatching(/query parameter chart is there, THEN the service SHALL answer 403 .*"No charts"/),
  ])
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([200])
})

test('what is caught is told by the one call that fails, and asked where several may [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
from hold import count, load, Leak
app = FastAPI()
@app.post("/loads")
def add():
    try:
        load("deck")
    except Leak:
        raise HTTPException(409, "Leaks")
@app.post("/counts")
def counted():
    try:
        first = count("deck")
        second = count("hold")
    except Leak:
        raise HTTPException(410, "Sank")
`,
  })
  expect(told(set)).toEqual([
    'IF, for POST /loads, `load("deck")` fails with `Leak`, THEN the service SHALL answer 409 and say "Leaks".',
  ])
  expect(factsOf(set.facts, 'error').map(({ status, grade }) => [status, grade])).toContainEqual([
    410,
    'open',
  ])
})

test('what comes after a block that returns comes of what was caught in it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
from hold import fetch, Leak
app = FastAPI()
@app.get("/tides")
def tides():
    try:
        return fetch("tides")
    except Leak:
        pass
    raise HTTPException(502, "No tides")
`,
  })
  expect(told(set)).toEqual([
    'IF, for GET /tides, `fetch("tides")` fails with `Leak`, THEN the service SHALL answer 502 and say "No tides".',
  ])
})

test('REST framework: a permission that looks something up refuses who is signed in only where that is not there, and an error has the status of its class [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'djangorestframework==3.15\n',
    'manage.py': '',
    'dock/settings.py': `
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
    "EXCEPTION_HANDLER": "dock.errors.answer",
}
`,
    'dock/errors.py': `
from rest_framework import status
from rest_framework.response import Response
class DockError(Exception):
    status_code = None
    def __init__(self, why=""):
        if self.status_code:
            pass
        else:
            self.status_code = status.HTTP_500_INTERNAL_SERVER_ERROR
class Full(DockError):
    status_code = status.HTTP_409_CONFLICT
def answer(exc, context):
    return Response({"why": str(exc)}, status=exc.status_code)
`,
    'dock/urls.py': `
from django.urls import path
from dock.views import Berths
urlpatterns = [path('docks/<str:name>/berths', Berths.as_view())]
`,
    'dock/views.py': `
from rest_framework import permissions
from rest_framework.response import Response
from rest_framework.views import APIView
from dock.errors import Full
from dock.models import Dock
from dock.rights import may_moor
class Moors(permissions.BasePermission):
    def has_permission(self, request, view):
        try:
            dock = Dock.objects.get(name=view.kwargs["name"])
        except Dock.DoesNotExist:
            return False
        return may_moor(request.user, dock)
class Berths(APIView):
    permission_classes = [permissions.IsAuthenticated, Moors]
    def post(self, request, name):
        if "long" in request.data:
            raise Full("No room")
        return Response({}, status=201)
`,
  })
  const all = told(set)
  expect(all.filter((one) => one.includes('403'))).not.toContainEqual(
    expect.stringMatching(/berths, the caller is signed in, THEN/),
  )
  expect(all.some((one) => one.includes('fails with `Dock.DoesNotExist`') && one.includes('403'))).toBe(true)
  expect(all.some((one) => one.includes('answer 409'))).toBe(true)
  expect(all.some((one) => one.includes('answer 500'))).toBe(false)
  const refused = factsOf(set.facts, 'error').filter(({ status }) => status === 401)
  expect(refused.flatMap(({ evidence }) => evidence.map(({ path }) => path))).toContain('dock/settings.py')
})

test('aiohttp: a header that is read by a constant of aiohttp has its name, and what shows who calls too [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'aiohttp\n',
    'app.py': `
from aiohttp import web
from aiohttp.hdrs import AUTHORIZATION
@web.middleware
async def keys(request, handler):
    if not request.headers.get(AUTHORIZATION):
        raise web.HTTPUnauthorized()
    return await handler(request)
async def buoys(request):
    return web.json_response([])
app = web.Application(middlewares=[keys])
app.add_routes([web.get("/buoys", buoys)])
`,
  })
  expect(factsOf(set.facts, 'guard').flatMap(({ credentials }) => credentials)).toEqual([
    { in: 'header', name: 'authorization', scheme: '' },
  ])
})

test('frameworks of Python that are not read are named where a service lists them [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'blacksheep==2.0\nFlask-REST-JSONAPI>=0.30\neve-utils\ncherrypy\n',
    'app.py': 'x = 1\n',
  })
  expect(
    set.frameworks
      .filter(({ isRead }) => !isRead)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['BlackSheep', 'CherryPy', 'Flask-REST-JSONAPI'])
})

test('a setting is told by its name, not by how its class declares it, and a part of a text as code takes it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\npydantic-settings\n',
    'harbour.py': `
from pydantic import Field
from pydantic_settings import BaseSettings
class Harbour(BaseSettings):
    is_open: bool = Field(default=True)
harbour = Harbour()
`,
    'app.py': `
from fastapi import FastAPI, HTTPException
from harbour import harbour
app = FastAPI()
@app.post("/moorings")
def moor(code: str):
    if not harbour.is_open:
        raise HTTPException(503, "Closed")
    if code[:2] == "XX":
        raise HTTPException(409, "Taken")
    return {}
`,
  })
  expect(told(set).filter((one) => /503|409/.test(one))).toEqual([
    'IF, for POST /moorings, `harbour.is_open` does not hold, THEN the service SHALL answer 503 and say "Closed".',
    'IF, for POST /moorings, `harbour.is_open` holds and `query.code[:2]` is "XX", THEN the service SHALL answer 409 and say "Taken".',
  ])
})

test('an answer of one’s own class has the status that it gives the framework’s [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, Response
app = Flask(__name__)
class Reply(Response):
    def __init__(self, text=None, number=None):
        super().__init__(response=text, status=number)
class Gone(Reply):
    def __init__(self, what):
        super().__init__(number=410, text=what)
@app.get("/lamps/<name>")
def lamp(name):
    if name == "gas":
        return Gone("gas")
    return Reply("lit", 203)
`,
  })
  const answers = set.facts.flatMap((fact) =>
    fact.kind === 'response' || fact.kind === 'error' ? [fact.status] : [],
  )
  expect(answers.toSorted((a, b) => a - b)).toEqual([203, 410])
  expect(told(set).filter((one) => one.includes('410'))).toEqual([
    'IF, for GET /lamps/{name}, `name` is "gas", THEN the service SHALL answer 410 with string.',
  ])
})

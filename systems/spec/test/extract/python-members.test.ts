import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what is routed by going through the members of a thing is read [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'sanic\n',
      'app.py': `
from inspect import getmembers, ismethod
from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.response import json

class Pier:
    def __init__(self, name, prefix, berths):
        self.name = name
        self.prefix = prefix
        self.berths = berths

    def part(self):
        made = Blueprint(name=self.name, url_prefix=self.prefix)
        for name, method in getmembers(self, ismethod):
            if name != "part" and not name.startswith("_"):
                path, verbs, handler = method()
                made.add_route(handler=handler, uri=path, methods=verbs, name=name)
        return made

class Berths(Pier):
    def every(self):
        async def handle(request):
            return json(self.berths.all())
        return "/berths", ["GET"], handle

    def one(self):
        async def handle(request, key):
            if not self.berths.find(key):
                raise NotFound("no such berth")
            return json({})
        return "/berths/<key:int>", ["GET", "DELETE"], handle

    def _hidden(self):
        return "/hidden", ["GET"], None

class Boats(Pier):
    def add(self):
        async def handle(request):
            return json({}, status=201)
        return "/boats", ["POST"], handle

class Crew:
    def get_crew(self, request):
        return json([])

    def list_ranks(self, request):
        return json([])

app = Sanic("harbour")
app.blueprint([Berths("berths", "/api", store()).part(), Boats("boats", "/api", store()).part()])
crew = Crew()
for name in dir(crew):
    if name.startswith("get_"):
        app.add_route(getattr(crew, name), "/" + name)
`,
    }),
  )
  expect(found.operations).toEqual([
    'DELETE /api/berths/{key}',
    'GET /api/berths',
    'GET /api/berths/{key}',
    'GET /get_crew',
    'POST /api/boats',
  ])
  expect(found.statuses['GET /api/berths/{key}']).toEqual([200, 404])
})

test('classes that extend one are routed by what they say of themselves [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'app.py': `
from aiohttp import web
import views

def make():
    app = web.Application()
    for view in views.Base.__subclasses__():
        for path in view.PATHS:
            app.router.add_view(path, view)
    return app

web.run_app(make())
`,
      'views.py': `
from aiohttp import web

class Base(web.View):
    PATHS = []

class Boats(Base):
    PATHS = ["/boats", "/vessels"]
    async def get(self):
        return web.json_response([])

class Crew(Base):
    PATHS = ["/crew"]
    async def post(self):
        raise web.HTTPConflict()
`,
    }),
  )
  expect(found.operations).toEqual(['GET /boats', 'GET /vessels', 'POST /crew'])
})

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

test('views that a walk through the modules of a package finds are routed, also where its folders are several [SPEC-PACKS-01]', async () => {
  const view = (name: string, path: string, verb: string) => `
from harbour.web.views.base import Base
class ${name}(Base):
    PATHS = ["${path}"]
    async def ${verb}(self):
        return web.json_response([])
`
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'core/src/harbour/__init__.py': '',
      'web/src/harbour/web/__init__.py': '',
      'web/src/harbour/web/views/__init__.py': '',
      'web/src/harbour/web/views/base.py': `
from aiohttp import web
class Base(web.View):
    PATHS = []
    @classmethod
    def paths(cls, settings):
        return cls.PATHS
`,
      'web/src/harbour/web/views/boats.py': view('Boats', '/boats', 'get'),
      'web/src/harbour/web/views/old/__init__.py': '',
      'web/src/harbour/web/views/old/crew.py': view('Crew', '/old/crew', 'post'),
      'web/src/harbour/web/elsewhere.py': view('Elsewhere', '/elsewhere', 'get'),
      'core/src/harbour/found.py': `
import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

def modules(folder, prefix):
    for one in walk_packages([str(folder)], f"{prefix}."):
        if not one.ispkg:
            yield one

def kinds_of(package, base):
    def is_kind(thing):
        return (
            inspect.isclass(thing)
            and issubclass(thing, base) and thing != base
            and thing.__module__ == module.__name__
        )
    for folder in package.__path__:
        for info in modules(Path(folder), package.__name__):
            module = import_module(info.name)
            for _, kind in inspect.getmembers(module, is_kind):
                yield kind
`,
      'web/src/harbour/app.py': `
from aiohttp import web
import harbour.web.views
from harbour.found import kinds_of
from harbour.web.views.base import Base

def routes(settings):
    for view in kinds_of(harbour.web.views, Base):
        for path in view.paths(settings):
            yield path, view

def make(settings):
    app = web.Application()
    for path, view in routes(settings):
        app.router.add_view(path, view)
    return app

web.run_app(make({}))
`,
    }),
  )
  expect(found.operations).toEqual(['GET /boats', 'POST /old/crew'])
})

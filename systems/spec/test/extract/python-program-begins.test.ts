import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const bakery = `
from aiohttp import web

async def loaves(request):
    return web.json_response({'loaves': 3})

def baker(handler):
    async def checked(request):
        if request.headers.get('X-Baker') is None:
            raise web.HTTPForbidden(text='Bakers only.')
        return await handler(request)
    return checked
`

test('What a loop of Python set is there after it: handlers that it wraps one around the other [SPEC-EXTRACT-04]', async () => {
  const found = await extractFiles({
    'requirements.txt': 'aiohttp\n',
    'app.py': `${bakery}
def around(handler, chain):
    made = handler
    for one in reversed(chain):
        made = one(made)
    return made

def routed(handler, chain=()):
    chain = list(chain or [])
    if chain:
        handler = around(handler, chain)
    return handler

app = web.Application()
app.router.add_get('/loaves', routed(loaves, [baker]))
web.run_app(app)
`,
  })
  expect(summarize(found).statuses).toEqual({ 'GET /loaves': [200, 403] })
})

test('A tree of parts that ask their parts is gone through as a program of Python begins [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'bakery/spec/shelves.py': `
from aiohttp import web
from ..shelf import Shelf

async def shelf(request):
    return web.json_response({})

def shelves():
    made = Shelf.create('shelves')
    made.add('GET', '/{id}', shelf)
    return made
`,
      'bakery/shelf.py': `
from aiohttp import web

class Shelf:
    def __init__(self, app, *, prefix='', before=None):
        self.app = app
        self._prefix = prefix
        self._before = list(before or [])
        self._parts = {}

    @classmethod
    def create(cls, prefix, *, before=()):
        return cls(web.Application(), prefix=prefix, before=before)

    @property
    def prefix(self):
        return self._prefix

    def put(self, part):
        name = part.prefix
        if name in self._parts:
            raise ValueError(name)
        if self._prefix:
            part._prefix = f'{self._prefix}/{part._prefix}'
        self._parts[name] = part

    def all(self):
        found = []
        if list(self.app.router.routes()) or not self._parts:
            found.append((self._prefix, self.app))
        for part in self._parts.values():
            found.extend(part.all())
        return found

    def add(self, method, path, handler):
        for one in reversed(self._before + []):
            handler = one(handler)
        self.app.router.add_route(method, path, handler)
`,
      'bakery/tree.py': `${bakery}
from others import extra_shelf
from .shelf import Shelf
from .spec.shelves import shelves

def ovens():
    made = Shelf.create('ovens', before=[baker])
    made.add('GET', '/hot', loaves)
    return made

def kitchen():
    made = Shelf.create('kitchen')
    made.put(ovens())
    return made

def parts():
    return [kitchen(), extra_shelf(), shelves()]
`,
      'bakery/server.py': `
from aiohttp import web
from .shelf import Shelf
from .tree import parts

def put_on(root: web.Application, shelf):
    for prefix, app in shelf.all():
        root.add_subapp('/' + prefix, app)

def set_up(root: web.Application, deps):
    shelf = Shelf.create('')
    for part in parts():
        shelf.put(part)
    put_on(root, shelf)

def main(deps):
    root = web.Application()
    set_up(root, deps)
    web.run_app(root)
`,
      'scripts/describe.py': `
from bakery.shelf import Shelf
from bakery.tree import parts

shelf = Shelf.create('')
for part in parts():
    shelf.put(part)
print([(prefix, app.get('prefix', '/none')) for prefix, app in shelf.all()])
`,
    }),
  )
  expect(found.operations).toEqual(['GET /kitchen/ovens/hot', 'GET /shelves/{id}'])
  expect(found.statuses['GET /kitchen/ovens/hot']).toEqual([200, 403])
})

test('An application that a script makes once more is none beside the one that is mounted [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'mill/api.py': `
from fastapi import FastAPI

def make_api():
    api = FastAPI()
    @api.get('/sacks')
    def sacks():
        return []
    return api
`,
      'mill/server.py': `
from fastapi import FastAPI
from mill.api import make_api

def make_server():
    server = FastAPI()
    api = make_api()
    server.mount('/api', api)
    @api.get('/stones')
    def stones():
        return []
    return server

server = make_server()
`,
      'scripts/describe.py': `
from mill.api import make_api
print(make_api().openapi())
`,
    }),
  )
  expect(found.operations).toEqual(['GET /api/sacks', 'GET /api/stones'])
})

test('A handler that a decorator routes, and that another file names, does not run as a program begins [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'bakery/__init__.py': '',
      'bakery/app.py': `
from flask import Flask

app = Flask(__name__)
ovens = ['/ovens/1']

@app.get('/second-oven')
def second_oven():
    ovens.append('/ovens/2')
    return 'lit'

def warm():
    return 'warm'

def route_ovens():
    for path in ovens:
        app.add_url_rule(path, path, warm)
`,
      'bakery/tools.py': 'from bakery.app import route_ovens, second_oven\n',
    }),
  )
  expect(found.operations).toEqual(['GET /ovens/1', 'GET /second-oven'])
})

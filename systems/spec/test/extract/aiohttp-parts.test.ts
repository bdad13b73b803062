import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const pier = `
from aiohttp import web

routes = web.RouteTableDef()

@routes.get('/berths')
async def berths(request):
    return web.json_response({'berths': 3})

def init(settings):
    app = web.Application()
    app.add_routes(routes)
    return app
`

const server = `
from aiohttp import web

async def root(request):
    return web.Response(text='harbour')

class Server:
    def __init__(self, part: web.Application, settings):
        self.settings = settings
        self.app = web.Application()
        self.add_roots()
        self.app.add_subapp('/pier/v1', part)

    def add_roots(self):
        self.app.router.add_get('/', root)
`

test('A part of aiohttp that a method of a program puts below a prefix has that, where a class outside starts the program [SPEC-EXTRACT-02]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\nquay\n',
      'harbour/__init__.py': '',
      'harbour/pier.py': pier,
      'harbour/server.py': server,
      'harbour/__main__.py': `
from quay.program import Program
from .pier import init as init_pier
from .server import Server

class Harbour(Program):
    def prepare(self):
        super().prepare()
        part = init_pier(self.settings)
        self.server = Server(part, self.settings)

Harbour().run()
`,
    }),
  )
  expect(Object.keys(found.statuses).toSorted()).toEqual(['GET /', 'GET /pier/v1/berths'])
})

test('Parts of aiohttp in parts have the prefixes of all, whatever comes first [SPEC-EXTRACT-02]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'app.py': `
from aiohttp import web

async def ropes(request):
    return web.json_response([])

outer = web.Application()
inner = web.Application()
app = web.Application()
app.add_subapp('/outer/', outer)
outer.add_subapp('/inner', inner)
table = web.RouteTableDef()

@table.view('/ropes/{id}')
class Ropes(web.View):
    async def get(self):
        return web.json_response({})

inner.router.add_routes(table)
inner.add_routes([web.get('/ropes', ropes)])
web.run_app(app)
`,
    }),
  )
  expect(Object.keys(found.statuses).toSorted()).toEqual([
    'GET /outer/inner/ropes',
    'GET /outer/inner/ropes/{id}',
  ])
})

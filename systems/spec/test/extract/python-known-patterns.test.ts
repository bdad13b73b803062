import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const said = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'requirements.txt': 'aiohttp\n', ...files })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return {
    set,
    refusals: factsOf(set.facts, 'error')
      .map(({ operation, status }) => `${titles.get(operation)} ${status}`)
      .toSorted(),
  }
}

test('a pattern of Python that middleware tries with the path of a request is tried with that of the route [SPEC-EXTRACT-10]', async () => {
  const { refusals } = await said({
    'app.py': `
import re
from aiohttp import web
from store import knows

OPEN = re.compile(r"^(?:/health|/berths/(?P<code>[^/]+)/info)$")

@web.middleware
async def gate(request, handler):
    if not OPEN.match(request.path) and not knows(request.headers.get("X-Key")):
        raise web.HTTPForbidden()
    if re.search("^/closed", request.path):
        raise web.HTTPGone()
    return await handler(request)

async def shown(request):
    return web.json_response({})

app = web.Application(middlewares=[gate])
app.add_routes([
    web.get("/health", shown),
    web.get("/berths/{code}/info", shown),
    web.get("/berths/{code}", shown),
    web.get("/closed/piers", shown),
])
web.run_app(app)
`,
  })
  expect(refusals).toEqual(['GET /berths/{code} 403', 'GET /closed/piers 403', 'GET /closed/piers 410'])
})

test('an application that a table holds is that one: what is routed where it is, is routed always', async () => {
  const { set } = await said({
    'app.py': `
from aiohttp import web

async def shown(request):
    return web.json_response({})

class Api:
    def __init__(self):
        self.first = web.Application()
        self.second = web.Application()

    @property
    def versions(self):
        return {1: self.first, 2: self.second}

    def load(self):
        app = self.versions[1]
        self.register(app)

    def register(self, app: web.Application):
        if app is self.versions[1]:
            app.add_routes([web.get("/berths", shown)])

Api().load()
`,
  })
  const found = factsOf(set.facts, 'operation')
  expect(found.map(({ method, path, condition }) => ({ method, path, condition }))).toEqual([
    { method: 'GET', path: '/berths', condition: [[]] },
  ])
})

import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is said of a service of one file, in the order of the words. */
async function said(requirements: string, app: string): Promise<string[]> {
  const { set } = await extractFiles({ 'requirements.txt': `${requirements}\n`, 'app.py': app })
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  return set.facts
    .flatMap((one) =>
      /^(?:error|body|response|parameter)$/.test(one.kind) && 'operation' in one
        ? [sayFact(one, titles.get(one.operation) ?? '')]
        : [],
    )
    .toSorted()
}

test('Falcon refuses a parameter that is missing or none of its type, and a body that is none of its schema [SPEC-EXTRACT-05]', async () => {
  expect(
    await said(
      'falcon',
      `
import falcon
from falcon.media.validators import jsonschema
schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
class Boats:
    def on_get(self, req, resp):
        q = req.get_param("q", required=True)
        n = req.get_param_as_int("limit")
        tags = req.get_param_as_list("tags")
        if req.cookies.get("sid") is None:
            raise falcon.HTTPFound("/login")
        resp.media = {"q": q}
    @jsonschema.validate(schema)
    def on_post(self, req, resp):
        resp.status = falcon.HTTP_201
    def on_put(self, req, resp):
        raise falcon.HTTPContentTooLarge()
app = falcon.App()
app.add_route("/boats", Boats())
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /boats, the query parameter limit is not a whole number, or the query parameter q is missing, THEN the service SHALL answer 400.",
      "IF, for POST /boats, the body can not be read, or the request does not fit what is declared, THEN the service SHALL answer 400.",
      "WHEN a client sends GET /boats and the cookie sid is missing, the service SHALL answer 302.",
      "WHEN a client sends GET /boats and the cookie sid is there, the service SHALL answer 200 with q (required).",
      "WHEN a client sends GET /boats, the service SHALL require the query parameter q.",
      "WHEN a client sends GET /boats, the service SHALL take the cookie sid.",
      "WHEN a client sends GET /boats, the service SHALL take the query parameter limit (integer).",
      "WHEN a client sends GET /boats, the service SHALL take the query parameter tags (a list of string).",
      "WHEN a client sends POST /boats, the service SHALL answer 201.",
      "WHEN a client sends POST /boats, the service SHALL require a body of application/json with name (string, required).",
      "WHEN a client sends PUT /boats, the service SHALL answer 413.",
    ]
  `)
})

test('Falcon takes a module whose functions are named for methods, and a suffix of these [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'falcon\n',
    'harbour/boats.py': `
import falcon
def signed(fn):
    def inner(req, resp, *args, **kwargs):
        if req.get_header("x-sailor") is None:
            raise falcon.HTTPUnauthorized()
        return fn(req, resp, *args, **kwargs)
    return inner
def on_get(req, resp):
    resp.media = []
@signed
def on_post(req, resp):
    resp.status = falcon.HTTP_201
def on_delete_one(req, resp, boat):
    resp.status = falcon.HTTP_204
`,
    'harbour/__init__.py': '',
    'app.py': `
import falcon
def init(app):
    from harbour import boats
    app.add_route("/boats", boats)
    app.add_route("/boats/{boat}", boats, suffix="one")
app = falcon.App()
init(app)
`,
  })
  expect(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [`${one.method} ${one.path}`] : [])).toSorted(),
  ).toEqual(['DELETE /boats/{boat}', 'GET /boats', 'POST /boats'])
  expect(set.facts.flatMap((one) => (one.kind === 'error' ? [one.status] : []))).toEqual([401])
})

test('middleware that only a setting puts into a list of Python is there where that says so [SPEC-EXTRACT-06]', async () => {
  expect(
    await said(
      'falcon',
      `
import os
import falcon
class Logged:
    def process_request(self, req, resp):
        print(req.path)
class Signed:
    def process_request(self, req, resp):
        if req.get_header("x-sailor") is None:
            raise falcon.HTTPUnauthorized()
class Boats:
    def on_get(self, req, resp):
        resp.media = []
before = [Logged()]
if os.environ.get("GATE") == "on":
    before.append(Signed())
app = falcon.App(middleware=before)
app.add_route("/boats", Boats())
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /boats, the header x-sailor is missing and \`os.environ.get("GATE")\` is "on", THEN the service SHALL answer 401.",
      "WHEN a client sends GET /boats and \`os.environ.get("GATE")\` is "on", the service SHALL take the header x-sailor.",
      "WHEN a client sends GET /boats, the service SHALL answer 200 with a list.",
    ]
  `)
})

test('a version of Sanic stands at the beginning of a path, the nearest one [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'sanic\n',
    'app.py': `
from sanic import Sanic, Blueprint, json
app = Sanic("boats")
boats = Blueprint("boats", url_prefix="/boats", version=1)
@boats.get("/<id:int>")
async def one(request, id: int):
    return json({})
@boats.get("/new", version=2)
async def new(request):
    return json({})
group = Blueprint.group(boats, url_prefix="/sea", version_prefix="/api/v")
app.blueprint(group)
@app.get("/plain", version=3)
async def plain(request):
    return json({})
app.run()
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'operation' ? [one.path] : [])).toSorted()).toEqual([
    '/api/v1/sea/boats/{id}',
    '/api/v2/sea/boats/new',
    '/v3/plain',
  ])
})

test('what aiohttp raises to answer is an answer, and no other error than it is [SPEC-EXTRACT-04]', async () => {
  expect(
    await said(
      'aiohttp',
      `
from aiohttp import web
routes = web.RouteTableDef()
@web.middleware
async def keys(request, handler):
    try:
        return await handler(request)
    except KeyError:
        return web.json_response({"error": "missing"}, status=422)
@routes.get("/old")
async def old(request):
    if request.rel_url.query.get("here"):
        answer = web.Response()
        answer.set_status(203)
        return answer
    raise web.HTTPFound("/new")
@routes.delete("/boats")
async def remove(request):
    if "X-Key" not in request.headers:
        raise web.HTTPForbidden()
    raise web.HTTPNoContent()
app = web.Application(middlewares=[keys])
app.add_routes(routes)
web.run_app(app)
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for DELETE /boats, the header X-Key is missing, THEN the service SHALL answer 403.",
      "WHEN a client sends DELETE /boats and the header X-Key is there, the service SHALL answer 204.",
      "WHEN a client sends DELETE /boats, the service SHALL take the header x-key.",
      "WHEN a client sends GET /old and the query parameter here is missing, the service SHALL answer 302.",
      "WHEN a client sends GET /old and the query parameter here is there, the service SHALL answer 203.",
      "WHEN a client sends GET /old, the service SHALL take the query parameter here.",
    ]
  `)
})

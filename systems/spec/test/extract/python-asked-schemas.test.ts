import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const said = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return set.facts
    .flatMap((one) =>
      one.kind === 'body' || one.kind === 'parameter' || one.kind === 'error' ? [sayFact(one, 'it')] : [],
    )
    .toSorted()
}

test('what aiohttp-apispec and sanic-ext check a request by is what it takes, and what does not fit is refused [SPEC-EXTRACT-03]', async () => {
  expect(
    await said({
      'requirements.txt': 'aiohttp\naiohttp-apispec\nmarshmallow\n',
      'main.py': `
from aiohttp import web
from aiohttp_apispec import json_schema, querystring_schema, validation_middleware
from marshmallow import Schema, fields
class Boat(Schema):
    name = fields.Str(required=True)
class Page(Schema):
    limit = fields.Int()
routes = web.RouteTableDef()
@routes.post("/boats")
@json_schema(Boat)
@querystring_schema(Page)
async def add(request):
    return web.json_response({})
app = web.Application(middlewares=[validation_middleware])
app.add_routes(routes)
web.run_app(app)
`,
    }),
  ).toEqual([
    'IF, for it, the request does not fit what is declared, THEN the service SHALL answer 422.',
    'WHEN a client sends it, the service SHALL require a body of application/json with Boat.',
    'WHEN a client sends it, the service SHALL take the query parameter limit (integer).',
  ])
  expect(
    await said({
      'requirements.txt': 'sanic\nsanic-ext\npydantic\n',
      'server.py': `
from pydantic import BaseModel
from sanic import Sanic, json
from sanic_ext import validate
class Boat(BaseModel):
    name: str
app = Sanic("harbour")
@app.post("/boats")
@validate(json=Boat)
async def add(request, body: Boat):
    return json({})
`,
    }),
  ).toEqual([
    'IF, for it, the body can not be read, or the request does not fit what is declared, THEN the service SHALL answer 400.',
    'WHEN a client sends it, the service SHALL require a body of application/json with Boat.',
  ])
})

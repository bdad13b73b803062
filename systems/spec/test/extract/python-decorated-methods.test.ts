import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const answers = `
from aiohttp import web

class Refused(Exception):
    status = 400

class Missing(Refused):
    status = 404

def answered(method):
    async def around(PARAMETERS):
        try:
            given = await method(PARAMETERS)
        except Refused as error:
            return web.json_response({"error": str(error)}, status=error.status)
        if isinstance(given, dict):
            return web.json_response({"data": given})
        if isinstance(given, bool) and not given:
            return web.json_response({"error": "It failed."}, status=502)
        return web.json_response({"data": {}}, status=202)
    return around
`
const berths = `
from answers import Missing, Refused, answered
import store

class Berths:
    @answered
    async def one(self, request):
        berth = await store.find(request.match_info["code"])
        if not berth:
            raise Missing("No such berth.")
        return {"code": berth.code}

    @answered
    async def book(self, request):
        if request.query.get("days") is None:
            raise Refused("Say for how long.")
        await store.book(request.match_info["code"])

    @answered
    async def leave(self, request):
        return await store.leave(request.match_info["code"])
`
const app = `
from aiohttp import web
from berths import Berths

berths = Berths()
app = web.Application()
app.add_routes([
    web.get("/berths/{code}", berths.one),
    web.post("/berths/{code}", berths.book),
    web.delete("/berths/{code}", berths.leave),
])
web.run_app(app)
`

test('a method of a thing that is routed is what its decorators make of it: they answer for it, take what it raises, and know what it gives [SPEC-EXTRACT-10]', async () => {
  for (const parameters of ['*args, **kwargs', 'self, request']) {
    const { set } = await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'answers.py': answers.replaceAll('PARAMETERS', parameters),
      'berths.py': berths,
      'app.py': app,
    })
    const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
    const said = set.facts
      .flatMap((one) =>
        (one.kind === 'error' || one.kind === 'response') &&
        one.grade !== 'open' &&
        !JSON.stringify(one.condition).includes('bool')
          ? [sayFact(one, titles.get(one.operation) ?? '')]
          : [],
      )
      .toSorted()
    expect(said, parameters).toEqual([
      'IF, for GET /berths/{code}, `store.find(path.code)` is missing, THEN the service SHALL answer 404 with error (string, required) and say "No such berth.".',
      'IF, for POST /berths/{code}, the query parameter days is missing, THEN the service SHALL answer 400 with error (string, required) and say "Say for how long.".',
      'WHEN a client sends DELETE /berths/{code} and `isinstance(…, dict)` holds, the service SHALL answer 200 with data (required).',
      'WHEN a client sends GET /berths/{code}, the service SHALL answer 200 with data (required).',
      'WHEN a client sends POST /berths/{code}, the service SHALL answer 202 with data (an object, required).',
    ])
  }
})

test('what Django finds or raises for is never missing', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\n',
    'manage.py': '',
    'urls.py': `
from django.urls import path
import views
urlpatterns = [path("boats/<slug:code>", views.boat), path("piers/<slug:code>", views.pier)]
`,
    'models.py': `
from django.db import models
class Boat(models.Model):
    code = models.CharField(max_length=8)
`,
    'views.py': `
from django.http import JsonResponse, HttpResponseNotFound
from models import Boat
def boat(request, code):
    return shown(Boat.objects.select_related("pier").get(code=code))
def pier(request, code):
    return shown(Boat.objects.filter(pier=code).first())
def shown(boat):
    if boat is None:
        return HttpResponseNotFound("No boat.")
    return JsonResponse({"code": boat.code})
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const missing = factsOf(set.facts, 'error').filter(({ status }) => status === 404)
  expect(missing.map(({ operation }) => paths.get(operation))).toEqual(['/piers/{code}'])
})

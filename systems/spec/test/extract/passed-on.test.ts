import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what comes on each way on which middleware hands on does not say how it came there [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'aiohttp',
    'app.py': `from aiohttp import web
from keys import is_open, holder_of

@web.middleware
async def locked(request, handler):
    if is_open(handler):
        return await handler(request)
    if not holder_of(request):
        raise web.HTTPUnauthorized()
    request["holder"] = holder_of(request)
    return await handler(request)

async def show(request):
    if request.query.get("page") == "0":
        raise web.HTTPConflict()
    return web.json_response({})

app = web.Application(middlewares=[locked])
app.router.add_get("/keys", show)
web.run_app(app)
`,
  })
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one]))
  const said = factsOf(set.facts, 'error').flatMap((fact) => {
    const operation = operations.get(fact.operation)
    return operation ? [sayFact(fact, operationTitle(operation))] : []
  })
  expect(said.filter((one) => one.includes('409'))).toEqual([
    'IF, for GET /keys, the query parameter page is "0", THEN the service SHALL answer 409.',
  ])
  expect(said.filter((one) => one.includes('401'))).toHaveLength(1)
})

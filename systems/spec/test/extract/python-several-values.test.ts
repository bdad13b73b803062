import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('What holds several values under a name is asked for them by its methods, which are no parts of the request [SPEC-EXTRACT-03]', async () => {
  const found = await extractFiles({
    'requirements.txt': 'aiohttp\npyramid\n',
    'quay/app.py': `
from aiohttp import web

async def ropes(request):
    kinds = request.query.getall('kind', [])
    late = request.rel_url.query.getall('late', [])
    return web.json_response({'kinds': kinds, 'all': list(request.query.values())})

async def knots(request):
    form = await request.post()
    return web.json_response({'tags': form.getall('tag', [])})

app = web.Application()
app.router.add_get('/ropes', ropes)
app.router.add_post('/knots', knots)
web.run_app(app)
`,
    'pier/app.py': `
from pyramid.config import Configurator
from webob.multidict import MultiDict

def planks(request):
    return {'asked': MultiDict({'wood': request.GET.getone('wood')}), 'rest': request.params.mixed()}

config = Configurator()
config.add_route('planks', '/planks')
config.add_view(planks, route_name='planks', renderer='json', request_method='GET')
app = config.make_wsgi_app()
`,
  })
  const { parameters } = summarize(found)
  expect(parameters).toEqual({
    'GET /planks': ['query wood'],
    'GET /ropes': ['query kind', 'query late'],
    'POST /knots': ['form tag'],
  })
})

import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('middleware of Python that asks what comes after a prefix of the path refuses only where that says so [SPEC-EXTRACT-06]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'app.py': `
from aiohttp import web

@web.middleware
async def keys(request, handler):
    below = request.path[len('/pier/v1'):]
    if below.startswith('/lamps/') or below == '/tide':
        return await handler(request)
    if request.headers.get('X-Key') is None:
        return web.json_response({'error': 'No key.'}, status=401)
    return await handler(request)

async def answer(request):
    return web.json_response({})

part = web.Application(middlewares=[keys])
part.router.add_get('/tide', answer)
part.router.add_get('/lamps/{id}', answer)
part.router.add_get('/ropes/{id}', answer)
app = web.Application()
app.add_subapp('/pier/v1', part)
web.run_app(app)
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /pier/v1/tide': [200],
    'GET /pier/v1/lamps/{id}': [200],
    'GET /pier/v1/ropes/{id}': [200, 401],
  })
})

test('middleware of Node that asks what comes after a prefix of the path refuses only where that says so [SPEC-EXTRACT-06]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"koa":"3.0.0","@koa/router":"13.0.0"}}',
      'index.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const app = new Koa()
const router = new Router({ prefix: '/pier' })
app.use(async (ctx, next) => {
  const below = ctx.path.slice(5)
  if (!below.startsWith('/lamps') && !ctx.get('x-key')) ctx.throw(401)
  await next()
})
router.get('/lamps/:id', (ctx) => { ctx.body = {} })
router.get('/ropes/:id', (ctx) => { ctx.body = {} })
app.use(router.routes())
app.listen(80)
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /pier/lamps/{id}': [200], 'GET /pier/ropes/{id}': [200, 401] })
})

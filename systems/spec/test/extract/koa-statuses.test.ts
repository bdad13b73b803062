import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('a status of Koa with the body beside it is one answer, and one without a body is told too [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"koa":"3.0.0","koa-router":"12.0.0"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('koa-router')
const app = new Koa()
const router = new Router()
const signedIn = async (ctx, next) => {
  if (!ctx.headers['x-kite']) {
    ctx.status = 401
    ctx.body = { error: 'Who is there?' }
    return
  }
  await next()
}
router.use(signedIn)
router.get('/kites', async (ctx) => {
  if (ctx.query.colour === 'none') {
    ctx.status = 404
    return
  }
  ctx.body = {}
})
app.use(router.routes())
app.listen(80)
`,
    }),
  ).toEqual({ '/kites': ['401 Who is there? where !header.x-kite', '404 where query.colour == none', '200'] })
})

import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what ctx.throw throws is taken by a catch around it; thrown on with another status it keeps its own [SPEC-EXTRACT-07]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
      'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const app = new Koa()
const router = new Router()
router.get('/a', (ctx) => {
  try {
    if (!ctx.query.at) ctx.throw(404, 'no berth')
    ctx.body = {}
  } catch (error) {
    ctx.throw(422, 'wrong')
  }
})
router.get('/b', (ctx) => {
  try {
    if (!ctx.query.at) ctx.throw(404, 'no berth')
    ctx.body = {}
  } catch (error) {
    ctx.throw(422, error)
  }
})
app.use(router.routes())
app.listen(80)
`,
    }),
  ).toEqual({
    '/a': ['422 wrong where !query.at', '200'],
    '/b': ['404 no berth where !query.at', '200'],
  })
})

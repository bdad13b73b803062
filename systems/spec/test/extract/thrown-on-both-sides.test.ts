import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a handler around others throws on both sides of a test comes whatever that says [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const app = new Koa()
const router = new Router()
const noted = (name) => async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (ctx.query[name] === 'tide') {
      console.error(error)
      throw error
    }
    if (ctx.query[name] === 'wind') throw error
    throw error
  }
}
for (const name of ['trace', 'log', 'watch', 'note', 'count', 'time', 'size']) app.use(noted(name))
router.get('/berths/:pier', (ctx) => {
  if (!ctx.query.day) ctx.throw(400, 'Name a day.')
  ctx.body = []
})
app.use(router.routes())
app.listen(1)
`,
  })
  expect(
    set.facts.flatMap((one) =>
      one.kind === 'error' && one.status === 400 ? [sayFact(one, 'GET /berths/{pier}')] : [],
    ),
  ).toEqual([
    'IF, for GET /berths/{pier}, the query parameter day is missing, THEN the service SHALL answer 400 and say "Name a day.".',
  ])
})

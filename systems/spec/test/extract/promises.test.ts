import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

test('what promises are settled with is followed to what answers it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const db = require('db')
class Missing extends Error {}
const app = express()
async function find(id) {
  if (!id) throw new Missing('no id')
  return db.get(id)
}
const read = (id) => new Promise((resolve, reject) => {
  if (!id) reject(new Missing('no id'))
  db.query(id, (error, row) => error ? reject(error) : resolve(row))
})
const failed = (res) => (error) => {
  if (error instanceof Missing) return res.status(404).end()
  res.status(503).end()
}
app.get('/caught', (req, res) => {
  find(req.query.id).then((row) => res.json(row)).catch((error) => {
    if (error instanceof Missing) return res.status(404).end()
    res.status(500).end()
  })
})
app.get('/made', (req, res) => { read(req.query.id).then((row) => res.status(206).json(row), failed(res)) })
app.get('/next', (req, res, next) => { find(req.query.id).then((row) => res.json(row)).catch(next) })
app.get('/again', async (req, res) => {
  const row = await db.get(1).catch(() => { throw new Missing('gone') })
  res.json(row)
})
app.get('/callback', (req, res) => {
  db.query('rows', (error, rows) => {
    if (error) return res.status(502).end()
    res.status(200).json(rows)
  })
})
app.get('/own', (req, res) => { new Desk().catch(res) })
class Desk { catch(res) { res.status(418).end() } }
app.use((error, req, res, next) => { res.status(error instanceof Missing ? 410 : 500).end() })
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /caught': [200, 404, 500],
    'GET /made': [206, 404, 503],
    'GET /next': [200, 410],
    'GET /again': [200, 410],
    'GET /callback': [200, 502],
    'GET /own': [418],
  })
})

test('what a promise is made into is what a handler gives back [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"hono":"4"}}',
      'app.ts': `
import { Hono } from 'hono'
import { load } from 'store'
const app = new Hono()
app.get('/things', (c) => load().then((things) => c.json(things, 203)).catch(() => c.json({}, 504)))
export default app
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /things': [203, 504] })
})

test('what is rejected with a text has no message and no name of an error', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const app = require('express')()
const check = (token) => token ? Promise.resolve(1) : Promise.reject('Token is missing')
app.get('/seat', (req, res) => check(req.query.token).then(() => res.sendStatus(204)).catch((error) => {
  if (error.message === '401' || error.name === 'TokenExpiredError') return res.sendStatus(401)
  if (error.includes('missing')) return res.sendStatus(400)
  return res.sendStatus(409)
}))
`,
  })
  const whenOf = (status: number) =>
    set.facts.flatMap((fact) => (fact.kind === 'error' && fact.status === status ? fact.condition : []))
  const withoutToken = [{ subject: 'query.token', op: 'absent' }]
  expect(whenOf(400)).toContainEqual(withoutToken)
  // What else may be caught there is not known; the text is not.
  for (const status of [401, 409])
    expect(
      whenOf(status)
        .flat()
        .map(({ subject }) => subject),
    ).not.toContain('query.token')
  expect(whenOf(401)).not.toEqual([])
})

test('what a call fails with that is returned and not waited for is caught by no `try` around it [SPEC-EXTRACT-10]', async () => {
  const said = async (waits: string) =>
    (
      await printedAnswers({
        'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
        'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const app = new Koa()
const router = new Router()
async function known(ctx, next) {
  try {
    check(ctx.get('ticket'))
    return ${waits} next()
  } catch (error) {
    ctx.throw(401, 'Who are you?')
  }
}
function check(ticket) { if (!ticket) throw new Error('none') }
router.get('/piers', known, (ctx) => {
  if (ctx.query.at === 'sea') throw Object.assign(new Error('No such pier.'), { status: 404 })
  ctx.body = {}
})
app.use(router.routes())
app.listen(1)
`,
      })
    )['/piers']?.filter((one) => !one.startsWith('200'))
  expect(await said('')).toEqual([
    '404 No such pier. where query.at == sea',
    '401 Who are you? where !header.ticket',
  ])
  expect(await said('await')).toEqual(['401 Who are you? where !header.ticket or query.at == sea'])
})

test('what is refused in a `try` after the one call that may fail comes of its having worked, where the service goes on otherwise [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"koa":"2","@koa/router":"12"}}',
    'app.js': `
const Koa = require('koa')
const Router = require('@koa/router')
const fs = require('fs/promises')
const app = new Koa()
app.use(async (ctx, next) => {
  try {
    const text = await fs.readFile('closed.txt', 'utf8')
    ctx.status = 503
    ctx.body = { text }
    return
  } catch (error) {
    if (error.code !== 'ENOENT') console.log(error)
  }
  await next()
})
const router = new Router()
router.get('/piers', (ctx) => { ctx.body = {} })
app.use(router.routes())
app.listen(80)
`,
  })
  expect(found['/piers']).toContain('503 where !fs.readFile(…) failed')
})

test('what a stream calls for its errors answers where it fails [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const charts = require('charts')
const app = express()
app.get('/charts/:name', (req, res) => {
  const chart = charts.open(req.params.name)
  chart.on('error', () => res.status(404).json({ error: 'No such chart.' }))
  chart.pipe(res)
})
app.listen(80)
`,
  })
  expect(found['/charts/{name}']?.filter((one) => one.startsWith('404'))).toEqual([
    '404 No such chart. where charts.open(path.name) failed',
  ])
})

import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is said of a service, in the order of the words. */
async function said(packages: string, app: string): Promise<string[]> {
  const { set } = await extractFiles({
    'package.json': `{"type":"module","main":"app.js","dependencies":{${packages}}}`,
    'app.js': app,
  })
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  return [
    ...set.facts
      .flatMap((one) =>
        /^(?:error|body|response|parameter)$/.test(one.kind) && 'operation' in one
          ? [sayFact(one, titles.get(one.operation) ?? '')]
          : [],
      )
      .toSorted(),
    ...set.questions.map(({ text }) => text),
  ]
}

test('the parser of a route says the media type of its body, and a regular expression only the paths that it is [SPEC-EXTRACT-03]', async () => {
  expect(
    await said(
      '"express":"4"',
      `
import express from 'express'
const app = express()
app.use(express.json())
app.post('/notes', express.text(), (req, res) => res.send(req.body))
app.post('/photos', express.raw({ type: 'image/png' }), (req, res) => res.sendStatus(204))
app.get(/^\\/legs\\/(\\d+)-(\\d+)$/, (req, res) => res.json({ from: req.params[0], to: req.params[1] }))
app.get(/.*fly$/, (req, res) => res.send('fly'))
app.listen(1)
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "WHEN a client sends GET /legs/{p1}-{p2}, the service SHALL answer 200 with from (required), to (required).",
      "WHEN a client sends GET /legs/{p1}-{p2}, the service SHALL require the path parameter p1 (integer).",
      "WHEN a client sends GET /legs/{p1}-{p2}, the service SHALL require the path parameter p2 (integer).",
      "WHEN a client sends POST /notes, the service SHALL answer 200.",
      "WHEN a client sends POST /notes, the service SHALL take a body of text/plain.",
      "WHEN a client sends POST /photos, the service SHALL answer 204.",
      "Which path is routed here?",
    ]
  `)
})

test('a route of Koa may have a name, is sent elsewhere with the status that is set, and is given files and cookies [SPEC-EXTRACT-02]', async () => {
  expect(
    await said(
      '"koa":"2","@koa/router":"12","koa-body":"6"',
      `
import Koa from 'koa'
import Router from '@koa/router'
import { koaBody } from 'koa-body'
const app = new Koa()
const router = new Router()
app.use(koaBody({ multipart: true }))
router.get('boat', '/boats/:id', (ctx) => { ctx.body = { id: ctx.params.id } })
router.register('/piers', ['PUT', 'PATCH'], (ctx) => { ctx.body = 'pier' })
router.get('/old', (ctx) => { ctx.status = 301; ctx.redirect('/new') })
router.post('/photos', (ctx) => {
  if (!ctx.cookies.get('sid')) ctx.throw(401)
  ctx.body = { name: ctx.request.files.photo.newFilename }
})
app.use(router.routes())
app.listen(1)
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for POST /photos, the cookie sid is missing, THEN the service SHALL answer 401.",
      "WHEN a client sends GET /boats/{id}, the service SHALL answer 200 with id (required).",
      "WHEN a client sends GET /boats/{id}, the service SHALL require the path parameter id.",
      "WHEN a client sends GET /old, the service SHALL answer 301.",
      "WHEN a client sends PATCH /piers, the service SHALL answer 200 with string.",
      "WHEN a client sends POST /photos and the cookie sid is there, the service SHALL answer 200 with name (required).",
      "WHEN a client sends POST /photos, the service SHALL take the cookie sid.",
      "WHEN a client sends POST /photos, the service SHALL take the form field photo (file).",
      "WHEN a client sends PUT /piers, the service SHALL answer 200 with string.",
    ]
  `)
})

test('a route of zod-openapi may say by itself what becomes of what does not fit, and of forms [SPEC-EXTRACT-05]', async () => {
  expect(
    await said(
      '"hono":"4","@hono/zod-openapi":"0.18"',
      `
import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
const app = new OpenAPIHono()
const route = createRoute({ method: 'get', path: '/boats/{id}', request: { params: z.object({ id: z.string().min(3) }) }, responses: {} })
app.openapi(route, (c) => c.json({}), (result, c) => { if (!result.success) return c.json({ code: 1 }, 422) })
app.post('/photos', async (c) => { const form = await c.req.formData(); return c.json({ title: form.get('title') }) })
app.post('/files', async (c) => { const body = await c.req.parseBody(); return c.json({ name: body['name'] }) })
export default app
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /boats/{id}, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "WHEN a client sends GET /boats/{id}, the service SHALL answer 200 with an object.",
      "WHEN a client sends GET /boats/{id}, the service SHALL require the path parameter id (3 or more characters).",
      "WHEN a client sends POST /files, the service SHALL answer 200 with name (required).",
      "WHEN a client sends POST /files, the service SHALL take a body of multipart/form-data with name.",
      "WHEN a client sends POST /photos, the service SHALL answer 200 with title (required).",
      "WHEN a client sends POST /photos, the service SHALL take the form field title.",
      "What leads to 1 of the 1 places in the code that answer errors?",
    ]
  `)
})

test('Restify answers an error that is sent with its own status, and refuses more than it lets through [SPEC-EXTRACT-05]', async () => {
  expect(
    await said(
      '"restify":"11","restify-errors":"8"',
      `
import restify from 'restify'
import errs from 'restify-errors'
const server = restify.createServer()
server.use(restify.plugins.throttle({ burst: 10, rate: 5, ip: true }))
server.get('/boats/:id', (req, res, next) => {
  if (req.params.id === 'old') res.send(new errs.ConflictError('taken'))
  else res.send({})
  next()
})
server.listen(1)
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /boats/{id}, the caller asks more often than the limit allows, THEN the service SHALL answer 429.",
      "IF, for GET /boats/{id}, the path parameter id is "old", THEN the service SHALL answer 409 and say "taken".",
      "WHEN a client sends GET /boats/{id} and the path parameter id is not "old", the service SHALL answer 200 with an object.",
      "WHEN a client sends GET /boats/{id}, the service SHALL require the path parameter id.",
    ]
  `)
})

test('schemas, alternatives and wildcards of express-validator say what is asked of a body [SPEC-EXTRACT-03]', async () => {
  expect(
    await said(
      '"express":"4","express-validator":"7"',
      `
import express from 'express'
import { body, checkSchema, oneOf, validationResult } from 'express-validator'
const app = express()
app.use(express.json())
const validate = (req, res, next) => {
  if (!validationResult(req).isEmpty()) return res.status(422).json({})
  next()
}
app.post('/boats', checkSchema({
  kind: { in: ['body'], isIn: { options: [['sail', 'row']] } },
  'mast.height': { optional: true, isInt: { options: { min: 1 } } },
  page: { in: 'query', isInt: true },
}), validate, (req, res) => res.json({}))
app.post('/people', oneOf([body('mail').isEmail(), body('phone').isMobilePhone()]), validate, (req, res) => res.json({}))
app.post('/tags', body('tags').isArray({ min: 1 }), body('tags.*').isInt(), body('legs.*.to').notEmpty(), body('mail').not().isEmail(), validate, (req, res) => res.json({}))
app.listen(1)
`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "IF, for POST /boats, \`validationResult(req)\` is not empty, THEN the service SHALL answer 422 with an object.",
      "IF, for POST /boats, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for POST /people, \`validationResult(req)\` is not empty, THEN the service SHALL answer 422 with an object.",
      "IF, for POST /people, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for POST /tags, \`validationResult(req)\` is not empty, THEN the service SHALL answer 422 with an object.",
      "IF, for POST /tags, the body can not be read, THEN the service SHALL answer 400.",
      "WHEN a client sends POST /boats, the service SHALL answer 200 with an object.",
      "WHEN a client sends POST /boats, the service SHALL require a body of application/json with kind (string, required, one of "sail", "row"), mast (height (integer, at least 1)).",
      "WHEN a client sends POST /boats, the service SHALL require the query parameter page (integer).",
      "WHEN a client sends POST /people, the service SHALL answer 200 with an object.",
      "WHEN a client sends POST /people, the service SHALL take a body of application/json with mail (string), phone (string).",
      "WHEN a client sends POST /tags, the service SHALL answer 200 with an object.",
      "WHEN a client sends POST /tags, the service SHALL require a body of application/json with tags (a list of integer, required), legs (a list of to (string, required, 1 or more characters)), mail (string).",
    ]
  `)
})

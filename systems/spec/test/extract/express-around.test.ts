import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { printedAnswers } from './printed-answers.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told of answers and guards, by operation, and what is asked.
async function told(files: Record<string, string>) {
  const { set } = await extractFiles({ 'package.json': '{"dependencies":{"express":"^5"}}', ...files })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts
    .flatMap((fact) =>
      (fact.kind === 'error' || fact.kind === 'guard' || fact.kind === 'response') && fact.status !== 200
        ? [`${fact.grade}: ${sayFact(fact, titles.get(fact.operation) ?? '')}`]
        : [],
    )
    .toSorted()
}
const fails = (of: string, when: string, then: string, grade = 'proved') =>
  `${grade}: IF, for ${of}, ${when}, THEN the service SHALL ${then}.`

const store = `const { Pool } = require('pg')
const pool = new Pool()
exports.find = async (id) => (await pool.query('SELECT 1', [id])).rows[0]
`

test('an answer that only gets headers keeps the status that is set on it [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
const app = express()
app.post('/kites', (req, res) => res.location('/kites/1').vary('Accept').status(201).json({ id: 1 }))
app.listen(80)
`,
  })
  expect(found).toEqual([
    'proved: WHEN a client sends POST /kites, the service SHALL answer 201 with id (number, required, exactly 1).',
  ])
})

test('a handler of a parameter comes before all routes that have it, also where the path is written first [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'store.js': store,
    'app.js': `const express = require('express')
const { find } = require('./store')
const router = express.Router()
router.param('kite', async (req, res, next, id) => {
  const kite = await find(id)
  if (!kite) return res.status(404).json({ error: 'No kite' })
  next()
})
router.route('/:kite').get((req, res) => res.json({}))
const app = express()
app.use('/kites', router)
app.listen(80)
`,
  })
  expect(found.map((one) => one.replace(/`[^`]*`/g, '…'))).toEqual([
    fails('GET /kites/{kite}', '… is missing', 'answer 404 with error (string, required) and say "No kite"'),
  ])
})

test('middleware that asks for the path is told what is left below its mount [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
const open = ['/health', '/login']
const guard = (req, res, next) => {
  if (open.includes(req.path)) return next()
  if (!req.headers['x-key']) return res.status(401).json({ error: 'No key' })
  next()
}
const inner = express.Router()
inner.use((req, res, next) => (req.path === '/late' && req.query.old ? res.status(410).json({ error: 'Gone' }) : next()))
inner.get('/late', (req, res) => res.json({}))
inner.get('/early', (req, res) => res.json({}))
const app = express()
app.use(guard)
app.get('/health', (req, res) => res.json({}))
app.use('/login', inner)
app.listen(80)
`,
  })
  const missing = (path: string) =>
    fails(
      `GET ${path}`,
      'the header x-key is missing',
      'answer 401 with error (string, required) and say "No key"',
    )
  const guarded = (path: string) =>
    `proved: WHEN a client sends GET ${path}, the service SHALL answer 401 to a caller who is not signed in.`
  expect(found.filter((one) => !/answer 410|`app.js`/.test(one))).toEqual(
    [
      missing('/login/early'),
      missing('/login/late'),
      guarded('/login/early'),
      guarded('/login/late'),
    ].toSorted(),
  )
  expect(found.filter((one) => one.includes('answer 410')).map((one) => one.split(',')[1])).toEqual([
    ' for GET /login/late',
  ])
})

const withHandler = (body: string, thrown: string, more = '') => ({
  'store.js': store,
  'app.js': `const express = require('express')
const createError = require('http-errors')
const Boom = require('@hapi/boom')
const { z, ZodError } = require('zod')
const { find } = require('./store')
${more}
const app = express()
app.get('/kites/:id', async (req, res) => {
  const kite = await find(req.params.id)
  if (!kite) throw ${thrown}
  res.json({})
})
app.use((err, req, res, next) => {
  ${body}
  res.status(500).json({ error: 'Broken' })
})
app.listen(80)
`,
})
const lost = (say: string) => [
  `proved: IF, for GET /kites/{id}, … is missing, THEN the service SHALL answer 404 ${say}.`,
]

test.each([
  ['createError.isHttpError(err)', `createError(404, 'No kite')`],
  ['err instanceof createError.HttpError', `new createError.NotFound('No kite')`],
  ['err.expose', `createError(404, 'No kite')`],
  ['!(err instanceof ZodError) && !err.isJoi', `createError(404, 'No kite')`],
])(
  'a handler of errors that asks %s finds it of an error of http-errors [SPEC-EXTRACT-06]',
  async (asks, thrown) => {
    const found = await told(
      withHandler(`if (${asks}) return res.status(err.status).json({ error: err.message })`, thrown),
    )
    expect(found.map((one) => one.replace(/`[^`]*`/g, '…'))).toEqual(
      lost('with error (required) and say "No kite"'),
    )
  },
)

test('an error of Boom is of no other library [SPEC-EXTRACT-06]', async () => {
  const found = await told(
    withHandler(
      `if (err instanceof ZodError) return res.status(400).json({ error: 'Bad' })
  if (err.isBoom) return res.status(err.output.statusCode).json({ error: 'Known' })`,
      `Boom.notFound('No kite')`,
    ),
  )
  expect(found.map((one) => one.replace(/`[^`]*`/g, '…'))).toEqual(
    lost('with error (string, required) and say "Known"'),
  )
})

test('making an error that is thrown is no call that may fail [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
  static odd(message) {
    return new Refused(409, message)
  }
}
const app = express()
app.get('/kites', (req, res, next) => {
  try {
    if (req.query.odd === 'yes') throw Refused.odd('Odd')
    res.json({})
  } catch (error) {
    if (error.status) return next(error)
    res.status(500).json({ error: 'Broken' })
  }
})
app.listen(80)
`,
  })
  expect(found.filter((one) => one.includes('Refused.odd'))).toEqual([])
  expect(found).toContain(
    fails('GET /kites', 'the query parameter odd is “yes”', 'answer 409 and say "Odd"').replace(
      '“yes”',
      '"yes"',
    ),
  )
})

const celebrated = (handlers: string) => ({
  'app.js': `const express = require('express')
const { celebrate, errors, Joi, Segments } = require('celebrate')
const app = express()
app.post('/kites', celebrate({ [Segments.BODY]: Joi.object({ name: Joi.string().required() }) }), (req, res) => res.json({}))
${handlers}
app.listen(80)
`,
})

test('what celebrate refuses is answered by its own handler of errors, and unexpected without one [SPEC-EXTRACT-06]', async () => {
  const misfit = (status: number) => [
    fails('POST /kites', 'the request does not fit what is declared', `answer ${status}`, 'framework'),
  ]
  expect(await told(celebrated('app.use(errors())'))).toEqual(misfit(400))
  expect(await told(celebrated('app.use(errors({ statusCode: 422 }))'))).toEqual(misfit(422))
  expect(await told(celebrated(''))).toEqual(misfit(500))
})

test('what a schema throws and nothing takes is unexpected [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
const { z } = require('zod')
const app = express()
app.post('/kites', (req, res) => {
  const kite = z.object({ name: z.string() }).parse(req.body)
  res.json({ kite })
})
app.get('/winds', (req, res) => {
  res.json(z.number().parse(require('winds').now()))
})
app.listen(80)
`,
  })
  expect(found).toEqual([
    fails('POST /kites', 'the request does not fit what is declared', 'answer 500', 'framework'),
  ])
})

test('a field that is only cleaned is not required, and one that middleware runs its checks of is [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"^5"}}',
    'app.js': `const express = require('express')
const { body, validationResult } = require('express-validator')
const check = (chains) => async (req, res, next) => {
  for (const chain of chains) await chain.run(req)
  if (validationResult(req).isEmpty()) return next()
  res.status(400).json({ error: 'Bad' })
}
const app = express()
app.post('/kites', check([body('name').isString().isLength({ max: 9 }), body('note').trim().escape(), body('tail').isLength({ max: 5 }), body('made').optional().isDate()]), (req, res) => res.json({}))
app.listen(80)
`,
  })
  const [body] = factsOf(set.facts, 'body')
  const fields = body?.shape.type === 'object' ? body.shape.fields : []
  expect(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(['name'])
})

test('of two chains of express-validator that look at one field both are asked [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","express-validator":"7.0.0"}}',
    'app.js': `const express = require('express')
const { body, validationResult } = require('express-validator')
const app = express()
app.use(express.json())
const named = [body('name').exists().isLength({ min: 3, max: 20 })]
const taken = [body('name').custom(async (name) => { if (await known(name)) return Promise.reject() })]
const verify = (req, res, next) => validationResult(req).isEmpty() ? next() : res.status(400).json({ error: 'No' })
app.post('/kites', named, verify, taken, verify, (req, res) => res.json({}))
app.listen(80)
`,
  })
  const [body] = factsOf(set.facts, 'body')
  expect(body?.shape.type === 'object' ? body.shape.fields : []).toEqual([
    {
      name: 'name',
      shape: { type: 'string' },
      isRequired: true,
      constraints: [
        { keyword: 'minLength', value: 3 },
        { keyword: 'maxLength', value: 20 },
      ],
    },
  ])
})

test('what middleware, or the program itself, puts on answers and requests is there in handlers [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'replies.js': `module.exports = (req, res, next) => {
  const reply = (status, usual) => (text = usual) => res.status(status).json({ reason: text })
  res.refuse = reply(422, 'Refused')
  res.late = function () {
    return this.sendStatus(410)
  }
  Object.assign(res, { full: () => res.sendStatus(507) })
  req.mustFly = () => {
    if (!req.query.wind) res.sendStatus(424)
  }
  next()
}
`,
    'app.js': `const express = require('express')
const app = express()
express.response.busy = function () {
  return this.status(409).json({ reason: 'Busy' })
}
app.response.away = function (text) {
  return this.status(451).json({ reason: text })
}
app.get('/early', (req, res) => {
  if (req.query.a) return res.busy()
  res.away('Elsewhere')
})
app.use(require('./replies'))
app.get('/kites', (req, res) => {
  if (req.query.a) return res.refuse()
  if (req.query.b) return res.refuse('Too old')
  if (req.query.c) return res.late()
  if (req.query.d) return res.full()
  res.json({})
})
app.get('/wind', (req, res) => req.mustFly())
app.listen(80)
`,
  })
  expect(found.map((one) => one.replace(/^.*IF, for ([^,]*),.* answer /, '$1: ')).toSorted()).toEqual([
    'GET /early: 409 with reason (string, required) and say "Busy".',
    'GET /early: 451 with reason (string, required) and say "Elsewhere".',
    'GET /kites: 410.',
    'GET /kites: 422 with reason (string, required) and say "Refused".',
    'GET /kites: 422 with reason (string, required) and say "Too old".',
    'GET /kites: 507.',
    'GET /wind: 424.',
  ])
})

test('what an application keeps under a name is had from it by that name, in files loaded from a folder too [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'signed.js': `module.exports = (kinds) => (req, res, next) => {
  if (!req.user) return res.status(401).json({ error: 'Who?' })
  if (!kinds.includes(req.user.kind)) return res.status(403).json({ error: 'No' })
  next()
}
`,
    'routes/kites.js': `module.exports = (app) => {
  const signed = app.get('guards.signed')
  app.get('/kites', signed(['flyer']), (req, res) => res.json({}))
  app.get('/open', app.set('guards.none'), (req, res) => res.json({}))
}
`,
    'app.js': `const express = require('express')
const fs = require('fs')
const app = express()
app.set('guards.signed', require('./signed'))
app.set('guards.none', (req, res, next) => next())
fs.readdirSync('./routes').forEach((file) => require('./routes/' + file)(app))
app.listen(80)
`,
  })
  expect(found.map((one) => one.replace(/^.* for ([^,]*),.* answer /, '$1: '))).toEqual([
    'GET /kites: 401 with error (string, required) and say "Who?".',
    'GET /kites: 403 with error (string, required) and say "No".',
    'proved: WHEN a client sends GET /kites, the service SHALL refuse a caller without flyer, and answer 401 to one who is not signed in.',
  ])
})

test('an error that a handler of errors hands on is answered by the one after it, also where it is known by the name of its class [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"mill"}',
    'errors.js': `class MillError extends Error {
  constructor (message, more = {}) {
    super(message)
    this.name = this.constructor.name
    for (const key in more) if (key !== 'cause') this[key] = more[key]
  }
}
class Missing extends MillError { constructor (more) { super('No such mill', more) } }
class Taken extends MillError { constructor (more) { super('Taken', more) } }
module.exports = { Missing, Taken }
`,
    'app.js': `const express = require('express')
const { Missing, Taken } = require('./errors')
const app = express()
app.get('/mills/:id', async (req, res, next) => {
  try {
    const mill = await store.find(req.params.id)
    if (!mill) throw new Missing({ details: 'none' })
    if (mill.isTaken) throw new Taken()
    res.json(mill)
  } catch (error) { next(error) }
})
app.use((error, req, res, next) => { if (error.name === 'SyntaxError') res.status(400).send('Syntax'); else next(error) })
app.use((error, req, res, next) => { if (error.status && error.message) res.status(error.status).end(); else next(error) })
app.use((error, req, res, next) => {
  if (error instanceof Missing) return res.status(404).send(error.message)
  next(error)
})
app.use((error, req, res, next) => { res.status(409).send('Server') })
app.listen(80)
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ grade, status }) => `${grade} ${status}`)
      .toSorted(),
  ).toEqual(['proved 404', 'proved 409'])
})

test('a request that does not fit the description that express-openapi-validator asks is refused as the handlers of errors answer that [SPEC-EXTRACT-09]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
const validator = require('express-openapi-validator')
const app = express()
app.use(validator.middleware({ apiSpec: 'mill.yml' }))
app.get('/mills', (req, res) => res.json([]))
app.use((error, req, res, next) => { res.status(error.status || 500).json({ message: error.message }) })
app.listen(80)
`,
  })
  expect(found).toEqual([
    'framework: IF, for GET /mills, the request does not fit what is declared, THEN the service SHALL answer 400 with message (required).',
  ])
})

test('a handler of errors that stands below a path takes those of requests below it alone [SPEC-EXTRACT-09]', async () => {
  const found = await told({
    'app.js': `const express = require('express')
const app = express()
class Missing extends Error { constructor () { super('None'); this.status = 404 } }
app.get('/v1/mills', () => { throw new Missing() })
app.get('/v2/mills', () => { throw new Missing() })
app.use('/v2', (error, req, res, next) => next(new Error('Other')))
app.use((error, req, res, next) => { res.status(error.status || 503).end() })
app.listen(80)
`,
  })
  expect(found.map((one) => one.match(/GET [\w/]+|\d{3}/g)?.join(' '))).toEqual([
    'GET /v1/mills 404',
    'GET /v2/mills 503',
  ])
})

test('what a route of Express runs for all methods comes before what it runs for one, and what a call leaves out is not defined [SPEC-EXTRACT-09]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"4"}}',
      'gate.js': `
module.exports = function (ticket) {
  this.open = async (isInside) => {
    if (isInside) return
    if (!ticket) throw Object.assign(new Error('No ticket.'), { status: 403 })
  }
}
`,
      'app.js': `
const express = require('express')
const Gate = require('./gate')
const app = express()
const known = () => async (req, _, next) => {
  try {
    const gate = new Gate(req.headers.ticket)
    await gate.open()
    next()
  } catch (error) {
    next(error)
  }
}
const router = express.Router()
router.route('/boats').all(known()).get((req, res) => res.json({}))
app.use(router)
app.use((error, req, res, next) => res.status(error.status || 500).json({ error: error.message }))
app.listen(80)
`,
    }),
  ).toEqual({ '/boats': ['403 No ticket. where !header.ticket', '200'] })
})

test('what a library makes and all methods of one path are given comes before each of them [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"^5","express-jwt":"^8"}}',
    'app.js': `const express = require('express')
const { expressjwt } = require('express-jwt')
const app = express()
const signedIn = expressjwt({ secret: process.env.SECRET, algorithms: ['HS256'] })
app.route('/kites').all(signedIn).get((req, res) => res.json([])).put((req, res) => res.status(204).end())
app.get('/winds', (req, res) => res.json([]))
app.all('/proxied/*', require('http-proxy-middleware').createProxyMiddleware({ target: 'http://winds' }))
app.listen(80)
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect([...titles.values()].toSorted()).toEqual([
    'Any method /proxied/{rest*}',
    'GET /kites',
    'GET /winds',
    'PUT /kites',
  ])
  expect(
    factsOf(set.facts, 'guard')
      .map(({ operation }) => titles.get(operation) ?? '')
      .toSorted(),
  ).toEqual(['GET /kites', 'PUT /kites'])
})

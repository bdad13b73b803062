import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What operations answer, by path: `404 no crate`. */
async function answers(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { facts } = (await extractFiles(files)).set
  return Object.fromEntries(
    factsOf(facts, 'operation').map(({ id, path }) => [
      path,
      facts.flatMap((fact) => {
        if (!('operation' in fact) || fact.operation !== id) return []
        if (fact.kind === 'error') return [`${fact.status} ${fact.message}`]
        return fact.kind === 'response' ? [String(fact.status)] : []
      }),
    ]),
  )
}

test('errors of Boom, of http-errors and of one’s own are answered as the one handler says, each with its own status [SPEC-EXTRACT-10]', async () => {
  expect(
    await answers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const express = require('express')
const Boom = require('@hapi/boom')
const createError = require('http-errors')
const { StatusCodes } = require('http-status-codes')
class ApiError extends Error {
  constructor(statusCode, message) { super(message); this.statusCode = statusCode }
}
const app = express()
app.get('/boom', (req, res) => { throw Boom.notFound('no crate') })
app.get('/made', (req, res, next) => next(new Boom.Boom('a teapot', { statusCode: 418 })))
app.get('/taken', (req, res, next) => next(createError(409, 'taken')))
app.get('/twice', (req, res, next) => next(new ApiError(StatusCodes.CONFLICT, 'twice')))
app.use((err, req, res, next) => {
  if (err.isBoom) return res.status(err.output.statusCode).json(err.output.payload)
  const code = err.statusCode || err.status || 500
  res.status(code).json({ error: err.message })
})
`,
    }),
  ).toEqual({
    '/boom': ['404 no crate'],
    '/made': ['418 a teapot'],
    '/taken': ['409 taken'],
    '/twice': ['409 twice'],
  })
})

test('a problem of api-problem that middleware hands on is answered by its status [SPEC-EXTRACT-10]', async () => {
  expect(
    await answers({
      'package.json': '{"dependencies":{"express":"5.0.0","api-problem":"9.0.0"}}',
      'app.js': `
const express = require('express')
const Problem = require('api-problem')
const app = express()
const tides = express.Router()
tides.use(async (req, res, next) => {
  try {
    if (req.query.moon !== 'full') throw new Problem(409, { detail: 'No tide' })
    next()
  } catch (error) {
    next(error)
  }
})
tides.get('/spring', (req, res) => res.json([]))
app.use('/tides', tides)
app.use((err, req, res, next) => {
  if (err instanceof Problem) err.send(res)
  else new Problem(500, 'Broken').send(res)
})
`,
    }),
  ).toEqual({ '/tides/spring': ['409 ', '200'] })
})

test('a status that is only known when it runs is none of those that were set before [SPEC-EXTRACT-10]', async () => {
  expect(
    await answers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const app = require('express')()
app.get('/relayed', async (req, res) => {
  const answer = await fetch('http://127.0.0.1')
  res.status(answer.status).json(await answer.json())
})
`,
    }),
  ).toEqual({ '/relayed': [] })
})

test('what Flask aborts with is answered by the handler of its status, else by that of its class [SPEC-EXTRACT-10]', async () => {
  expect(
    await answers({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, abort, jsonify
from werkzeug.exceptions import HTTPException
app = Flask(__name__)
def missing(error):
    return jsonify({"error": "nothing here"}), 404
app.register_error_handler(404, missing)
@app.errorhandler(HTTPException)
def any_other(error):
    return jsonify({"error": "not for you"}), error.code
@app.route("/missing")
def none():
    abort(404)
@app.route("/closed")
def closed():
    abort(403, description="closed")
`,
    }),
  ).toEqual({ '/missing': ['404 nothing here'], '/closed': ['403 not for you'] })
})

test('what every object of JavaScript has is asked of a library’s error too and ends nothing [SPEC-EXTRACT-10]', async () => {
  const found = await answers({
    'package.json': '{"dependencies":{"express":"5.0.0","zod":"4.0.0"}}',
    'app.js': `
const express = require('express')
const { ZodError } = require('zod')
const app = express()
app.get('/crates', (req, res) => {
  const error = new ZodError([])
  res.status(422).json({ kinds: { [error.hasOwnProperty]: error.valueOf, own: error.hasOwnProperty.length } })
})
app.listen(80)
`,
  })
  expect(found).toEqual({ '/crates': ['422 '] })
})

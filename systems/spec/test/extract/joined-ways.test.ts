import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What operations answer, as sentences. */
async function answers(files: Record<string, string>): Promise<string[]> {
  const { facts } = (await extractFiles(files)).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(facts, 'error'), ...factsOf(facts, 'response')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

const flask = (body: string) => ({
  'requirements.txt': 'flask==3.0\n',
  'app.py': `
from flask import Flask, abort, jsonify
from barn import Sheep, Lost
app = Flask(__name__)
${body}
`,
})

const express = (body: string) => ({
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'app.js': `
const express = require('express')
const { find } = require('barn')
const app = express()
${body}
`,
})

test('after what is tried a name is what that made of it, or what the handler did where it failed [SPEC-EXTRACT-06]', async () => {
  expect(
    await answers(
      flask(`
@app.get('/sheep/<int:tag>')
def show(tag):
    try:
        sheep = Sheep.get(tag)
    except Lost:
        sheep = None
    if sheep is None:
        abort(404)
    return jsonify(name=sheep.name)

@app.post('/sheep/<int:tag>/shear')
def shear(tag):
    is_shorn = False
    try:
        Sheep.shear(tag)
        is_shorn = True
    except Lost:
        pass
    if not is_shorn:
        abort(409)
    return '', 204
`),
    ),
  ).toEqual([
    'IF, for GET /sheep/{tag}, `Sheep.get(tag)` fails with `Lost`, or `Sheep.get(tag)` is missing, THEN the service SHALL answer 404.',
    'IF, for POST /sheep/{tag}/shear, `Sheep.shear(tag)` fails with `Lost`, THEN the service SHALL answer 409.',
    'WHEN a client sends GET /sheep/{tag} and `Sheep.get(tag)` does not fail with `Lost` and `Sheep.get(tag)` is there, the service SHALL answer 200 with name (required).',
    'WHEN a client sends POST /sheep/{tag}/shear and `Sheep.shear(tag)` does not fail with `Lost`, the service SHALL answer 204.',
  ])
})

test('what nothing was caught of in JavaScript is as it was before [SPEC-EXTRACT-06]', async () => {
  expect(
    await answers(
      express(`
app.get('/sheep', async (req, res) => {
  let sheep = null
  try {
    sheep = await find(req.query.tag)
  } catch (error) {
    console.warn(error)
  }
  if (!sheep) return res.status(404).end()
  res.status(200).end()
})
`),
    ),
  ).toEqual([
    expect.stringMatching(
      /^IF, for GET \/sheep, `[^`]+` is missing, or `find\(…\)` fails, THEN the service SHALL answer 404\.$/,
    ),
    expect.stringMatching(/the service SHALL answer 200\.$/),
  ])
})

test('after a switch a name is what the case that came made of it, and what was answered in one case is none of what comes after it [SPEC-EXTRACT-06]', async () => {
  expect(
    await answers(
      express(`
app.get('/gates', (req, res) => {
  let status = 200
  switch (req.query.gate) {
    case 'north':
      status = 410
      break
    case 'south':
      status = 423
      break
  }
  res.status(status).end()
})
app.get('/fields', (req, res) => {
  switch (req.query.field) {
    case 'sold':
      return res.status(410).end()
    case 'flooded':
      return res.status(423).end()
  }
  res.json({ is: 'dry' })
})
`),
    ),
  ).toEqual([
    'IF, for GET /fields, the query parameter field is "flooded", THEN the service SHALL answer 423.',
    'IF, for GET /fields, the query parameter field is "sold", THEN the service SHALL answer 410.',
    'IF, for GET /gates, the query parameter gate is "north", THEN the service SHALL answer 410.',
    'IF, for GET /gates, the query parameter gate is "south", THEN the service SHALL answer 423.',
    'WHEN a client sends GET /fields and the query parameter field is not "flooded" and the query parameter field is not "sold", the service SHALL answer 200 with is (string, required, exactly "dry").',
    'WHEN a client sends GET /gates and the query parameter gate is not "north" and the query parameter gate is not "south", the service SHALL answer 200.',
  ])
})

test('of branches of Go without a subject the first that holds is gone [SPEC-EXTRACT-06]', async () => {
  expect(
    await answers({
      'go.mod': 'module barn\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
      'main.go': `
package main

import "github.com/gin-gonic/gin"

func weigh(c *gin.Context) {
	code := 200
	switch {
	case c.Query("tag") == "":
		code = 400
	case c.Query("scale") == "":
		code = 422
	}
	c.JSON(code, gin.H{})
}

func main() {
	r := gin.Default()
	r.GET("/weights", weigh)
	r.Run()
}
`,
    }),
  ).toEqual([
    'IF, for GET /weights, the query parameter scale is empty and the query parameter tag is not empty, THEN the service SHALL answer 422.',
    'IF, for GET /weights, the query parameter tag is empty, THEN the service SHALL answer 400.',
    expect.stringMatching(/the service SHALL answer 200/),
  ])
})

test('what `and` and `or` give is one of both sides, and is asked as that [SPEC-EXTRACT-06]', async () => {
  expect(
    await answers(
      flask(`
from flask import request
def is_marked():
    return request.args.get('tag') and request.args.get('farm')

def is_known():
    return request.args.get('tag') or request.args.get('name')

@app.get('/marks')
def marks():
    if is_marked():
        abort(409)
    if not is_known():
        abort(400)
    return '', 204
`),
    ),
  ).toEqual([
    'IF, for GET /marks, the query parameter farm is there and the query parameter tag is there, THEN the service SHALL answer 409.',
    'IF, for GET /marks, the query parameter name is missing and the query parameter tag is missing, THEN the service SHALL answer 400.',
    expect.stringMatching(/^WHEN a client sends GET \/marks.*, the service SHALL answer 204\.$/),
  ])
})

test('a slash at the end of a route of Echo makes another path [SPEC-EXTRACT-01]', async () => {
  const { facts } = (
    await extractFiles({
      'go.mod': 'module barn\n\ngo 1.22\n\nrequire github.com/labstack/echo/v4 v4.12.0\n',
      'main.go': `
package main

import "github.com/labstack/echo/v4"

func list(c echo.Context) error {
	return c.NoContent(204)
}

func main() {
	e := echo.New()
	sheep := e.Group("/sheep")
	sheep.GET("/", list)
	e.GET("/goats", list)
	e.Start(":80")
}
`,
    })
  ).set
  expect(factsOf(facts, 'operation').map(operationTitle).toSorted()).toEqual(['GET /goats', 'GET /sheep/'])
})

test('who calls is asked for by the name that a decorator of Python set on many ways [SPEC-EXTRACT-06]', async () => {
  const found = await answers(
    flask(`
from flask import request
from barn import Keeper, Lapsed, Token
def keeper(scopes, optional=False):
    def wrap(f):
        def inner(*args, **kwargs):
            who = None
            shown = request.headers.get('Authorization')
            if not optional and not shown:
                abort(401)
            if shown:
                read = Keeper.read(shown.split(' ')[1])
                if isinstance(read, int):
                    who = Keeper.query.filter_by(id=read).first()
                if not who and scopes:
                    token = None
                    try:
                        token = Token.take(scopes)
                    except Lapsed:
                        abort(402)
                    who = None if token is None else token.keeper
            if (not optional and not who) or (who and not who.is_active):
                abort(401)
            if who and who.barred_at is not None:
                abort(403)
            return f(who, *args, **kwargs)
        return inner
    return wrap

@app.get('/sheep')
@keeper(scopes=['read'])
def all(who):
    return jsonify(all=[])
`),
  )
  expect(found.filter((one) => one.includes('403'))).toEqual([
    'IF, for GET /sheep, `who` is there and `who.barred_at` is there and 3 further tests hold, THEN the service SHALL answer 403.',
  ])
})

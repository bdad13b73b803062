import { expect, test } from 'vitest'
import { missingIn } from '../../src/extract/shown.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// Facts of a kind, with the texts of their spans.
async function shownOf(files: Record<string, string>, kind: Fact['kind'], isIt: (fact: Fact) => boolean) {
  const { set } = await extractFiles(files)
  const fact = set.facts.find((one) => one.kind === kind && isIt(one))
  const texts = (fact?.evidence ?? []).map(({ path, startByte, endByte }) =>
    Buffer.from(files[path] ?? '')
      .subarray(startByte, endByte)
      .toString(),
  )
  return { fact, texts, missing: fact ? missingIn(fact, texts) : ['no such fact'] }
}

const pack = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) })

test('roles and texts that stand behind constants and defaults are shown where they are written [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': pack('express'),
    'texts.js': `exports.NOT_YOURS = 'This mooring is not yours'\n`,
    'keepers.js': `
const { NOT_YOURS } = require('./texts')
const onlyFor = (ranks = ['harbour-master']) => (req, res, next) => {
  if (!ranks.includes(req.keeper.rank)) return res.status(403).json({ message: NOT_YOURS })
  next()
}
module.exports = { onlyFor }
`,
    'app.js': `
const express = require('express')
const { onlyFor } = require('./keepers')
const app = express()
app.get('/moorings', onlyFor(), (req, res) => res.json([]))
app.listen(1)
`,
  }
  const guard = await shownOf(files, 'guard', () => true)
  expect(guard.fact).toMatchObject({ roles: ['harbour-master'] })
  expect(guard.missing).toEqual([])
  expect(guard.texts.some((text) => text.includes("ranks = ['harbour-master']"))).toBe(true)
  const error = await shownOf(files, 'error', (one) => one.kind === 'error' && one.status === 403)
  expect(error.missing).toEqual([])
  expect(error.texts.some((text) => text.includes("'This mooring is not yours'"))).toBe(true)
})

const boats = {
  'requirements.txt': 'flask\n',
  'models.py': `
class Boat:
    def __init__(self, name, length):
        self.name = name
        self.length = length

    def row(self):
        made = {"name": self.name, "length_m": self.length}
        return made
`,
  'keys.py': `
from flask import request, abort

class KeyError401(Exception):
    def __init__(self, text):
        self.text = text

    def as_row(self):
        return {"reason": self.text, "kind": "key"}

def key_of(req):
    found = req.headers.get("X-Key")
    if not found:
        raise KeyError401("No key was sent")
    return found

def ask_for_key():
    key_of(request)
`,
  'app.py': `
from flask import Flask, Blueprint, jsonify
from keys import ask_for_key, KeyError401
from models import Boat

boats = Blueprint("boats", __name__)
piers = Blueprint("piers", __name__)

@boats.route("/boats", methods=["POST"])
def add_boat():
    boat = Boat("Ann", 4)
    return jsonify(boat.row()), 201

def put(app, blueprint, before):
    if before:
        blueprint.before_request(before)
    app.register_blueprint(blueprint)

def create_app():
    app = Flask(__name__)

    @app.errorhandler(KeyError401)
    def no_key(error):
        return jsonify(error.as_row()), 401

    put(app, piers, ask_for_key)
    put(app, boats, ask_for_key)
    return app

app = create_app()
`,
}

test('the fields of a body are shown where the method that it comes of writes them [SPEC-EXTRACT-06]', async () => {
  const response = await shownOf(boats, 'response', () => true)
  expect(response.missing).toEqual([])
  expect(response.texts.some((text) => text.includes('"length_m"'))).toBe(true)
})

test('an error of what comes before a handler shows the body of it, each call on the way, and where it is put before it [SPEC-EXTRACT-06]', async () => {
  const error = await shownOf(boats, 'error', (one) => one.kind === 'error' && one.status === 401)
  expect(error.missing).toEqual([])
  expect(error.texts[0]).toContain('No key was sent')
  expect(error.texts.some((text) => text.includes('"reason"'))).toBe(true)
  expect(error.texts).toContain('key_of(request)')
  expect(error.texts).toContain('if not found')
  // Of the two blueprints the one of this operation.
  expect(error.texts).toContain('put(app, boats, ask_for_key)')
  expect(error.texts).not.toContain('put(app, piers, ask_for_key)')
})

test('a test of one name is shown, a parameter that has no more than its type is not [SPEC-EXTRACT-06]', async () => {
  const files = {
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, request

app = Flask(__name__)

@app.route("/buoys/<name>")
def buoy(name: str):
    missing = buoys_without(name)
    if missing:
        abort(409)
    return {"name": 1}
`,
  }
  const error = await shownOf(files, 'error', (one) => one.kind === 'error' && one.status === 409)
  expect(error.texts).toContain('if missing')
  expect(error.texts).not.toContain('name: str')
})

test('the type of an answer is shown by the head that says it, and spans are few and short [SPEC-EXTRACT-06]', async () => {
  const files = {
    'go.mod': 'module harbour\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `
package main

import "github.com/gin-gonic/gin"

type Berth struct {
	Name string \`json:"name"\`
}

func berthOf(name string) Berth {
	return Berth{Name: name}
}

func show(c *gin.Context) {
	found := berthOf(c.Param("name"))
	c.JSON(200, found)
}

func main() {
	router := gin.Default()
	router.GET("/berths/:name", show)
	router.Run()
}
`,
  }
  const response = await shownOf(files, 'response', () => true)
  expect(response.missing).toEqual([])
  expect(response.texts.some((text) => text.includes('Berth'))).toBe(true)
  expect(response.texts.length).toBeLessThanOrEqual(8)
  expect(response.texts).not.toContain('c *gin.Context')
})

test('what another package of the repository gives, and what a function sets of the thing that it makes, is shown where it is written [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': JSON.stringify({ private: true, workspaces: ['parts/*'] }),
    'parts/words/package.json': '{"name":"@harbour/words","main":"src/index.js"}',
    'parts/words/src/index.js': `export * from './reasons.js'\n`,
    'parts/words/src/reasons.js': `
const codes = { tooDeep: 'E_TOO_DEEP' }
export const refusal = (code) => {
  const reason = codes[code]
  return { reason_code: reason }
}
`,
    'parts/web/package.json': '{"name":"@harbour/web","dependencies":{"express":"*","@harbour/words":"*"}}',
    'parts/web/made.js': `
function Refused (status, hint) {
  if (hint) {
    this.berth_hint = hint
  }
}
module.exports = { Refused }
`,
    'parts/web/app.js': `
import express from 'express'
import { refusal } from '@harbour/words'
import { Refused } from './made.js'
const app = express()
app.get('/berths', (req, res) => {
  if (!req.query.draught) return res.status(400).json(refusal('tooDeep'))
  if (!req.query.berth) return res.status(409).json(new Refused(409, 'ask the keeper'))
  res.json([])
})
app.listen(1)
`,
  }
  const deep = await shownOf(files, 'error', (one) => one.kind === 'error' && one.status === 400)
  expect(deep.texts.some((text) => text.includes('reason_code: reason'))).toBe(true)
  const made = await shownOf(files, 'error', (one) => one.kind === 'error' && one.status === 409)
  expect(made.texts.some((text) => text.includes('this.berth_hint = hint'))).toBe(true)
})

test('the fields of a body that was made far from where it is answered are shown where it is written [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': pack('express'),
    'shape.js': `exports.Shape = class {
  constructor (of) { this.of = of }
  drawn () { return this.laid() }
  laid () { return this.kept() }
  kept () { return { mast_height: 3, keel_depth: 2 } }
}
`,
    'service.js': `
const { Shape } = require('./shape')
exports.Service = class {
  static async go (id) { return this.found(id) }
  static found (id) { return this.made(new Shape(id)) }
  static made (shape) { return shape.drawn() }
}
`,
    'app.js': `
const express = require('express')
const { Service } = require('./service')
const app = express()
app.get('/boats/:id', async (req, res) => {
  const result = await Service.go(req.params.id)
  res.status(203).json(result)
})
app.listen(1)
`,
  }
  const { missing, texts } = await shownOf(files, 'response', () => true)
  expect(missing).toEqual([])
  expect(texts).toContain('{ mast_height: 3, keel_depth: 2 }')
})

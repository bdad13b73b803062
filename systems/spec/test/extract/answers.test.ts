import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import type { Extraction } from '../../src/extract/extract-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact, sayShape } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is said of answers, by operation. */
function said({ set }: Extraction) {
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts
    .flatMap((fact) =>
      fact.kind === 'response' || fact.kind === 'error'
        ? [sayFact(fact, titles.get(fact.operation) ?? '')]
        : [],
    )
    .toSorted()
}

const flask = (body: string) => ({
  'requirements.txt': 'flask\nflask-login\nmarshmallow\n',
  'app.py': `import functools, json
from flask import Flask, abort, current_app, jsonify, request
from flask.views import MethodView
from flask_login import current_user, login_required
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)
${body}`,
})

test('what an error says and has in its body is known, also where a handler of errors or a helper makes it [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles(
    flask(`
def as_json(data):
    return current_app.response_class(json.dumps(data), mimetype="application/json")

@app.errorhandler(ValueError)
def bad_value(error):
    return jsonify({"error": str(error), "code": "value"}), 422

@app.route("/loans", methods=["POST"])
def lend():
    if request.args.get("old"):
        raise ValueError("loans are closed")
    if request.args.get("copy"):
        return jsonify(error="no copy of {}".format(request.args.get("copy"))), 409
    if request.args.get("shelf"):
        abort(404, f"no shelf {request.args.get('shelf')} " f"{{of books}}")
    return as_json({"message": "lent"})
`),
  )
  expect(said(read)).toEqual([
    'IF, for POST /loans, the query parameter copy is missing and the query parameter old is missing and the query parameter shelf is there, THEN the service SHALL answer 404 and say "no shelf … {of books}".',
    'IF, for POST /loans, the query parameter copy is there and the query parameter old is missing, THEN the service SHALL answer 409 with error (string, required) and say "no copy of …".',
    'IF, for POST /loans, the query parameter old is there, THEN the service SHALL answer 422 with error (string, required), code (string, required, exactly "value") and say "loans are closed".',
    'WHEN a client sends POST /loans and the query parameter copy is missing and the query parameter old is missing and the query parameter shelf is missing, the service SHALL answer 200 with message (string, required, exactly "lent").',
  ])
})

test('decorators of methods of class-based views, those that the class lists, and objects that are called with the function run before it [SPEC-EXTRACT-06]', async () => {
  const views = (decorator: string) =>
    flask(`
class needs:
    def __init__(self, permission):
        self.permission = permission
    def __call__(self, fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            if not current_user.has(self.permission):
                abort(403, "Not yours")
            return fn(*args, **kwargs)
        return wrapper

class Books(MethodView):
    decorators = [login_required]
    ${decorator}
    def delete(self, id):
        return "", 204
    def get(self, id):
        return {"id": id}

app.add_url_rule("/books/<id>", view_func=Books.as_view("books"))
`)
  const [guarded, open] = [await extractFiles(views('@needs("delete")')), await extractFiles(views(''))]
  expect(said(guarded)).toEqual([
    'IF, for DELETE /books/{id}, `current_user.has("delete")` does not hold, THEN the service SHALL answer 403 and say "Not yours".',
    'IF, for DELETE /books/{id}, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /books/{id}, the caller is not signed in, THEN the service SHALL answer 401.',
    'WHEN a client sends DELETE /books/{id} and `current_user.has("delete")` holds, the service SHALL answer 204.',
    'WHEN a client sends GET /books/{id}, the service SHALL answer 200 with id (required).',
  ])
  const { drifts } = compareFacts(guarded.set.facts, open.set.facts)
  expect(drifts.map(({ kind, requirement }) => `${kind} ${requirement}`)).toContain('gone DELETE /books/{id}')
})

test('a schema of Marshmallow that a handler loads the request by bounds its body [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles(
    flask(`
class LoanSchema(Schema):
    title = fields.Str(required=True, validate=validate.Length(max=80))

@app.route("/loans", methods=["POST"])
def lend():
    try:
        data = LoanSchema().load(request.get_json())
    except ValidationError as error:
        return jsonify({"errors": error.messages}), 422
    return {"title": data["title"]}, 201
`),
  )
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toEqual([
    { type: 'model', name: 'LoanSchema' },
  ])
  expect(factsOf(set.facts, 'model')[0]?.fields).toEqual([
    {
      name: 'title',
      shape: { type: 'string' },
      isRequired: true,
      constraints: [{ keyword: 'maxLength', value: 80 }],
    },
  ])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([400, 422])
})

const go = (check: string) => ({
  'go.mod': 'module app\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
  'main.go': `package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

type loan struct {
	Title string \`json:"title"\`
	Days  int    \`json:"days"\`
	Mode  string \`json:"mode"\`
}

func (l *loan) validate() error {
	if l.Title == "" {
		return errors.New("no title")
	}
	switch l.Mode {
	case "desk", "post":
	default:
		return errors.New("no such mode")
	}
	return nil
}

func lend(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "broken", http.StatusInternalServerError)
		return
	}
	l := &loan{Days: 7}
	if err := json.Unmarshal(text, l); err != nil {
		http.Error(w, "no loan", http.StatusBadRequest)
		return
	}
	${check}
	w.WriteHeader(http.StatusNoContent)
}

func extend(c *gin.Context) {
	var l loan
	if err := c.ShouldBindJSON(&l); err != nil {
		c.JSON(400, gin.H{"error": "no loan"})
		return
	}
	if l.Days > 30 {
		c.JSON(400, gin.H{"error": "too long"})
		return
	}
	c.JSON(200, gin.H{"days": l.Days})
}

func main() {
	http.HandleFunc("POST /loans", lend)
	engine := gin.Default()
	engine.POST("/extend", extend)
	go engine.Run(":81")
	http.ListenAndServe(":80", nil)
}
`,
})
const checked = `if l.Days < 1 || l.Days > 90 {
		http.Error(w, "days", http.StatusBadRequest)
		return
	}
	if err = l.validate(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}`

test('what code of Go asks of a thing that it filled from the request, by itself or in a function that gives an error, bounds the body of that operation [SPEC-EXTRACT-05]', async () => {
  const read = await extractFiles(go(checked))
  const field = (name: string, type: 'string' | 'integer', constraints: object[], isRequired = false) => ({
    name,
    shape: { type },
    isRequired,
    constraints,
  })
  const byPath = new Map(
    factsOf(read.set.facts, 'operation').map(({ id, path }) => [
      path,
      factsOf(read.set.facts, 'body').find(({ operation }) => operation === id)?.shape,
    ]),
  )
  expect(byPath.get('/loans')).toEqual({
    type: 'object',
    fields: [
      field('title', 'string', [{ keyword: 'minLength', value: 1 }], true),
      field(
        'days',
        'integer',
        [
          { keyword: 'minimum', value: 1 },
          { keyword: 'maximum', value: 90 },
        ],
        true,
      ),
      field('mode', 'string', [{ keyword: 'enum', value: ['desk', 'post'] }], true),
    ],
  })
  expect(byPath.get('/extend')).toEqual({
    type: 'object',
    fields: [
      field('title', 'string', []),
      field('days', 'integer', [{ keyword: 'maximum', value: 30 }]),
      field('mode', 'string', []),
    ],
  })
  expect(said(read)).toContain(
    'IF, for POST /extend, the body can not be read, THEN the service SHALL answer 400 with error (string, required) and say "no loan".',
  )
})

test('a check that moves into a function of its own is no drift, one that goes is [SPEC-DRIFT-01]', async () => {
  const inline = await extractFiles(
    go(`if l.Days < 1 {
		http.Error(w, "days", http.StatusBadRequest)
		return
	}`),
  )
  const files = go(`if !isLong(l) {
		http.Error(w, "days", http.StatusBadRequest)
		return
	}`)
  const moved = await extractFiles({
    ...files,
    'main.go': `${files['main.go']}
func isLong(l *loan) bool {
	if l.Days < 1 {
		return false
	}
	return true
}
`,
  })
  const gone = await extractFiles(go(''))
  expect(compareFacts(inline.set.facts, moved.set.facts).drifts).toEqual([])
  expect(compareFacts(inline.set.facts, gone.set.facts).drifts.map(({ factKind }) => factKind)).toContain(
    'error',
  )
})

test('what a name stands for after branches is told by what the branches asked [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'server.js': `const express = require('express')
const app = express()
app.get('/loans', (req, res) => {
  let code = 200
  if (!req.query.reader) code = 400
  else if (req.query.reader === 'nobody') code = 404
  if (code !== 200) return res.status(code === 400 ? 400 : 404).json({ error: 'no reader', code: 'E1' })
  res.json({ loans: [] })
})
`,
  })
  expect(said(read).slice(-1)).toEqual([
    'WHEN a client sends GET /loans and the query parameter reader is not "nobody" and the query parameter reader is there, the service SHALL answer 200 with loans (a list, required).',
  ])
})

test('a field that is null or what nobody knows is not said to be null [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'server.js': `const express = require('express')
const app = express()
const counts = new Map()
app.get('/plan', (req, res) => {
  const plan = planOf(req)
  res.json({ startS: plan === null ? null : plan.startS, end: plan ? plan.end : null, gone: null })
})
app.get('/count', (req, res) => {
  res.json(counts.get(req.params.day) ?? { day: '', count: 0, last: null, state: 'empty' })
})
`,
  })
  expect(said(read).slice(-2)).toEqual([
    'WHEN a client sends GET /count, the service SHALL answer 200.',
    'WHEN a client sends GET /plan, the service SHALL answer 200 with startS (required), end (required), gone (null, required).',
  ])
})

test('a module of TypeScript whose default is required with its name is read [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'src/app.ts': `import express from 'express'
async function start() {
  const app = express()
  await require('./loader').default({ app })
}
start()
`,
    'src/loader.ts': `export default async ({ app }) => {
  app.get('/status', (req, res) => { res.status(200).end() })
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /status'])
})

test('a flag of a package of Go that something sets may be either way while a request is answered [SPEC-EXTRACT-10]', async () => {
  const service = (setting: string) => ({
    'go.mod': 'module app\n',
    'config/config.go': 'package config\n\nvar IsOpen = true\n',
    'main.go': `package main

import (
	"app/config"
	"net/http"
)

func loans(w http.ResponseWriter, r *http.Request) {
	if !config.IsOpen {
		http.Error(w, "closed", 503)
		return
	}
	w.WriteHeader(204)
}

func main() {
	${setting}
	http.HandleFunc("GET /loans", loans)
	http.ListenAndServe(":80", nil)
}
`,
  })
  expect(said(await extractFiles(service('config.IsOpen = len(os.Args) > 1')))).toEqual([
    'IF, for GET /loans, `config.IsOpen` does not hold, THEN the service SHALL answer 503 with string and say "closed".',
    'WHEN a client sends GET /loans and `config.IsOpen` holds, the service SHALL answer 204.',
  ])
  expect(said(await extractFiles(service('')))).toEqual([
    'WHEN a client sends GET /loans, the service SHALL answer 204.',
  ])
})

test("inputs that code of Go goes through by their names are read where it tells them apart, also by Gin's request [SPEC-PACKS-01]", async () => {
  const { set } = await extractFiles({
    'go.mod': 'module app\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

func narrow(filter map[string][]string) int {
	count := 0
	for name, values := range filter {
		switch name {
		case "title", "author":
			count += len(values)
		case "limit":
			count++
		case "state":
			fallthrough
		case "kind":
			count += 2
		case "page":
			continue
		case "sort":
		default:
			if name == "trace" {
				continue
			}
		}
	}
	return count
}

func main() {
	engine := gin.Default()
	engine.GET("/loans", func(c *gin.Context) {
		c.JSON(200, gin.H{"count": narrow(c.Request.URL.Query())})
	})
}
`,
  })
  expect(
    factsOf(set.facts, 'parameter')
      .map((one) => `${one.in} ${one.name}`)
      .toSorted(),
  ).toEqual(['query author', 'query kind', 'query limit', 'query state', 'query title'])
})

test('paths that are made from a table of them, below a setting with a default, are read [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'routes.js': `const base = (process.env.BASE_URL || '').replace(/\\/+$/, '')
const routes = { all: '/loans', one: '/loans/:id' }
exports.routes = Object.fromEntries(Object.entries(routes).map(([name, path]) => [name, base + path]))
`,
    'app.js': `const express = require('express')
const { routes } = require('./routes')
const app = express()
app.get(routes.all, (req, res) => res.json([]))
app.delete(routes.one, (req, res) => res.status(204).end())
`,
  })
  expect(factsOf(set.facts, 'operation').map((one) => `${one.grade} ${operationTitle(one)}`)).toEqual([
    'proved GET /loans',
    'proved DELETE /loans/{id}',
  ])
})

test('an entry point of Spring Security that writes an answer without a status refuses with none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/app/Loans.java': `package app;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
@RestController
class Loans {
  @GetMapping("/loans") String all() { return "all"; }
}
`,
    'src/main/java/app/Security.java': `package app;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
class Entry implements AuthenticationEntryPoint {
  @Override public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException error) throws java.io.IOException {
    response.getWriter().println("{}");
  }
}
class Security {
  Object chain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(handling -> handling.authenticationEntryPoint(new Entry()))
        .build();
  }
}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([])
  expect(factsOf(set.facts, 'guard').map(({ guard }) => guard)).toEqual(['authentication'])
})

test('an error of which only a part of its condition is known says so, and one that follows from every way is said of all [SPEC-EXTRACT-06]', async () => {
  const read = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const { charge } = require('somewhere')
const app = require('express')()
app.post('/pay', (req, res) => {
  charge((err) => {
    if (err && err.type === 'card') return res.redirect('/pay')
    res.redirect('/pay')
  })
})
app.get('/many', (req, res) => {
  if (!req.query.a || !req.query.b) {
    if (!req.query.c || !req.query.d) {
      if (!req.query.e || !req.query.f) {
        if (!req.query.g || !req.query.h) return res.status(409).end()
      }
    }
  }
  res.json({})
})
`,
  })
  const found = said(read)
  expect(found).toContain('WHEN a client sends POST /pay, the service SHALL answer 302.')
  expect(found.filter((one) => one.includes('409'))).toEqual([
    // Sixteen cases in which a request is refused are more than anybody would check.
    'GET /many may answer 409. (Open: when.)',
  ])
})

test('what a handler of FastAPI gives back is answered as the model that its route names, else as its own type [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'main.py': `
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from somewhere import find, Row

class Pet(BaseModel):
    name: str

class Stored:
    def __init__(self, secret):
        self.secret = secret

app = FastAPI()

@app.get("/named", response_model=Pet)
def named():
    return Stored("x")

@app.get("/listed", response_model=list[Pet])
def listed():
    return [Stored("x")]

@app.get("/typed")
def typed() -> Pet:
    return Stored("x")

@app.get("/plain", response_model=None)
def plain() -> Pet:
    return {"a": 1}

@app.get("/whole")
def whole() -> JSONResponse:
    return {"b": 1}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const shapes = factsOf(set.facts, 'response')
    .map(({ operation, shape }) => `${titles.get(operation)} ${sayShape(shape)}`)
    .toSorted()
  expect(shapes).toEqual([
    '/listed a list of Pet',
    '/named Pet',
    '/plain a (number, required, exactly 1)',
    '/typed Pet',
    '/whole b (number, required, exactly 1)',
  ])
})

test('what may be one of several things is called as code calls it, and which of several statuses comes is not made up [SPEC-EXTRACT-06]', async () => {
  const app = (names: { known: string; status: string }) => ({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const { find, left } = require('somewhere')
const app = require('express')()
app.get('/pets/:id', (req, res) => {
  const ${names.known} = left() || find(req.params.id)
  if (!${names.known}) return res.status(404).end()
  let ${names.status} = 0
  for (const one of find('all')) {
    if (one.isBusy) ${names.status} = 409
    else ${names.status} = 423
  }
  if (${names.status} > 0) return res.status(${names.status}).end()
  res.json({})
})
`,
  })
  const read = await extractFiles(app({ known: 'pet', status: 'status' }))
  expect(said(read).filter((one) => !one.includes('answer 200'))).toEqual([
    'GET /pets/{id} may answer 409, only where `status` is greater than 0. (Open: when.)',
    'GET /pets/{id} may answer 423, only where `status` is greater than 0. (Open: when.)',
    'IF, for GET /pets/{id}, `somewhere.find(path.id)` is missing and `somewhere.left()` is missing, THEN the service SHALL answer 404.',
  ])
  expect(read.set.questions.map(({ text, path, line }) => `${text} ${path}:${line}`)).toEqual([
    'When does GET /pets/{id} answer 409, 423? app.js:12',
  ])
  const renamed = await extractFiles(app({ known: 'animal', status: 'code' }))
  expect(compareFacts(read.set.facts, renamed.set.facts).drifts).toEqual([])
})

test('a file that Spring is given comes in a form [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/app/Pictures.java': `
package app;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;
@RestController
public class Pictures {
  @PostMapping("/pictures")
  public String add(@RequestParam("picture") MultipartFile picture, @RequestParam String title) { return title; }
}
`,
  })
  expect(factsOf(set.facts, 'parameter').map(({ in: place, name }) => `${place} ${name}`)).toEqual([
    'form picture',
    'query title',
  ])
})

test('statuses that a function of Go gives to what answers with them are told apart by when they come, through adapters too [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
)

type handleFunc func(w http.ResponseWriter, r *http.Request) (int, error)

func withUser(fn handleFunc) handleFunc {
	return func(w http.ResponseWriter, r *http.Request) (int, error) {
		if r.Header.Get("X-Auth") == "" {
			return http.StatusUnauthorized, nil
		}
		return fn(w, r)
	}
}

var find = withUser(func(w http.ResponseWriter, r *http.Request) (int, error) {
	if r.URL.Query().Get("q") == "" {
		return http.StatusNotFound, nil
	}
	return 0, nil
})

func handle(fn handleFunc) http.Handler {
	return stripped(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, _ := fn(w, r)
		if status != 0 {
			http.Error(w, strconv.Itoa(status), status)
		}
	}))
}

func stripped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) })
}

func main() {
	r := mux.NewRouter()
	r.Handle("/crates", handle(find)).Methods("GET")
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(said(read).filter((one) => one.startsWith('IF'))).toEqual([
    'IF, for GET /crates, the header X-Auth is empty, THEN the service SHALL answer 401.',
    'IF, for GET /crates, the header X-Auth is not empty and the query parameter q is empty, THEN the service SHALL answer 404.',
  ])
})

test('a folder that is required with a slash at its end is read [SPEC-EXTRACT-03]', async () => {
  const read = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'handlers/index.js': 'exports.list = (req, res) => res.status(201).end()',
    'app.js': `
const { list } = require('./handlers/')
require('express')().post('/pets', list)
`,
  })
  expect(said(read)).toEqual(['WHEN a client sends POST /pets, the service SHALL answer 201.'])
})

test('a field of what a model of Pydantic is made from is no default of it [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'main.py': `
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from somewhere import claims, find

class Token(BaseModel):
    sub: str | None = None

app = FastAPI()

@app.get("/me")
def me(token: str):
    found = find(Token(**claims(token)).sub)
    if not found:
        raise HTTPException(404)
    return {}
`,
  })
  expect(said(read)).toContain(
    'IF, for GET /me, `find(claims(query.token).sub)` is missing, THEN the service SHALL answer 404.',
  )
})

test('a question that moves into a function which gives its answer is no drift, another question is [SPEC-DRIFT-01]', async () => {
  const app = (asked: { missing: string; foreign: string }, helpers = '') =>
    extractFiles({
      'requirements.txt': 'fastapi\n',
      'main.py': `
from fastapi import FastAPI, HTTPException
from somewhere import find, caller

app = FastAPI()
${helpers}
@app.get("/pets/{id}")
def pet(id: int):
    pet = find(id)
    if ${asked.missing}:
        raise HTTPException(404)
    if ${asked.foreign}:
        raise HTTPException(403)
    return {}
`,
    })
  const inline = await app({ missing: 'not pet', foreign: 'pet.owner and pet.owner != caller.id' })
  const moved = await app(
    { missing: 'is_missing(pet)', foreign: 'is_foreign(pet)' },
    `
def is_missing(found):
    return not found

def is_foreign(one):
    return one.owner and one.owner != caller.id
`,
  )
  const other = await app({ missing: 'not pet', foreign: 'pet.owner and pet.keeper != caller.id' })
  expect(compareFacts(inline.set.facts, moved.set.facts).drifts).toEqual([])
  expect(compareFacts(inline.set.facts, other.set.facts).drifts).not.toEqual([])
})

test('what a thing is asked with is told by its values [SPEC-DRIFT-01]', async () => {
  const app = (id: string) =>
    extractFiles({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const { Pet } = require('somewhere')
require('express')().get('/pets/:id', async (req, res) => {
  const pet = await Pet.findOne({ where: { id: req.params.${id} } })
  if (!pet) return res.status(404).end()
  res.json({})
})
`,
    })
  const [right, wrong] = [await app('id'), await app('key')]
  expect(said(right)[0]).toBe(
    'IF, for GET /pets/{id}, `somewhere.Pet.findOne({where: {id: path.id}})` is missing, THEN the service SHALL answer 404.',
  )
  expect(compareFacts(right.set.facts, wrong.set.facts).drifts).not.toEqual([])
})

const express = (code: string) => ({
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'server.js': `const express = require('express')\nconst app = express()\n${code}`,
})

test('of a value that a helper gives in several ways only what all of them say is said [SPEC-EXTRACT-10]', async () => {
  const read = await extractFiles(
    express(`
function standing(user) {
  if (!user.isPaying) return { active: true, reason: 'trial' }
  if (user.isLate) return { active: false, reason: 'late', sinceDays: 3 }
  return { active: true, reason: 'paid' }
}
const masked = (text) => (text ? text.slice(0, 2) + '***' : null)
app.get('/standing', (req, res) => {
  res.json({ standing: standing(req.user), key: masked(req.user.key), tools: [{ name: 'saw' }, { name: 'axe', edge: 2 }] })
})
`),
  )
  expect(said(read).slice(-1)).toEqual([
    'WHEN a client sends GET /standing, the service SHALL answer 200 with standing (active (boolean, required, one of false, true), reason (string, required, one of "late", "paid", "trial"), sinceDays (number, exactly 3), required), key (string or null, required), tools (a list of name (string, required, one of "axe", "saw"), edge (number, exactly 2), required).',
  ])
})

test('a status that may be one that is not known is asked for, and one of two comes when it does [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles(
    express(`
const { Gone, talk } = require('far-away')
app.get('/made', (req, res) => {
  res.status(req.query.again ? 409 : 201)
  res.json({ id: 1 })
})
app.get('/far', () => { throw new Gone('far') })
app.get('/near', () => { throw new Error('near') })
app.get('/handed', (req, res) => { res.status(talk(req).code).json({}) })
app.use((err, req, res, next) => { res.status(err.status || 500).json({ message: err.message }) })
`),
  )
  expect(
    factsOf(set.facts, 'error')
      .map(({ status, message, grade }) => `${status} ${message} ${grade}`)
      .toSorted(),
  ).toEqual(['409  proved', '500 far open', '500 near proved'])
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([201])
  expect(set.questions.map(({ text }) => text)).toContain('Which status does the answer of GET /handed have?')
})

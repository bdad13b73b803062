import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a status that middleware refuses with is none of the handler after it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
const check = (req, res, next) => {
  if (req.get('x-role') === 'admin') return next()
  return res.status(403).json({ error: 'no' })
}
app.get('/a', check, (req, res) => res.json({ a: 1 }))
app.listen(1)
`,
    }),
  )
  expect(found.statuses['GET /a']).toEqual([200, 403])
})

test('what a module sets later is not known to be nothing while handlers run [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
let database = null
const app = express()
const open = () => { database = connect() }
app.get('/a', (req, res) => {
  if (!database) return res.status(503).end()
  res.json(database.all())
})
open()
app.listen(1)
`,
    }),
  )
  expect(found.statuses['GET /a']).toEqual([200, 503])
})

test('a server that holds its router is made and then started by who makes it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'server.js': `
import express from 'express'
export class Server {
  constructor() { this.app = express() }
  async routes() { this.app.get('/a', (req, res) => res.json([])) }
}
export async function start() {
  const server = new Server()
  await server.routes()
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /a'])
})

test('patterns of Django are read from the root that nothing includes, through lists that are added to [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\n',
      'site/__init__.py': '',
      'site/urls.py': `
from django.urls import include, path
from elsewhere import extra_patterns
urlpatterns = [path("api/", include("site.api"))]
urlpatterns += extra_patterns()
`,
      'site/api.py': `
from django.urls import include, path
from elsewhere import routers
from rest_framework import viewsets
class Books(viewsets.ReadOnlyModelViewSet):
    lookup_field = "isbn"
class Pages(viewsets.ReadOnlyModelViewSet):
    pass
router = routers.DefaultRouter(trailing_slash=False)
router.register("books", Books, [routers.Nested("pages", Pages)])
urlpatterns = [path("v1/", include(router.urls))]
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /api/v1/books',
    'GET /api/v1/books/{isbn}',
    'GET /api/v1/books/{isbn}/pages',
    'GET /api/v1/books/{isbn}/pages/{id}',
  ])
})

test('a field whose value asks for a member of its own name does not stop reading [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
class Codes { static code = Codes.code; code = this.code }
const app = express()
app.get('/a', (req, res) => { if (Codes.code) res.status(404).end(); else res.json(new Codes().code) })
`,
    }),
  )
  expect(found.operations).toEqual(['GET /a'])
})

test('a part that the path does not have is nothing, and a text with a known part is not empty [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const app = express()
const read = (req, res) => {
  if (!req.params.id) return res.status(412).end()
  const key = 'item ' + req.params.id
  if (key === '') return res.status(418).end()
  res.json({})
}
app.get(['/a', '/a/:id'], read)
app.listen(1)
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /a': [412], 'GET /a/{id}': [200] })
})

test('fields are called as Jackson is told to write them, and lists of pydantic are bounded by counts [SPEC-PACKS-02]', async () => {
  const java = summarize(
    await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
      'A.java': `
package a;
import com.fasterxml.jackson.databind.*;
import jakarta.validation.constraints.*;
import org.springframework.web.bind.annotation.*;
@RestController
class A {
  @PostMapping("/a") public String add(@RequestBody Thing thing) { return ""; }
  @Bean ObjectMapper mapper() { return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE); }
}
class Thing { @NotNull @Size(min = 1) private String owningApplication; private String name; }
`,
    }),
  )
  expect(java.parameters).toEqual({ 'POST /a': ['body name', 'body owning_application'] })
  expect(java.constraints).toEqual({ 'POST /a': ['body.owning_application minLength 1'] })
  const python = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi',
      'app.py': `
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
class Batch(BaseModel):
    ids: list[str] = Field(min_length=1, max_length=50)
    name: str = Field(min_length=2)
@app.post("/b")
def add(batch: Batch):
    return batch
`,
    }),
  )
  expect(python.constraints).toEqual({
    'POST /b': ['body.ids maxItems 50', 'body.ids minItems 1', 'body.name minLength 2'],
  })
})

test('a handler of Go that ends without an answer answers 200, one that only refuses does not [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module a\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
      'main.go': `
package main
import "github.com/gin-gonic/gin"
func remove(c *gin.Context) {
	if c.Query("id") == "" {
		c.AbortWithStatus(400)
		return
	}
	drop(c.Query("id"))
}
func never(c *gin.Context) { c.AbortWithStatus(501) }
func main() {
	r := gin.New()
	r.DELETE("/a", remove)
	r.GET("/b", never)
	r.Run()
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'DELETE /a': [200, 400], 'GET /b': [501] })
})

test('an error lacks what only errors of a database have, so a filter that asks for it does not answer for it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
      'app.ts': `
import { ArgumentsHost, Catch, Controller, ExceptionFilter, ForbiddenException, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
@Catch()
class Filter implements ExceptionFilter {
  catch(exception: any, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse()
    if (exception.status === 403) response.status(404).json({})
    else if (exception.code === '23505') response.status(409).json({})
    else response.status(500).json({})
  }
}
@Controller('a')
class A {
  @Get()
  one() {
    if (Math.random() > 0.5) throw new ForbiddenException()
    return []
  }
}
@Module({ controllers: [A] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.useGlobalFilters(new Filter())
  await app.listen(1)
}
bootstrap()
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /a': [200, 404] })
})

test('many classes of one name that extend each other are each asked once [SPEC-PACKS-01]', async () => {
  const files: Record<string, string> = {
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI
from m0 import Meta
app = FastAPI()
@app.get("/a")
def one(meta: Meta):
    return meta.unknown()
`,
  }
  for (let at = 0; at < 24; at++)
    files[`m${at}.py`] =
      `from m${at + 1} import Meta as Above\nclass Meta(Above):\n    pass\nclass B${at}(Meta):\n    pass\n`
  const found = summarize(await extractFiles(files))
  expect(found.operations).toEqual(['GET /a'])
})

test('statuses that are told apart by their constants are known apart [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module shelf\n\nrequire github.com/gin-gonic/gin v1.9.1\n',
      'main.go': `
package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type session struct{ Status int }

func refused() *session { return &session{Status: http.StatusUnauthorized} }

func (s *session) abort(c *gin.Context) {
	switch s.Status {
	case http.StatusUnauthorized:
		c.AbortWithStatusJSON(s.Status, gin.H{})
	case http.StatusTooManyRequests:
		c.AbortWithStatusJSON(429, gin.H{})
	default:
		c.AbortWithStatusJSON(403, gin.H{})
	}
}

func main() {
	r := gin.New()
	r.GET("/a", func(c *gin.Context) { refused().abort(c) })
	r.Run()
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /a': [401] })
})

test("Go's FormValue reads the body where the method has one, else the query [SPEC-PACKS-01]", async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import "net/http"

func crate(w http.ResponseWriter, r *http.Request) { w.Write([]byte(r.FormValue("name"))) }

func main() {
	http.HandleFunc("GET /crates", crate)
	http.HandleFunc("POST /crates", crate)
	http.ListenAndServe(":1", nil)
}
`,
  })
  const operations = new Map(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, fact.method] as const] : [])),
  )
  const read = set.facts.flatMap((fact) =>
    fact.kind === 'parameter' ? [`${operations.get(fact.operation)} ${fact.in} ${fact.name}`] : [],
  )
  expect(read.toSorted()).toEqual(['GET query name', 'POST form name'])
})

test('a module whose default is a function or a class without a name, or that is one function, is read [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'app.ts': `
import Fastify from 'fastify'
import readers from './readers.ts'
const app = Fastify()
app.register(readers, { prefix: '/readers' })
`,
      'readers.ts': `export default async function (app) { app.get('/:id', async () => ({})) }\n`,
      'other/server.js': `
const express = require('express')
module.exports = async (settings) => {
  const app = express()
  app.get('/other', (req, res) => res.status(204).end())
  return app.listen(settings.port)
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /other', 'GET /readers/{id}'])
})

test('a module of the repository that is called as a framework is not taken for it elsewhere [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'tornado\n',
      'press/config/tornado.py': 'PORT = 1\n',
      'press/app.py': `
import tornado.web

class Health(tornado.web.RequestHandler):
    def get(self):
        self.write("ok")

app = tornado.web.Application([(r"/health", Health, None, "health")])
`,
    }),
  )
  expect(found.operations).toEqual(['GET /health'])
})

test('of a handler whose code is not here no answer is said [SPEC-PACKS-01]', async () => {
  const { operations, statuses } = summarize(
    await extractFiles({
      'server.js': `
const Hapi = require('@hapi/hapi')
const loans = require('loans-of-others')
const server = Hapi.server()
server.route({ method: 'GET', path: '/loans', handler: loans.list })
server.start()
`,
    }),
  )
  expect(operations).toEqual(['GET /loans'])
  expect(statuses).toEqual({})
})

test('what an operation answers is asked where its code is here and no answer was found in it [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `const express = require('express')
const app = express()
app.get('/tides', (req, res) => { tides.stream(req.query.at) })
app.post('/tides', (req, res) => { queue.push(req.body.at) })
app.get('/moon', (req, res) => res.json({}))
app.listen(80)
`,
  })
  expect(set.questions.map(({ text }) => text)).toEqual(['What do GET /tides and 1 more answer?'])
})

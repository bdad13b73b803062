import { expect, test } from 'vitest'
import { missingIn } from '../../src/extract/shown.ts'
import type { Fact, OperationFact } from '../../src/facts/fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** Of each sentence of these kinds its spans, and what none of them shows. */
async function shownOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one]))
  const operationOf = (fact: Fact): OperationFact | null =>
    fact.kind === 'operation' ? fact : 'operation' in fact ? (operations.get(fact.operation) ?? null) : null
  return new Map(
    set.facts
      .filter(({ kind }) => ['operation', 'parameter', 'body', 'model'].includes(kind))
      .map((fact) => {
        const operation = operationOf(fact)
        const texts = fact.evidence.map(({ path, startByte, endByte }) =>
          Buffer.from(files[path] ?? '')
            .subarray(startByte, endByte)
            .toString(),
        )
        const missing = missingIn(fact, texts, undefined, operation)
        return [
          sayFact(fact, operation ? operationTitle(operation) : ''),
          { texts, missing, fact, operation },
        ] as const
      }),
  )
}

const nothingMissing = (all: Awaited<ReturnType<typeof shownOf>>) =>
  [...all].flatMap(([said, { missing }]) => (missing.length > 0 ? [`${said}: ${missing.join(', ')}`] : []))

const quays = {
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/quay/Quays.java': `package quay;
import org.springframework.web.bind.annotation.*;
@RestController
@RequestMapping(Paths.QUAYS)
class Quays {
  @PostMapping("/{name}/boats")
  public Boat add(@PathVariable String name, @RequestBody Boat boat) { return boat; }
  @GetMapping("/search")
  public String search(@RequestParam Flag flag, @RequestParam(defaultValue = Paths.SORT) String sort) { return ""; }
}
`,
  'src/main/java/quay/Paths.java': `package quay;
class Paths {
  static final String ROOT = "/harbour";
  static final String QUAYS = ROOT + "/quays";
  static final String SORT = "by-name";
}
`,
  'src/main/java/quay/Boat.java': 'package quay;\nclass Boat extends Vessel {\n  private Flag flag;\n}\n',
  'src/main/java/quay/Vessel.java':
    'package quay;\nabstract class Vessel {\n  private String title;\n  private Integer length;\n  public String getTitle() { return title; }\n}\n',
  'src/main/java/quay/Flag.java':
    'package quay;\nenum Flag {\n  RED, WHITE;\n  boolean isPlain() { return true; }\n}\n',
  'src/main/resources/application.properties': '# of the server\nserver.servlet.context-path=/north\n',
}

test('Java: spans have the annotation of the class, constants, settings, fields of a class above and what an enumeration has [SPEC-EXTRACT-06]', async () => {
  const all = await shownOf(quays)
  expect(nothingMissing(all)).toEqual([])
  const added = all.get('THE service SHALL answer POST /north/harbour/quays/{name}/boats.')
  expect(added?.texts[0]).toBe('@PostMapping("/{name}/boats")')
  expect(added?.texts).toContain('@RequestMapping(Paths.QUAYS)')
  expect(added?.texts).toContain('static final String ROOT = "/harbour";')
  expect(added?.texts).toContain('server.servlet.context-path=/north')
  const [, boat] = [...all].find(([said]) => said.startsWith('THE service SHALL use the model Boat')) ?? []
  expect(boat?.texts).toContain('private String title;\n  private Integer length;')
  expect(boat?.texts.some((text) => text.includes('extends Vessel'))).toBe(true)
  // Without the spans that lead there it is not shown.
  expect(added && missingIn(added.fact, added.texts.slice(0, 1))).toEqual(['north', 'harbour', 'quays'])
  expect(boat && missingIn(boat.fact, boat.texts.slice(0, 1))).toContain('title')
})

test('Go: spans have the constant of a group and what a helper reads a number with [SPEC-EXTRACT-06]', async () => {
  const all = await shownOf({
    'go.mod': 'module quay\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `package main

import (
	"strconv"

	"github.com/gin-gonic/gin"
)

const base = "/harbour/v2"

func number(text string) (uint64, error) {
	parsed, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0, err
	}
	return parsed, nil
}

func boat(c *gin.Context) {
	at, err := number(c.Param("boat"))
	if err != nil {
		c.JSON(400, gin.H{"error": "no boat"})
		return
	}
	c.JSON(200, gin.H{"at": at})
}

func main() {
	r := gin.New()
	quays := r.Group(base)
	quays.GET("/boats/:boat", boat)
	r.Run()
}
`,
  })
  expect(nothingMissing(all)).toEqual([])
  expect(all.get('THE service SHALL answer GET /harbour/v2/boats/{boat}.')?.texts).toContain(
    'const base = "/harbour/v2"',
  )
  const boat = all.get(
    'WHEN a client sends GET /harbour/v2/boats/{boat}, the service SHALL require the path parameter boat (integer).',
  )
  expect(boat?.texts.some((text) => text.includes('strconv.ParseUint(text'))).toBe(true)
})

test('Python: spans have the prefix of a router, the setting of a mount, and what asks for a dependency [SPEC-EXTRACT-06]', async () => {
  const all = await shownOf({
    'requirements.txt': 'fastapi\n',
    'settings.py': 'NORTH = "/harbour"\n',
    'main.py': `
import os
import settings
from fastapi import APIRouter, Depends, FastAPI, Query

LONGEST = 40

def paging(size: int = Query(20, le=LONGEST)):
    return size

def shown(paged=Depends(paging)):
    return paged

router = APIRouter(prefix="/boats")

@router.get("/{boat_id}")
def boat(boat_id: int, paged=Depends(shown)):
    return {}

app = FastAPI()
app.include_router(router, prefix=settings.NORTH)
if os.getenv("WITH_TIDES"):
    @app.get("/tides")
    def tides():
        return {}
`,
  })
  expect(nothingMissing(all)).toEqual([])
  const boat = all.get('THE service SHALL answer GET /harbour/boats/{boat_id}.')
  expect(boat?.texts).toContain('NORTH = "/harbour"')
  expect(boat?.texts).toContain('APIRouter(prefix="/boats")')
  const [, size] = [...all].find(([said]) => said.includes('query parameter size')) ?? []
  expect(size?.texts).toEqual([
    'size: int = Query(20, le=LONGEST)',
    'LONGEST = 40',
    'paged=Depends(paging)',
    'paged=Depends(shown)',
  ])
  // What stands only in the dependency is led to by nothing.
  expect(
    size &&
      missingIn(
        { ...size.fact, evidence: size.fact.evidence.slice(0, 1) },
        size.texts.slice(0, 1),
        undefined,
        size.operation,
      ),
  ).toEqual(['40', 'the operation'])
})

test('Flask: spans of a header have its constant and where what reads it is put before all requests [SPEC-EXTRACT-06]', async () => {
  const all = await shownOf({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Blueprint, Flask, g, request

MARK = "X-Harbour"
boats = Blueprint("boats", __name__)

def keep_harbour():
    g.harbour = request.headers.get(MARK)

@boats.route("/<name>")
def boat(quay, name):
    return {"name": name, "harbour": g.harbour}

def of_season(rule):
    return "/seasons/<season>{}".format(rule)

@boats.route(of_season("/log"))
def log(quay, season):
    return {"season": season}

app = Flask(__name__)
app.before_request(keep_harbour)
app.register_blueprint(boats, url_prefix="/<quay>/boats")
`,
  })
  expect(nothingMissing(all)).toEqual([])
  const [, header] = [...all].find(([said]) => said.includes('the header x-harbour')) ?? []
  expect(header?.texts).toContain('MARK = "X-Harbour"')
  expect(header?.texts).toContain('app.before_request(keep_harbour)')
  // A helper makes a path of two texts.
  expect(all.get('THE service SHALL answer GET /{quay}/boats/seasons/{season}/log.')?.texts).toContain(
    'return "/seasons/<season>{}".format(rule)',
  )
  const [, quay] = [...all].find(([said]) => said.includes('path parameter quay')) ?? []
  expect(quay?.texts).toContain('app.register_blueprint(boats, url_prefix="/<quay>/boats")')
})

test('JavaScript: spans have a global prefix, the decorator of a parameter, fields of an object of queries, and schemas of other files [SPEC-EXTRACT-06]', async () => {
  const nest = await shownOf({
    'package.json':
      '{"dependencies":{"@nestjs/common":"10.0.0","@nestjs/core":"10.0.0","class-validator":"0.14.0"}}',
    'src/settings.ts': `export const prefix = 'harbour/v1'\nexport const longest = 40\n`,
    'src/main.ts': `
import { NestFactory } from '@nestjs/core'
import { prefix } from './settings'
import { AppModule } from './app.module'
async function start() {
  const app = await NestFactory.create(AppModule)
  app.setGlobalPrefix(prefix)
  await app.listen(3000)
}
start()
`,
    'src/app.module.ts': `
import { Module } from '@nestjs/common'
import { Boats } from './boats.controller'
@Module({ controllers: [Boats] })
export class AppModule {}
`,
    'src/boats.controller.ts': `
import { Controller, Get, Query } from '@nestjs/common'
import { Search } from './search'
@Controller('boats')
export class Boats {
  @Get()
  find(@Query() search: Search) { return [] }
}
`,
    'src/search.ts': `
import { IsInt, Max } from 'class-validator'
import { longest } from './settings'
export class Search {
  @IsInt()
  @Max(longest)
  size: number
}
`,
  })
  expect(nothingMissing(nest)).toEqual([])
  expect(nest.get('THE service SHALL answer GET /harbour/v1/boats.')?.texts).toContain(
    `export const prefix = 'harbour/v1'`,
  )
  const [, size] = [...nest].find(([said]) => said.includes('query parameter size')) ?? []
  expect(size?.texts[0]).toBe('@Query() search: Search')
  expect(size?.texts).toContain('export const longest = 40')
  const fastify = await shownOf({
    'package.json': '{"dependencies":{"fastify":"5.0.0","@sinclair/typebox":"0.34.0"}}',
    'schema.ts': `
import { Type } from '@sinclair/typebox'
export const longest = 40
export const boat = Type.Object({
  title: Type.String({ maxLength: longest }),
  length: Type.Integer({ minimum: 3 }),
})
`,
    'app.ts': `
import Fastify from 'fastify'
import { boat } from './schema'
const app = Fastify()
app.post('/boats', { schema: { body: boat } }, async (request) => request.body)
app.listen({ port: 3000 })
`,
  })
  expect(nothingMissing(fastify)).toEqual([])
})

test('Dropwizard: spans of a bean have the parameter that takes it, and of a path the setting of the server [SPEC-EXTRACT-06]', async () => {
  const all = await shownOf({
    'pom.xml':
      '<project><dependencies><dependency><groupId>io.dropwizard</groupId><artifactId>dropwizard-core</artifactId></dependency></dependencies></project>',
    'config.yml': 'server:\n  rootPath: /harbour/*\n',
    'src/main/java/q/Paging.java':
      'package q;\nimport jakarta.ws.rs.QueryParam;\npublic class Paging {\n  @QueryParam("page")\n  Integer page;\n}\n',
    'src/main/java/q/Boats.java': `package q;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
@Path(Boats.PATH)
public class Boats {
  static final String PATH = "boats";
  @GET
  @Path("all")
  public Response all(@BeanParam Paging paging) { return Response.ok().build(); }
}
`,
  })
  expect(nothingMissing(all)).toEqual([])
  expect(all.get('THE service SHALL answer GET /harbour/boats/all.')?.texts).toContain('rootPath: /harbour/*')
  const [, page] = [...all].find(([said]) => said.includes('query parameter page')) ?? []
  expect(page?.texts).toContain('@BeanParam Paging paging')
})

test('a part of a request that is asked for by a constant shows what that is [SPEC-EXTRACT-02]', async () => {
  const all = await shownOf({
    'package.json': '{"dependencies":{"express":"5","cookie-parser":"1"}}',
    'src/names.js': `exports.berthCookie = 'berth_of'
`,
    'src/app.js': `const express = require('express')
const names = require('./names')
const app = express()
app.use(require('cookie-parser')())
app.get('/berth', (req, res) => res.json({ berth: req.cookies[names.berthCookie] }))
app.listen(80)
`,
  })
  expect([...all.keys()]).toContainEqual(expect.stringContaining('the cookie berth_of'))
  expect(nothingMissing(all)).toEqual([])
})

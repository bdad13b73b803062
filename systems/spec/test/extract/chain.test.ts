import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { shown } from '../../src/facts/expression.ts'
import { extractFiles } from '../packs/fixture.ts'

// Errors of an operation that are told, each with what its condition asks.
async function errorsOf(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { set } = await extractFiles(files)
  const names = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const found: Record<string, string[]> = {}
  for (const { operation, status, condition } of factsOf(set.facts, 'error')) {
    const said = condition
      .map((row) =>
        row
          .map(({ subject, op, value }) => `${shown(subject)} ${op} ${String(value ?? '')}`.trim())
          .join(' and '),
      )
      .join(' or ')
    ;(found[names.get(operation) ?? '?'] ??= []).push(`${status} ${said}`)
  }
  for (const all of Object.values(found)) all.sort()
  return found
}

test('what middleware of Express refused or set is not asked again by what comes after it [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const { Keepers, Cages } = require('./elsewhere')
const app = express()
async function keeper(req, res, next) {
  const found = await Keepers.byToken(req.get('X-Token'))
  if (!found) return res.status(401).end()
  req.keeper = found
  next()
}
async function guest(req, res, next) {
  req.guest = await Keepers.byToken(req.get('X-Token'))
  if (req.query.loud && req.guest) req.voice = 'loud'
  next()
}
function awake(req, res, next) {
  if (req.query.hour < 6) return res.status(409).end()
  next()
}
app.get('/cages', keeper, awake, async (req, res) => {
  if (!req.keeper) return res.status(403).end()
  if (req.query.hour < 6) return res.status(423).end()
  if (!req.keeper.cage) return res.status(404).end()
  res.json(await Cages.of(req.keeper.cage))
})
app.get('/yard', guest, async (req, res) => {
  if (!req.guest) return res.status(401).end()
  if (!req.voice) return res.status(406).end()
  res.json({})
})
app.get('/barn', (req, res, next) => (req.query.open ? next() : keeper(req, res, next)), (req, res) => {
  if (!req.keeper) return res.status(403).end()
  res.json({})
})
app.listen(1)
`,
  })
  expect(found['GET /cages']).toEqual([
    '401 ./elsewhere.Keepers.byToken(header.X-Token) absent',
    '404 req.keeper.cage absent',
    '409 query.hour < 6',
  ])
  expect(found['GET /yard']?.map((one) => one.slice(0, 3))).toEqual(['401', '406'])
  expect(found['GET /barn']?.map((one) => one.slice(0, 3))).toContain('403')
})

test('what a helper keeps on each way on which it comes back is there, and what is handed to other code hands on [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'package.json': '{"dependencies":{"hono":"4"}}',
    'app.ts': `
import { Hono } from 'hono'
import { scopes } from 'somewhere'
import { keys, sessions } from './elsewhere'
const app = new Hono()
async function known(c) {
  const key = c.req.header('X-Key')
  if (key) {
    const found = await keys.find(key)
    if (!found) throw Object.assign(new Error('key'), { status: 401 })
    c.set('member', found.ownerId)
    return
  }
  const session = await sessions.read(c.req.header('Cookie'))
  if (!session) throw Object.assign(new Error('session'), { status: 401 })
  c.set('member', session.memberId)
}
app.use('*', async (c, next) => {
  if (c.req.path === '/open') return next()
  return scopes.run(async () => {
    await known(c)
    return await scopes.with({}, next)
  })
})
app.get('/boats', (c) => {
  if (!c.get('member')) return c.text('who', 403)
  if (!c.get('harbour')) return c.text('where', 404)
  return c.json([])
})
app.get('/open', (c) => {
  if (!c.get('member')) return c.text('who', 403)
  return c.json([])
})
export default app
`,
  })
  expect(found['GET /boats']?.filter((one) => /^40[34]/.test(one))).toEqual(['404 c.get("harbour") absent'])
  expect(found['GET /open']?.filter((one) => one.startsWith('403'))).toHaveLength(1)
})

test('what middleware of Go sets in a context is there for its handlers [SPEC-PACKS-01]', async () => {
  const gin = await errorsOf({
    'go.mod': 'module kiosk\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `package main
import "github.com/gin-gonic/gin"
type Till struct { Coins int }
func WithTill(till *Till) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Set("till", till)
		c.Next()
	}
}
func Clerk(c *gin.Context) {
	name, err := readClerk(c.GetHeader("X-Clerk"))
	if err != nil {
		c.AbortWithStatusJSON(401, gin.H{"error": err.Error()})
		return
	}
	if c.Query("day") == "sunday" {
		c.Set("rest", true)
	}
	c.Set("clerk", name)
}
func till(c *gin.Context) *Till {
	found, exists := c.Get("till")
	if !exists { return nil }
	own, ok := found.(*Till)
	if !ok { return nil }
	return own
}
func show(c *gin.Context) {
	if till(c) == nil { c.AbortWithStatus(500); return }
	if _, ok := c.Get("clerk"); !ok { c.AbortWithStatus(403); return }
	if _, ok := c.Get("rest"); !ok { c.AbortWithStatus(404); return }
	c.JSON(200, gin.H{})
}
func bare(c *gin.Context) {
	if till(c) == nil { c.AbortWithStatus(500); return }
	c.JSON(200, gin.H{})
}
func main() {
	r := gin.New()
	r.GET("/bare", bare)
	r.Use(WithTill(&Till{}))
	r.GET("/sales", Clerk, show)
	r.Run()
}
`,
    'read.go': `package main
import "example.com/staff"
func readClerk(text string) (string, error) {
	clerk, err := staff.Read(text)
	if err != nil { return "", err }
	return clerk.Name, nil
}
`,
  })
  expect(gin['GET /sales']?.map((one) => one.slice(0, 3))).toEqual(['401', '404'])
  expect(gin['GET /bare']?.map((one) => one.slice(0, 3))).toEqual(['500'])
  const chi = await errorsOf({
    'go.mod': 'module kiosk\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
    'main.go': `package main
import (
	"context"
	"net/http"
	"github.com/go-chi/chi/v5"
	"example.com/staff"
)
type key string
const clerkKey key = "clerk"
func Clerk(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		clerk, err := staff.Read(r.Header.Get("X-Clerk"))
		if err != nil {
			http.Error(w, "who", 401)
			return
		}
		ctx := context.WithValue(r.Context(), clerkKey, clerk)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
func clerkOf(ctx context.Context) (*staff.Clerk, bool) {
	clerk, ok := ctx.Value(clerkKey).(*staff.Clerk)
	return clerk, ok
}
func show(w http.ResponseWriter, r *http.Request) {
	clerk, ok := clerkOf(r.Context())
	if !ok {
		http.Error(w, "no clerk", 500)
		return
	}
	if r.Context().Value("shop") == nil {
		http.Error(w, "no shop", 404)
		return
	}
	w.Write([]byte(clerk.Name))
}
func main() {
	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(Clerk)
		r.Get("/sales", show)
	})
	r.Get("/open", show)
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(chi['GET /sales']?.map((one) => one.slice(0, 3))).toEqual(['401', '404'])
  expect(chi['GET /open']?.map((one) => one.slice(0, 3))).toContain('500')
  const echo = await errorsOf({
    'go.mod': 'module kiosk\n\nrequire github.com/labstack/echo/v4 v4.0.0\n',
    'main.go': `package main
import (
	"net/http"
	"github.com/labstack/echo/v4"
)
type Desk struct { name string }
func WithDesk(desk *Desk) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.QueryParam("closed") != "" {
				return echo.NewHTTPError(http.StatusConflict)
			}
			c.Set("desk", &Desk{name: desk.name})
			return next(c)
		}
	}
}
func Handled(handle func(*Desk, echo.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		desk, ok := c.Get("desk").(*Desk)
		if !ok {
			return echo.ErrInternalServerError
		}
		return handle(desk, c)
	}
}
func show(desk *Desk, c echo.Context) error {
	if c.QueryParam("closed") != "" {
		return echo.NewHTTPError(http.StatusGone)
	}
	return c.JSON(200, desk)
}
func main() {
	e := echo.New()
	e.Use(WithDesk(&Desk{name: "a"}))
	e.GET("/desk", Handled(show))
	e.Start(":1")
}
`,
  })
  expect(echo['GET /desk']?.map((one) => one.slice(0, 3))).toEqual(['409'])
})

test('a hook of Fastify that one of several rules lets pass is told, and is not asked again [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'package.json': '{"dependencies":{"fastify":"4"}}',
    'app.ts': `
import fastify from 'fastify'
import { guests } from './elsewhere'
const app = fastify()
const isKeeper = { test: ({ visitor }) => Boolean(visitor && visitor.kind === 'keeper'), error: class extends Error { statusCode = 403 } }
const oneOf = (...rules) => async (request) => {
  if (!rules.some((rule) => rule.test(request))) throw new rules[0].error()
}
const known = async (request, reply) => {
  const visitor = await guests.find(request.headers['x-guest'])
  if (!visitor) return reply.code(401).send()
  request.visitor = visitor
}
app.get('/cages', { preHandler: [known, oneOf(isKeeper)] }, async ({ visitor }, reply) => {
  if (!visitor) return reply.code(410).send()
  if (visitor.kind !== 'keeper') return reply.code(500).send()
  return {}
})
app.listen({ port: 1 })
`,
  })
  expect(found['GET /cages']?.map((one) => one.slice(0, 3))).toEqual(['401', '403'])
})

test('what a hook of Flask asked and set is so for the view [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, g, request
from elsewhere import pilots
app = Flask(__name__)

@app.before_request
def pilot():
    found = pilots.find(request.headers.get("X-Pilot"))
    if found is None:
        abort(401)
    g.pilot = found

@app.get("/planes")
def planes():
    if g.pilot is None:
        abort(403)
    if not g.pilot.plane:
        abort(404)
    return {}
`,
  })
  expect(found['GET /planes']?.map((one) => one.slice(0, 3))).toEqual(['401', '404'])
})

test('what a guard of Nest asked and put into the request is so for its handlers [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
    'app.ts': `
import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, NotFoundException, ForbiddenException, Req, UnauthorizedException, UseGuards } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { badges } from './elsewhere'
@Injectable()
export class BadgeGuard implements CanActivate {
  async canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    const badge = await badges.read(request.headers['x-badge'])
    if (!badge) throw new UnauthorizedException()
    request.badge = badge
    return true
  }
}
@Controller('doors')
export class Doors {
  @Get()
  @UseGuards(BadgeGuard)
  list(@Req() request) {
    if (!request.badge) throw new ForbiddenException()
    if (!request.hall) throw new NotFoundException()
    return []
  }
}
@Module({ controllers: [Doors] })
export class App {}
async function start() { const app = await NestFactory.create(App); await app.listen(1) }
start()
`,
  })
  expect(found['GET /doors']?.map((one) => one.slice(0, 3))).toEqual(['401', '404'])
})

test('what a dependency of FastAPI gives whenever it comes back is there, any other may be missing [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import Depends, FastAPI, Header, HTTPException
from elsewhere import divers
app = FastAPI()

def diver(x_diver: str = Header()):
    found = divers.find(x_diver)
    if found is None:
        raise HTTPException(401)
    return found

def guest(x_diver: str = Header()):
    return divers.find(x_diver)

@app.get("/dives")
def dives(who=Depends(diver)):
    if not who:
        raise HTTPException(403)
    return []

@app.get("/reefs")
def reefs(who=Depends(guest)):
    if not who:
        raise HTTPException(403)
    return []
`,
  })
  expect(found['GET /dives']?.map((one) => one.slice(0, 3))).toEqual(['401', '422'])
  expect(found['GET /reefs']?.map((one) => one.slice(0, 3))).toEqual(['403', '422'])
})

test('what is kept in a context of Go under constants of two types is told apart, and said by their names [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/till\n\ngo 1.24\n',
    'main.go': `package main

import (
	"context"
	"net/http"
)

type who int
type where int

const clerkKey who = iota
const shopKey where = iota

type Clerk struct{ Name string }

func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), clerkKey, &Clerk{Name: r.Header.Get("X-Clerk")})))
	})
}

func main() {
	m := http.NewServeMux()
	m.Handle("GET /shop", known(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Value(clerkKey) == nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if r.Context().Value(shopKey) == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})))
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(
    set.facts
      .flatMap((fact) =>
        fact.kind === 'error' || fact.kind === 'response'
          ? [`${fact.status} ${JSON.stringify(fact.condition)}`]
          : [],
      )
      .toSorted(),
  ).toEqual([
    '204 [[{"subject":"r.Context().Value(shopKey)","op":"present"}]]',
    '404 [[{"subject":"r.Context().Value(shopKey)","op":"absent"}]]',
  ])
})

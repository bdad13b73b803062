import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const guardsOf = async (files: Record<string, string>) =>
  factsOf((await extractFiles(files)).set.facts, 'guard')
    .map(({ guard, name, roles }) => `${guard} ${name} ${roles.join(',')}`.trim())
    .toSorted()

test('middleware that refuses is a guard, with the rights that it was made for; other middleware is none [SPEC-EXTRACT-06]', async () => {
  const app = (middleware: string) => ({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const passport = require('passport')
const cors = require('cors')
const helmet = require('helmet')
const auth = (...rights) => (req, res, next) => {
  if (!req.user) return res.status(401).json({})
  if (!rights.every((right) => req.user.rights.includes(right))) return res.status(403).json({})
  next()
}
const log = (req, res, next) => next()
const app = express()
app.use(cors(), helmet.frameguard(), log, passport.initialize(), passport.session())
app.get('/users', ${middleware}(req, res) => res.json([]))
`,
  })
  expect(await guardsOf(app("auth('getUsers'), "))).toEqual(['role auth getUsers'])
  expect(await guardsOf(app("passport.authenticate('jwt'), "))).toEqual([
    'authentication passport.authenticate jwt',
  ])
  expect(await guardsOf(app(''))).toEqual([])
})

test('middleware that a program makes as it begins asks for no text that stands beside it and that it does not name [SPEC-EXTRACT-06]', async () => {
  const app = (body: string) => ({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const begin = () => {
  const app = express()
  const files = '/files'
  const wanted = ['crew']
  const mayBoard = (user) => wanted.every((one) => user.rights.includes(one))
  app.use(files, express.static('out'))
  app.use((req, res, next) => {
    ${body}
    next()
  })
  app.get('/boats', (req, res) => res.json([]))
  app.listen(1)
}
begin()
`,
  })
  expect(await guardsOf(app('if (blocked(req.ip)) return res.status(403).send()'))).toEqual(['other begin'])
  expect(await guardsOf(app('if (!mayBoard(req.user)) return res.status(403).send()'))).toEqual([
    'role begin crew',
  ])
})

test('a decorator from outside that is named for it is a guard [SPEC-EXTRACT-06]', async () => {
  expect(
    await guardsOf({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask
from flask_login import login_required
from somewhere import timed
app = Flask(__name__)
@app.route("/me")
@login_required
@timed
def me():
    return {}
`,
    }),
  ).toEqual(['authentication flask_login.login_required'])
})

test('a session is no guard, and a status of an annotation is shown where it stands [SPEC-EXTRACT-06]', async () => {
  const files = {
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const session = require('express-session')
const app = require('express')()
app.use(session({ secret: 'x' }))
app.get('/a', (req, res) => res.json({}))
`,
  }
  expect(await guardsOf(files)).toEqual([])
  const { set } = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/lib/Pets.java': `
package lib;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
@RestController
public class Pets {
  @PostMapping("/pets")
  @ResponseStatus(HttpStatus.CREATED)
  public String add() { return "pet"; }
}
`,
  })
  const [response] = factsOf(set.facts, 'response')
  expect([response?.status, response?.evidence.map(({ line }) => line)]).toEqual([201, [9, 7]])
})

test('middleware that only says that the service broke is no guard, and a path of which nothing is known no operation [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import (
	"os"

	"github.com/gin-gonic/gin"
)

func recovered(c *gin.Context) {
	defer func() {
		if err := recover(); err != nil {
			c.AbortWithStatus(500)
		}
	}()
	c.Next()
}

func main() {
	r := gin.New()
	r.Use(recovered)
	r.GET("/crates", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.GET(os.Getenv("PATH_OF_METRICS"), func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.Run()
}
`,
  })
  expect(factsOf(set.facts, 'guard')).toEqual([])
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual(['/crates'])
  expect(set.questions.map(({ text }) => text)).toEqual(['Which path is routed here?'])
})

test('a guard is proved where its code refuses, of a framework where that is documented, and declared where only its name says so [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const passport = require('passport')
const { checkPermissions } = require('somewhere')
const app = require('express')()
const own = (req, res, next) => (req.user ? next() : res.status(401).end())
app.get('/own', own, (req, res) => res.json({}))
app.get('/known', passport.authenticate('jwt'), (req, res) => res.json({}))
app.get('/sent-away', passport.authenticate('x', { failureRedirect: '/' }), (req, res) => res.json({}))
app.get('/named', checkPermissions, (req, res) => res.json({}))
`,
  })
  const operations = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const by = (facts: readonly { operation: string; grade: string }[]) =>
    facts.map(({ operation, grade }) => `${operations.get(operation)} ${grade}`).toSorted()
  expect(by(factsOf(set.facts, 'guard'))).toEqual([
    '/known framework',
    '/named declared',
    '/own proved',
    '/sent-away declared',
  ])
  expect(by(factsOf(set.facts, 'error'))).toEqual(['/known framework', '/own proved'])
})

test('rules of Spring Security whose paths are only known at run time leave those after them unproved [SPEC-EXTRACT-06]', async () => {
  const program = (rule: string) => ({
    'pom.xml': '<project/>',
    'src/main/java/app/Security.java': `
package app;
import java.util.Set;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@Configuration
public class Security {
  private Set<String> open;
  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.authorizeRequests()${rule}.anyRequest().authenticated().and().build();
  }
}
`,
    'src/main/java/app/Pets.java': `
package app;
import org.springframework.web.bind.annotation.*;
@RestController
public class Pets {
  @GetMapping("/pets")
  public String list() { return "pet"; }
}
`,
  })
  const gradeOf = async (rule: string) =>
    factsOf((await extractFiles(program(rule))).set.facts, 'guard').map(({ grade }) => grade)
  expect(await gradeOf('.antMatchers("/open/**").permitAll()')).toEqual(['proved'])
  expect(await gradeOf('.antMatchers(open.toArray(new String[0])).permitAll()')).toEqual(['declared'])
})

test('what a route of FastAPI asks for guards it as what its router asks for does: both are told [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from people import caller
def need(*roles):
    allowed = frozenset(roles)
    async def check(user=Depends(caller)):
        if not (set(user.roles) & allowed):
            raise HTTPException(status_code=403, detail="none of the roles")
        return user
    return check
router = APIRouter(dependencies=[Depends(need("reader", "keeper"))])
@router.get("/shelves")
async def shelves():
    return []
@router.patch("/shelves/{shelf}", dependencies=[Depends(need("keeper"))])
async def change(shelf: str):
    return {}
app = FastAPI()
app.include_router(router)
`,
  })
  const [patched, listed] = ['PATCH', 'GET'].map((method) => {
    const operation = factsOf(set.facts, 'operation').find((one) => one.method === method)
    return factsOf(set.facts, 'guard').flatMap((one) => (one.operation === operation?.id ? [one.roles] : []))
  })
  expect(listed).toEqual([['keeper', 'reader']])
  expect(patched?.toSorted()).toEqual([['keeper'], ['keeper', 'reader']])
})

test('what makes a guard of Go is called by its package or type where its name says nothing, and what only says that it was too much is none [SPEC-EXTRACT-06]', async () => {
  const middleware = (name: string, key: string, status: number) => `${name} fiber.Handler {
	return func(c *fiber.Ctx) error {
		if c.Locals("${key}") == nil {
			return c.SendStatus(${status})
		}
		return c.Next()
	}
}
`
  const files = {
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gofiber/fiber/v2 v2.0.0\n',
    'main.go': `package main

import (
	"example.com/quay/badges"
	"example.com/quay/limiter"
	"example.com/quay/turns"
	"github.com/gofiber/fiber/v2"
)

func main() {
	app := fiber.New()
	app.Get("/berths", limiter.New(), badges.New(), turns.Login(), done)
	app.Get("/gates", (&badges.Door{}).Handle, done)
	app.Listen(":1")
}

func done(c *fiber.Ctx) error { return c.SendStatus(204) }
`,
    'limiter/limiter.go': `package limiter

import "github.com/gofiber/fiber/v2"

${middleware('func New()', 'calls', 429)}`,
    'turns/turns.go': `package turns

import "github.com/gofiber/fiber/v2"

${middleware('func Login()', 'turn', 429)}`,
    'badges/badges.go': `package badges

import "github.com/gofiber/fiber/v2"

type Door struct{}

func (d *Door) Handle(c *fiber.Ctx) error {
	if c.Locals("side") == nil {
		return c.SendStatus(403)
	}
	return c.Next()
}

${middleware('func New()', 'badge', 403)}`,
  }
  expect(await guardsOf(files)).toEqual(['limit limiter.New', 'other Door.Handle', 'other badges.New'])
  expect(summarize(await extractFiles(files)).statuses).toEqual({
    'GET /berths': [204, 403, 429],
    'GET /gates': [204, 403],
  })
})

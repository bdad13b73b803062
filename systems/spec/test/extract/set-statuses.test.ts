import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

/** What a service says it answers, and when. */
async function answersOf(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { set } = await extractFiles(files)
  const names = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const found: Record<string, string[]> = {}
  for (const fact of set.facts)
    if (fact.kind === 'response' || (fact.kind === 'error' && fact.grade !== 'framework')) {
      const when = (fact.condition ?? [])
        .map((row) =>
          row
            .map(({ subject, op, value }) =>
              [subject.replaceAll(/[‹›]|#\d+/g, ''), op, value]
                .filter((part) => part !== undefined)
                .join(' '),
            )
            .join(' and '),
        )
        .join(' or ')
      const told = fact.grade === 'open' ? `${fact.status}?` : `${fact.status}`
      ;(found[names.get(fact.operation) ?? '?'] ??= []).push(`${told} ${when}`.trim())
    }
  return Object.fromEntries(Object.entries(found).map(([name, list]) => [name, list.toSorted()]))
}

test('a status that FastAPI code sets on its answer is the one of what it returns then [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, Response
from dock import berth, find, state
app = FastAPI()
@app.post("/boats")
def make(name: str, response: Response):
    response.status_code = 201 if berth(name) else 200
    return name
@app.put("/boats/{boat}")
def put(boat: str, response: Response):
    if not find(boat):
        response.status_code = 201
    return boat
@app.delete("/boats/{boat}", status_code=204)
def sink(boat: str, response: Response, reason: str = ""):
    if reason == "none":
        response.status_code = 404
        return None
    return None
@app.get("/boats/{boat}")
def show(boat: str, response: Response):
    response.status_code = state(boat)
    return boat
`,
  })
  expect(found).toEqual({
    'POST /boats': ['200 berth(query.name) absent', '201 berth(query.name) present'],
    'PUT /boats/{boat}': ['200 find(path.boat) present', '201 find(path.boat) absent'],
    'DELETE /boats/{boat}': ['204 reason != none', '404 reason == none'],
    'GET /boats/{boat}': ['200? ? true'],
  })
})

test('a list that FastAPI code asks for by its type alone is the body [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, Query
app = FastAPI()
@app.post("/crews")
def crew(names: list[str], tags: list[str] = Query(default=[])):
    return {}
`,
  })
  expect(summarize(extraction).parameters).toEqual({ 'POST /crews': ['query tags'] })
  expect(factsOf(extraction.set.facts, 'body')).toHaveLength(1)
})

test('of a known list what a test lets through is there where it holds [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
def check(names):
    too_long = sorted({name for name in names if len(name) > 10})
    if too_long:
        raise HTTPException(409)
@app.get("/crews/{name}")
def crew(name: str):
    check([name])
    return {}
`,
  })
  expect(found).toEqual({ 'GET /crews/{name}': ['200', '409 len(path.name) > 10'] })
})

test('of a body with a status that is not known nobody says that Flask answers 200 [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'requirements.txt': 'flask\nrequests\n',
    'app.py': `
import requests
from flask import Flask, request
app = Flask(__name__)
def ask():
    return requests.request(request.method, "http://dock" + request.full_path, json=request.get_json())
@app.route("/boats", methods=["PUT"])
def boats():
    seen = ask()
    return seen.content, seen.status_code, seen.headers.items()
@app.route("/crews")
def crews():
    return {"crews": []}, {"x-kind": "all"}
`,
  })
  expect(found).toEqual({ 'PUT /boats': ['200? ? true'], 'GET /crews': ['200'] })
})

test('a status that Go puts into the context of a request is that of what chi renders [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.2.0\n',
    'main.go': `package main

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/render"
)

type key string

func send(w http.ResponseWriter, r *http.Request, text string, code int) {
	ctx := context.WithValue(context.WithValue(r.Context(), render.StatusCtxKey, code), key("at"), 404)
	render.JSON(w, r.WithContext(ctx), map[string]string{"text": text})
}

func boat(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("name") == "" {
		send(w, r, "No name", http.StatusBadRequest)
		return
	}
	send(w, r, "Made", http.StatusCreated)
}

func main() {
	r := chi.NewRouter()
	r.Get("/boat", boat)
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(found).toEqual({ 'GET /boat': ['201 query.name !=', '400 query.name =='] })
})

test('Echo code asks the request of net/http by all of its names [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/labstack/echo/v4 v4.13.0\n',
      'main.go': `package main

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

func all(name string, values url.Values) []string {
	return values[name]
}

func boats(c echo.Context) error {
	ids := c.Request().URL.Query()["id"]
	tags := c.QueryParams()["tag"]
	from := c.QueryParams().Get("from")
	if c.Request().Header.Get("X-Dock") == "" {
		return c.NoContent(http.StatusBadRequest)
	}
	return c.JSON(http.StatusOK, []any{ids, tags, from, all("berth", c.QueryParams())})
}

func main() {
	e := echo.New()
	e.GET("/boats", boats)
	e.Start(":1")
}
`,
    }),
  )
  expect(found.parameters).toEqual({
    'GET /boats': ['header x-dock', 'query berth', 'query from', 'query id', 'query tag'],
  })
  expect(found.statuses).toEqual({ 'GET /boats': [200, 400] })
})

test('an error that Gin code keeps is answered by the middleware around it that asks for it, and by none without [SPEC-PACKS-01]', async () => {
  const service = (use: string) => ({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"example.com/dock"
)

func answered() gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Next()
		err := c.Errors.Last()
		if err == nil {
			return
		}
		if errors.Is(err.Err, dock.ErrNone) {
			c.JSON(http.StatusNotFound, "none")
			return
		}
		c.JSON(http.StatusBadGateway, "gone")
	}
}

func first() gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Next()
		if len(c.Errors) == 0 {
			return
		}
		if errors.Is(c.Errors[0].Err, dock.ErrSunk) {
			c.JSON(http.StatusGone, "sunk")
			return
		}
		c.JSON(http.StatusBadGateway, "gone")
	}
}

func main() {
	r := gin.New()
	${use}
	r.GET("/boats/:id", func(c *gin.Context) {
		boat, err := dock.Find(c.Param("id"))
		if err != nil {
			c.Error(err)
			return
		}
		c.JSON(http.StatusOK, boat)
	})
	r.GET("/crews", func(c *gin.Context) {
		c.JSON(http.StatusOK, "crews")
	})
	r.Run(":1")
}
`,
  })
  const statusesOf = async (use: string) => summarize(await extractFiles(service(use))).statuses
  expect(await statusesOf('r.Use(answered())')).toEqual({
    'GET /boats/{id}': [200, 404, 502],
    'GET /crews': [200],
  })
  expect(await statusesOf('r.Use(first())')).toEqual({
    'GET /boats/{id}': [200, 410, 502],
    'GET /crews': [200],
  })
  expect(await statusesOf('')).toEqual({ 'GET /boats/{id}': [200], 'GET /crews': [200] })
})

test('middleware of Gin that asks of which type a kept error is finds it in what keeps it [SPEC-PACKS-01]', async () => {
  const service = (asks: string) => ({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Refusal struct {
	Code int
	Text string
	Err  error
}

func (r Refusal) Error() string { return r.Text }

type Leak struct{ Deck string }

func (l *Leak) Error() string { return l.Deck }

type Error struct{ Depth int }

func (e *Error) Error() string { return "deep" }

func answered(c *gin.Context) {
	c.Next()
	if len(c.Errors) > 0 {
		${asks}
	}
}

func main() {
	r := gin.New()
	r.Use(answered)
	r.GET("/boats", func(c *gin.Context) {
		if c.Query("name") == "" {
			_ = c.Error(Refusal{Code: http.StatusNotFound, Text: "no name", Err: errors.New("none")})
			return
		}
		c.JSON(http.StatusOK, "boat")
	})
	r.GET("/decks", func(c *gin.Context) {
		if c.Query("name") == "" {
			_ = c.Error(&Leak{Deck: "low"})
			return
		}
		c.JSON(http.StatusOK, "deck")
	})
	r.GET("/holds", func(c *gin.Context) {
		if c.Query("name") == "" {
			_ = c.Error(fmt.Errorf("hold: %w", Refusal{Code: http.StatusConflict}))
			return
		}
		c.JSON(http.StatusOK, "hold")
	})
	r.Run(":1")
}
`,
  })
  const switched = `err := c.Errors[0]
		switch err.Err.(type) {
		case *Error:
			c.JSON(http.StatusTeapot, "deep")
		case Refusal:
			e := err.Err.(Refusal)
			c.JSON(e.Code, e.Text)
		case *Leak:
			c.JSON(http.StatusGone, "leak")
		default:
			c.JSON(http.StatusBadGateway, err.Err.Error())
		}`
  const bound = `switch e := c.Errors.Last().Err.(type) {
		case Refusal:
			c.JSON(e.Code, e.Text)
		case *Leak:
			c.JSON(http.StatusGone, e.Deck)
		default:
			c.JSON(http.StatusBadGateway, e.Error())
		}`
  const asserted = `for _, one := range c.Errors {
			if e, ok := one.Err.(Refusal); ok {
				c.JSON(e.Code, e.Text)
				return
			}
			if _, ok := one.Err.(*Leak); ok {
				c.JSON(http.StatusGone, one.Error())
				return
			}
			c.JSON(http.StatusBadGateway, one.Error())
			return
		}`
  const unwrapped = (of: string) => `var e Refusal
		if errors.As(${of}, &e) {
			c.JSON(e.Code, e.Text)
			return
		}
		var l *Leak
		if errors.As(${of}, &l) {
			c.JSON(http.StatusGone, l.Deck)
			return
		}
		c.JSON(http.StatusBadGateway, "gone")`
  const statusesOf = async (asks: string) => summarize(await extractFiles(service(asks))).statuses
  for (const asks of [switched, bound, asserted])
    expect(await statusesOf(asks)).toEqual({
      'GET /boats': [200, 404],
      'GET /decks': [200, 410],
      'GET /holds': [200, 502],
    })
  for (const of of ['c.Errors[0].Err', 'c.Errors.Last()'])
    expect(await statusesOf(unwrapped(of))).toEqual({
      'GET /boats': [200, 404],
      'GET /decks': [200, 410],
      'GET /holds': [200, 409],
    })
})

test('what serves by its method ServeHTTP is a handler of net/http [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n',
    'main.go': `package main

import "net/http"

type sinker struct{ depth int }

func (s *sinker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("name") == "" {
		http.Error(w, "no name", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	m := http.NewServeMux()
	m.Handle("POST /sink", &sinker{depth: 9})
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(found).toEqual({ 'POST /sink': ['202 query.name !=', '400 query.name =='] })
})

test('what a server of Go is given around its router comes before all that it routes, and what only one of two is given before none [SPEC-PACKS-01]', async () => {
  const service = (serve: string) => ({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n',
    'main.go': `package main

import "net/http"

type keeper struct{ key string }

func (k *keeper) around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Dock-Key") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}

type logged struct{ inner http.Handler }

func (l *logged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > 9 {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	l.inner.ServeHTTP(w, r)
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("POST /boats", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
	})
	k := &keeper{}
	${serve}
}
`,
  })
  const statusesOf = async (serve: string) =>
    summarize(await extractFiles(service(serve))).statuses['POST /boats']
  expect(await statusesOf('http.ListenAndServe(":1", k.around(m))')).toEqual([201, 401])
  expect(
    await statusesOf(
      'srv := &http.Server{Addr: ":1"}\n\tsrv.Handler = &logged{inner: k.around(m)}\n\tsrv.ListenAndServe()',
    ),
  ).toEqual([201, 401, 413])
  expect(
    await statusesOf('go http.ListenAndServe(":1", k.around(m))\n\thttp.ListenAndServe(":2", m)'),
  ).toEqual([201])
})

test('a status of Python that is made a number is that status [SPEC-PACKS-01]', async () => {
  const found = await answersOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from http import HTTPStatus
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from dock import find
class Sunk(Exception):
    usual = HTTPStatus.INTERNAL_SERVER_ERROR
    def __init__(self, *, status: HTTPStatus | None = None):
        self.own = status
    @property
    def status(self) -> HTTPStatus:
        return self.own if self.own is not None else self.usual
class Lost(Sunk):
    usual = HTTPStatus.GONE
app = FastAPI()
@app.exception_handler(Sunk)
def sunk(request, exc: Sunk):
    return JSONResponse(status_code=int(exc.status), content={})
@app.get("/boats/{boat}")
def show(boat: str):
    if not find(boat):
        raise Lost()
    return boat
`,
  })
  expect(found['GET /boats/{boat}']).toContainEqual(expect.stringMatching(/^410 find\(path.boat\)/))
})

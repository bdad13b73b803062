import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/depot\n\ngo 1.24\n' }

test("a router of the repository's own that wraps ServeMux is read with its prefix and embedding [SPEC-PACKS-01]", async () => {
  const found = summarize(
    await extractFiles({
      ...goMod,
      'web/router.go': `package web

import (
	"net/http"
	"path"
)

type base struct {
	mux    *http.ServeMux
	prefix string
}

type Admin struct{ base }

func newBase() *base { return &base{mux: http.NewServeMux()} }

func NewPublic() *base { return newBase() }

func NewAdmin() *Admin {
	a := &Admin{base: *newBase()}
	a.prefix = "/admin"
	return a
}

func (b *base) Get(route string, h http.HandlerFunc) { b.add(http.MethodGet, route, h) }

func (b *base) add(method, route string, h http.Handler) {
	b.mux.Handle(method+" "+path.Join(b.prefix, route), logged(h))
}

func logged(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) })
}
`,
      'serve/serve.go': `package serve

import (
	"net/http"

	"example.com/depot/web"
)

func Public() http.Handler {
	r := web.NewPublic()
	r.Get("/crates", list)
	return r.Handler()
}

func Admin() http.Handler {
	r := web.NewAdmin()
	r.Get("/crates", list)
	return nil
}

func list(w http.ResponseWriter, r *http.Request) {
	if r.Form.Get("size") == "" {
		http.Error(w, "size", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusOK)
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /admin/crates', 'GET /crates'])
  expect(found.statuses['GET /admin/crates']).toEqual([200, 400])
})

test('routes that constructors give behind an interface are registered by the loop over them [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      ...goMod,
      'route/route.go': `package route

import "net/http"

type Route interface {
	Method() string
	Path() string
	Handler() http.HandlerFunc
}

type Group interface{ Routes() []Route }

type Wrap func(Route) Route

type local struct {
	method, path string
	handler      http.HandlerFunc
}

func (l local) Method() string            { return l.method }
func (l local) Path() string              { return l.path }
func (l local) Handler() http.HandlerFunc { return l.handler }

func Get(path string, h http.HandlerFunc, wraps ...Wrap) Route {
	var r Route = local{method: http.MethodGet, path: path, handler: h}
	for _, wrap := range wraps {
		r = wrap(r)
	}
	return r
}
`,
      'crates/crates.go': `package crates

import (
	"net/http"

	"example.com/depot/route"
)

type group struct{ routes []route.Route }

func New() route.Group {
	g := &group{}
	g.init()
	return g
}

func (g *group) Routes() []route.Route { return g.routes }

func (g *group) init() {
	g.routes = []route.Route{route.Get("/crates", g.list), route.Get("/crates/{id}", g.one)}
}

func (g *group) list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(200) }
func (g *group) one(w http.ResponseWriter, r *http.Request)  { w.WriteHeader(404) }
`,
      'server/server.go': `package server

import (
	"github.com/gorilla/mux"

	"example.com/depot/crates"
	"example.com/depot/route"
)

type daemon struct{}

func (d *daemon) mux(groups ...route.Group) *mux.Router {
	m := mux.NewRouter()
	for _, group := range groups {
		for _, r := range group.Routes() {
			m.Path(r.Path()).Methods(r.Method()).Handler(r.Handler())
		}
	}
	return m
}

func all(more bool) (groups []route.Group) {
	groups = append(groups, crates.New())
	if more {
		groups = append(groups, crates.New())
	}
	return
}

func (d *daemon) start(more bool) { d.mux(all(more)...) }
`,
    }),
  )
  expect(found.operations).toEqual(['GET /crates', 'GET /crates/{id}'])
  expect(found.statuses['GET /crates/{id}']).toEqual([404])
})

test('a router that a struct embeds is mounted with it, and a path joined to a setting is not proved [SPEC-PACKS-01]', async () => {
  const program = (path: string) => ({
    ...goMod,
    'conf/conf.go': 'package conf\n\nvar Base = load()\n',
    'api/api.go': `package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Router struct {
	http.Handler
	name string
}

func New() *Router {
	r := &Router{name: "api"}
	r.Handler = r.routes()
	return r
}

func (api *Router) routes() http.Handler {
	r := chi.NewRouter()
	r.Get("/crates", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("x")) })
	return r
}
`,
    'main.go': `package main

import (
	"net/http"
	"path"

	"example.com/depot/api"
	"example.com/depot/conf"
	"github.com/go-chi/chi/v5"
)

func mount(r chi.Router, at string, sub http.Handler) {
	r.Group(func(r chi.Router) { r.Mount(${path}, sub) })
}

func main() {
	r := chi.NewRouter()
	mount(r, "/rest/", api.New())
	http.ListenAndServe(":1", r)
}
`,
  })
  const operations = async (path: string) =>
    (await extractFiles(program(path))).set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [`${fact.grade} ${fact.method} ${fact.path}`] : [],
    )
  expect(await operations('at')).toEqual(['proved GET /rest/crates'])
  expect(await operations('path.Join("/v1", at)')).toEqual(['proved GET /v1/rest/crates'])
  expect(await operations('path.Join(conf.Base, at)')).toEqual(['declared GET /rest/crates'])
})

test('a function that hands all on to a router is mounted as that router, and one that is made again for something else is no part of the service [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      ...goMod,
      'api/api.go': `package api

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
)

func New() http.Handler {
	r := chi.NewRouter()
	r.Get("/crates", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("x")) })
	return lower(r)
}

func lower(r chi.Router) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		req.URL.Path = strings.ToLower(req.URL.Path)
		r.ServeHTTP(w, req)
	})
}
`,
      'main.go': `package main

import (
	"net/http"

	"example.com/depot/api"
	"example.com/depot/plugins"
	"github.com/go-chi/chi/v5"
)

func main() {
	plugins.Use(api.New())
	r := chi.NewRouter()
	r.Mount("/depot", api.New())
	http.ListenAndServe(":1", r)
}
`,
      'plugins/plugins.go': `package plugins

import "net/http"

var inner http.Handler

func Use(h http.Handler) { inner = h }
`,
    }),
  )
  expect(found.operations).toEqual(['GET /depot/crates'])
})

test('routers that a handler hands requests on to without a prefix are below it [SPEC-PACKS-01]', async () => {
  const program = (other: string) => ({
    ...goMod,
    'crates/handler.go': `package crates

import (
	"net/http"

	"github.com/gorilla/mux"
)

type Handler struct {
	*mux.Router
}

func NewHandler() *Handler {
	h := &Handler{Router: mux.NewRouter()}
	h.HandleFunc("/crates", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }).Methods("GET")
	return h
}
`,
    'main.go': `package main

import (
	"net/http"
	"strings"

	"example.com/depot/crates"
)

type Outer struct {
	Crates *crates.Handler
}

func (o *Outer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/crates"):
		http.StripPrefix("/api", o.Crates).ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, "/v2"):
		http.StripPrefix(${other}, o.Crates).ServeHTTP(w, r)
	}
}

func main() {
	http.ListenAndServe(":1", &Outer{Crates: crates.NewHandler()})
}
`,
  })
  const operations = async (other: string) =>
    (await extractFiles(program(other))).set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [`${fact.grade} ${fact.method} ${fact.path}`] : [],
    )
  expect(await operations('"/api"')).toEqual(['proved GET /api/crates'])
  expect(await operations('"/v2"')).toEqual(['proved GET /api/crates', 'proved GET /v2/crates'])
})

test('an API of Huma has the prefix of the part that it stands on, also where code outside makes it of both [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    ...goMod,
    'main.go': `package main

import (
	"context"
	"net/http"

	"example.com/elsewhere/docs"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/gofiber/fiber/v2"
)

type Named struct {
	ID string \`path:"id"\`
}

func sink(ctx context.Context, input *Named) (*struct{}, error) { return nil, nil }

func cranes(api huma.API) {
	huma.Register(api, huma.Operation{OperationID: "drop", Method: http.MethodDelete, Path: "/cranes/{id}"}, sink)
}

func main() {
	app := fiber.New()
	quay := app.Group("/quay")
	huma.Delete(humafiber.NewV2WithGroup(app, quay, huma.DefaultConfig("Quay", "1")), "/ships/{id}", sink)
	dock := app.Group("/dock")
	cranes(docs.New(app, dock, docs.Config{Title: "Dock"}))
	cranes(docs.New(app, app.Group("/yard"), docs.Config{Title: "Yard"}))
	mux := http.NewServeMux()
	huma.Delete(humago.NewWithPrefix(mux, "/pier", huma.DefaultConfig("Pier", "1")), "/boats/{id}", sink)
	go http.ListenAndServe(":2", mux)
	app.Listen(":1")
}
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
      .toSorted(),
  ).toEqual([
    'proved DELETE /dock/cranes/{id}',
    'proved DELETE /pier/boats/{id}',
    'proved DELETE /quay/ships/{id}',
    'proved DELETE /yard/cranes/{id}',
  ])
})

test('a helper that asks for the first sign of a path routes it as that sign says [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.test/app\n\ngo 1.23\n',
    'main.go': `package main

import "net/http"

func handle(pattern string, handler http.HandlerFunc) {
	if len(pattern) == 0 || pattern[0] != '/' {
		pattern = "/base/" + pattern
	}
	http.HandleFunc(pattern, handler)
}

func main() {
	handle("api/logs", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	handle("/stream", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	http.ListenAndServe(":80", nil)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ grade, path }) => `${grade} ${path}`)).toEqual([
    'proved /base/api/logs',
    'proved /stream',
  ])
})

test('middleware that chi is given with `With` runs before all routes of the part that follows [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/depot\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
      'main.go': `package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func main() {
	r := chi.NewRouter()
	r.With(only("porter")).Get("/gate", done)
	r.With(only("porter")).With(weighed).Get("/scales", done)
	r.With(only("porter")).Group(func(r chi.Router) {
		r.Post("/crates", done)
		r.With(weighed).Put("/crates/{id}", done)
	})
	r.With(only("clerk")).Route("/bills", func(r chi.Router) {
		r.Get("/", done)
	})
	r.With(weighed).Mount("/yard", yard())
	r.Get("/open", done)
	http.ListenAndServe(":1", r)
}

func yard() http.Handler {
	r := chi.NewRouter()
	r.Get("/", done)
	return r
}

func only(role string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Role") != role {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func weighed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Weight") == "" {
			w.WriteHeader(http.StatusLengthRequired)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func done(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /bills': [204, 403],
    'GET /gate': [204, 403],
    'GET /open': [204],
    'GET /scales': [204, 403, 411],
    'GET /yard': [204, 411],
    'POST /crates': [204, 403],
    'PUT /crates/{id}': [204, 403, 411],
  })
})

test('a thing that is taken for another type of Go has the methods of that type, and what it holds [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/harbour\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.1\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type common struct{ missing int }

type API struct {
	common *common
	Berths *BerthsAPI
}

type BerthsAPI common

func NewAPI() *API {
	api := &API{common: &common{missing: http.StatusNotFound}}
	api.Berths = (*BerthsAPI)(api.common)
	return api
}

func (b *BerthsAPI) List(c *gin.Context) {
	if c.Query("quay") == "" {
		c.JSON(b.missing, gin.H{"error": "Say which quay."})
		return
	}
	c.JSON(http.StatusOK, gin.H{})
}

func main() {
	r := gin.New()
	r.GET("/berths", NewAPI().Berths.List)
	r.Run()
}
`,
  })
  expect(
    set.facts.flatMap((fact) => (fact.kind === 'error' ? [`${fact.grade} ${fact.status}`] : [])),
  ).toEqual(['proved 404'])
})

test('what Echo routes below a group is written after its prefix as it is [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/desk\n\ngo 1.22\n',
    'main.go': `package main

import "github.com/labstack/echo/v4"

func answer(c echo.Context) error { return c.NoContent(204) }

func main() {
	e := echo.New()
	v1 := e.Group("v1")
	loan := v1.Group("/loan")
	loan.GET("s", answer)
	loan.GET("", answer)
	loan.GET("/:id", answer)
	e.Start(":80")
}
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(['/v1/loan', '/v1/loan/{id}', '/v1/loans'])
})

test('a star of chi takes all that comes, and what stands behind it is no part of the path [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.16\n\nrequire github.com/go-chi/chi v3.3.3+incompatible\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/go-chi/chi"
)

func send(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }

func main() {
	r := chi.NewRouter()
	r.Get("/labels/*filepath", send)
	r.Get("/plans/*", send)
	http.ListenAndServe(":8080", r)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual([
    '/labels/{rest*}',
    '/plans/{rest*}',
  ])
})

import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/depot\n\ngo 1.24\n' }

const read = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ ...goMod, ...files })
  return {
    operations: set.facts
      .flatMap((fact) => (fact.kind === 'operation' ? [`${fact.grade} ${fact.method} ${fact.path}`] : []))
      .toSorted(),
    questions: set.questions.map(({ text }) => text),
  }
}

const crates = `package crates

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func New() http.Handler {
	r := chi.NewRouter()
	r.Get("/", list)
	r.Get("/crates", list)
	return r
}

func list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }
`

test('a router that was followed up to no server is declared, and what serves it is asked [SPEC-PACKS-01]', async () => {
  const found = await read({
    'crates/crates.go': crates,
    'main.go': `package main

import (
	"example.com/depot/crates"
	"example.com/elsewhere/host"
)

func main() { host.Put("crates", crates.New()) }
`,
  })
  expect(found.operations).toEqual(['declared GET /', 'declared GET /crates'])
  expect(found.questions).toContain('What serves GET / and 1 more?')
})

test.each([
  [
    'http.Handle("/depot/", http.StripPrefix("/depot", crates.New()))\n\thttp.ListenAndServe(":1", nil)',
    '/depot',
  ],
  [
    'm := http.NewServeMux()\n\tm.Handle("/", logged(crates.New()))\n\tsrv := &http.Server{}\n\tsrv.Handler = m\n\tsrv.ListenAndServe()',
    '',
  ],
  ['http.ListenAndServe(":1", http.StripPrefix("/depot", crates.New()))', '/depot'],
  [
    'e := gin.New()\n\te.Any("/depot/*rest", gin.WrapH(http.StripPrefix("/depot", crates.New())))\n\te.Run()',
    '/depot',
  ],
  ['e := echo.New()\n\te.Any("/*", echo.WrapHandler(crates.New()))\n\te.Start(":1")', ''],
  [
    'n := negroni.New()\n\tn.UseHandler(crates.New())\n\tsrv := &http.Server{Handler: n}\n\tsrv.ListenAndServe()',
    '',
  ],
  ['adapter := httpadapter.New(crates.New())\n\tlambda.Start(adapter.ProxyWithContext)', ''],
  [
    'm := mux.NewRouter()\n\tapi := m.PathPrefix("/v1").Subrouter()\n\tapi.PathPrefix("/depot").Handler(http.StripPrefix("/v1/depot", crates.New()))\n\thttp.ListenAndServe(":1", handlers.CORS()(m))',
    '/v1/depot',
  ],
])('where a router is mounted is followed from the server down: %s [SPEC-PACKS-01]', async (body, prefix) => {
  const { operations } = await read({
    'crates/crates.go': crates,
    'main.go': `package main

import (
	"net/http"

	"example.com/depot/crates"
	"github.com/gin-gonic/gin"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
	"github.com/gorilla/handlers"
	"github.com/urfave/negroni"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
)

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

func main() {
	${body}
}
`,
  })
  expect(operations).toEqual([`proved GET ${prefix === '' ? '/' : prefix}`, `proved GET ${prefix}/crates`])
})

test('a router in a field of a struct is served by the method that serves it, and by what a command runs [SPEC-PACKS-01]', async () => {
  const { operations } = await read({
    'crates/crates.go': crates,
    'server/server.go': `package server

import (
	"net/http"

	"example.com/depot/crates"
	"github.com/go-chi/chi/v5"
)

type Server struct {
	router *chi.Mux
}

func New() *Server {
	s := &Server{router: chi.NewRouter()}
	s.router.Mount("/depot", crates.New())
	return s
}

func (s *Server) Start(addr string) error { return http.ListenAndServe(addr, s.router) }
`,
    'main.go': `package main

import (
	"example.com/depot/server"
	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "depot", RunE: func(cmd *cobra.Command, args []string) error { return server.New().Start(":1") }}
	root.Execute()
}
`,
  })
  expect(operations).toEqual(['proved GET /depot', 'proved GET /depot/crates'])
})

test('a header that the program sets before it is read is no input of the request [SPEC-PACKS-01]', async () => {
  const { parameters } = summarize(
    await extractFiles({
      ...goMod,
      'main.go': `package main

import "net/http"

func marked(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Owner", r.URL.Query().Get("owner"))
		if r.Header.Get("Tenant") == "" {
			r.Header.Set("Tenant", "none")
		}
		next(w, r)
	}
}

func list(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Owner") == "" || r.Header.Get("Tenant") == "x" {
		http.Error(w, "no", http.StatusForbidden)
	}
}

func main() {
	http.HandleFunc("GET /crates", marked(list))
	http.ListenAndServe(":1", nil)
}
`,
    }),
  )
  expect(parameters['GET /crates']).toEqual(['header tenant', 'query owner'])
})

test('a model that is first met deep in others has the types of its fields [SPEC-PACKS-01]', async () => {
  const levels = Array.from(
    { length: 8 },
    (_, n) => `type L${n} struct {\n\tNext L${n + 1} \`json:"next"\`\n}`,
  )
  const { set } = await extractFiles({
    ...goMod,
    'main.go': `package main

import (
	"encoding/json"
	"net/http"
)

${levels.join('\n')}

type L8 struct {
	Count int \`json:"count"\`
}

func main() {
	http.HandleFunc("POST /crates", func(w http.ResponseWriter, r *http.Request) {
		var body L0
		json.NewDecoder(r.Body).Decode(&body)
	})
	http.ListenAndServe(":1", nil)
}
`,
  })
  const model = set.facts.find((fact) => fact.kind === 'model' && fact.name === 'L8')
  expect(model).toMatchObject({ fields: [{ name: 'count', shape: { type: 'integer' } }] })
})

test("a service's own kind of handler is followed: methods of functions, chains that count backwards, a context that wraps the framework's [SPEC-PACKS-01]", async () => {
  const found = summarize(
    await extractFiles({
      ...goMod,
      'main.go': `package main

import "github.com/labstack/echo/v4"

type Context struct {
	echo.Context
	user string
}

func (c *Context) fail(code int) error { return c.JSON(code, "no") }

type Handler func(c *Context) error
type Middleware func(next Handler) Handler

func (h Handler) toEcho() echo.HandlerFunc {
	return func(c echo.Context) error { return h(c.(*Context)) }
}

func chain(h Handler, all ...Middleware) Handler {
	for i := len(all) - 1; i >= 0; i-- {
		h = all[i](h)
	}
	return h
}

func signedIn(next Handler) Handler {
	return func(c *Context) error {
		if c.user == "" {
			return c.fail(401)
		}
		return next(c)
	}
}

func named(next Handler) Handler {
	return func(c *Context) error {
		if c.QueryParam("name") == "" {
			return c.fail(400)
		}
		return next(c)
	}
}

func list(c *Context) error { return c.JSON(200, []string{}) }

func main() {
	e := echo.New()
	e.GET("/crates", chain(list, signedIn, named).toEcho())
	e.Start(":1")
}
`,
    }),
  )
  expect(found.statuses['GET /crates']).toEqual([200, 400, 401])
  expect(found.parameters['GET /crates']).toEqual(['query name'])
})

test('handlers in a map by their methods are each one operation, of a router that a struct keeps as its handler [SPEC-PACKS-01]', async () => {
  const { operations } = await read({
    'api/api.go': `package api

import (
	"net/http"

	"github.com/gorilla/mux"
)

type byMethod map[string]http.Handler

func (h byMethod) ServeHTTP(w http.ResponseWriter, r *http.Request) { handle(h, w, r) }

func handle(all map[string]http.Handler, w http.ResponseWriter, r *http.Request) {
	if one, ok := all[r.Method]; ok {
		one.ServeHTTP(w, r)
		return
	}
	w.WriteHeader(405)
}

type Service struct {
	http.Handler
	router *mux.Router
}

func (s *Service) Mount() {
	s.router = mux.NewRouter()
	s.router.Handle("/crates", byMethod{"GET": http.HandlerFunc(list), "POST": http.HandlerFunc(list)})
	s.router.Handle("/shelves", logged(byMethod{"PUT": http.HandlerFunc(list)}))
	s.Handler = logged(s.router)
}

func (s *Service) Quiet() { s.Handler = s.router }

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

func list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }
`,
    'main.go': `package main

import (
	"net/http"

	"example.com/depot/api"
)

func serve(s *api.Service) { (&http.Server{Addr: ":1", Handler: s}).ListenAndServe() }
`,
  })
  expect(operations).toEqual(['proved GET /crates', 'proved POST /crates', 'proved PUT /shelves'])
})

test('a part of a router of gorilla/mux that is handed on by itself still asks for its prefix [SPEC-PACKS-01]', async () => {
  const { operations } = await read({
    'api/api.go': `package api

import (
	"net/http"

	"github.com/gorilla/mux"
)

type Server struct{ handler http.Handler }

func New() *Server {
	root := mux.NewRouter()
	router := root.PathPrefix("/api/").Subrouter()
	router.HandleFunc("/crates", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }).Methods("GET")
	return &Server{handler: router}
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
`,
    'main.go': `package main

import (
	"net/http"

	"example.com/depot/api"
	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter()
	r.PathPrefix("/api/").Handler(api.New())
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(operations).toEqual(['proved GET /api/crates'])
})

test('an error is told by what it is compared with, and a model has no fields that Go does not export [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    ...goMod,
    'main.go': `package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"example.com/elsewhere/store"
)

var ErrNone = errors.New("none")

type crate struct {
	Name  string \`json:"name"\`
	count int
}

func load(id string) (*crate, error) {
	if id == "" {
		return nil, ErrNone
	}
	return nil, store.Find(id, "a very long text that is cut off where people read it, as it is long")
}

func one(w http.ResponseWriter, r *http.Request) {
	found, err := load(r.URL.Query().Get("id"))
	if errors.Is(err, store.ErrGone) {
		w.WriteHeader(410)
		return
	}
	if errors.Is(err, store.ErrBusy) {
		w.WriteHeader(503)
		return
	}
	json.NewEncoder(w).Encode(found)
}

func put(w http.ResponseWriter, r *http.Request) {
	var body crate
	json.NewDecoder(r.Body).Decode(&body)
}

func main() {
	http.HandleFunc("GET /crates", one)
	http.HandleFunc("POST /crates", put)
	http.ListenAndServe(":1", nil)
}
`,
  })
  const asked = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'error' ? [[fact.status, JSON.stringify(fact.condition)]] : [],
    ),
  )
  expect(asked.get(410)).toContain(', store.ErrGone)')
  expect(asked.get(503)).toContain(', store.ErrBusy)')
  expect(set.facts.find((fact) => fact.kind === 'model')).toMatchObject({ fields: [{ name: 'name' }] })
})

test('a function that gives an error is a handler by its type however often it is made one, and a prefix of the address asked for is known [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    ...goMod,
    'main.go': `package main

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gorilla/mux"
)

type Handler func(w http.ResponseWriter, r *http.Request) error

func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		w.WriteHeader(500)
	}
}

func wrap(fn Handler) http.HandlerFunc { return http.HandlerFunc(Handler(fn).ServeHTTP) }

func show(w http.ResponseWriter, r *http.Request) error {
	if r.URL.Query().Get("q") == "" {
		if strings.HasPrefix(r.RequestURI, "/web/") {
			http.Redirect(w, r, "/web/login", 302)
			return nil
		}
		w.WriteHeader(404)
		return nil
	}
	return errors.New("broken")
}

func main() {
	r := mux.NewRouter()
	r.Handle("/api/crates", wrap(show)).Methods(http.MethodGet)
	r.Handle("/web/crates", wrap(show)).Methods(http.MethodGet)
	http.ListenAndServe(":1", r)
}
`,
  })
  const statuses = (path: string) => {
    const id = set.facts.find((one) => one.kind === 'operation' && one.path === path)?.id
    return set.facts
      .flatMap((one) =>
        (one.kind === 'error' || one.kind === 'response') && one.operation === id && one.grade === 'proved'
          ? [one.status]
          : [],
      )
      .toSorted((a, b) => a - b)
  }
  expect(statuses('/api/crates')).toEqual([404, 500])
  expect(statuses('/web/crates')).toEqual([302, 500])
})

test('what a program asks a router of its own with a recorder is asked by nobody outside [SPEC-EXTRACT-02]', async () => {
  const { operations } = await read({
    'crates/crates.go': crates,
    'main.go': `package main

import (
	"net/http"
	"net/http/httptest"

	"example.com/depot/crates"
)

type plugins struct {
	router http.Handler
}

func (p *plugins) call(path string) int {
	request, _ := http.NewRequest("GET", "/"+path, nil)
	answer := httptest.NewRecorder()
	p.router.ServeHTTP(answer, request)
	return answer.Code
}

func main() {
	mux := http.NewServeMux()
	mux.Handle("/depot/", http.StripPrefix("/depot", crates.New()))
	p := &plugins{}
	p.router = crates.New()
	p.call("crates")
	http.ListenAndServe(":80", mux)
}
`,
  })
  expect(operations.filter((one) => one.startsWith('proved'))).toEqual([
    'proved GET /depot',
    'proved GET /depot/crates',
  ])
})

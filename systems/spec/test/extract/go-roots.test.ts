import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const read = async (files: Record<string, string>) =>
  (await extractFiles({ 'go.mod': 'module example.com/app\n\ngo 1.22\n', ...files })).set
const graded = async (files: Record<string, string>) =>
  factsOf((await read(files)).facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()

test('a router in the field of a server that is asked for it back, below a prefix of the environment or not, is at its own path [SPEC-EXTRACT-09]', async () => {
  expect(
    await graded({
      'main.go': `package main

import (
	"net/http"
	"os"

	"github.com/gorilla/mux"
)

type Server struct {
	http.Server
}

func NewServer() *Server {
	r := mux.NewRouter()
	prefix := os.Getenv("BASE")
	if prefix != "" {
		r = r.PathPrefix(prefix).Subrouter()
	}
	return &Server{Server: http.Server{Addr: ":80", Handler: r}}
}

func (s *Server) Router() *mux.Router { return s.Server.Handler.(*mux.Router) }

func list(w http.ResponseWriter, r *http.Request) {}

func main() {
	s := NewServer()
	s.Router().HandleFunc("/books", list).Methods("GET")
	s.ListenAndServe()
}
`,
    }),
  ).toEqual(['proved GET /books'])
})

test('routes that are put at the root and, where a setting says so, below it too are at the root [SPEC-EXTRACT-09]', async () => {
  expect(
    await graded({
      'main.go': `package main

import (
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"
)

func mount(r chi.Router) {
	r.Get("/books", func(w http.ResponseWriter, r *http.Request) {})
}

func main() {
	router := chi.NewRouter()
	if root := os.Getenv("ROOT_PATH"); root != "" {
		sub := chi.NewRouter()
		mount(sub)
		router.Mount(root, sub)
		mount(router)
	} else {
		mount(router)
	}
	http.ListenAndServe(":80", router)
}
`,
    }),
  ).toEqual(['proved GET /books'])
})

test.each([
  ['a parameter of the framework', 'users.Init(api)', '', ['What comes before /api/users?']],
  [
    'a handler of the framework',
    'api.GET("/users", users.List)',
    'r.GET("/health", users.List)',
    ['What comes before /health and 1 more?', 'What comes before /users?'],
  ],
])(
  'an engine that code outside gives is known by what it is given to, and what serves it is asked for: %s [SPEC-EXTRACT-09]',
  async (_, use, more, asks) => {
    const set = await read({
      'main.go': `package main

import (
	"example.com/app/users"
	"github.com/some/library"
)

func main() {
	r := library.GetEngine()
	${more}
	api := r.Group("/api", library.Log())
	${use}
	library.Boot()
}
`,
      'users/users.go': `package users

import "github.com/gin-gonic/gin"

func Init(r *gin.RouterGroup) { r.GET("/users", List) }

func List(c *gin.Context) { c.JSON(200, []string{}) }
`,
    })
    const operations = factsOf(set.facts, 'operation')
    expect(operations.find(({ path }) => path === '/api/users')).toMatchObject({
      grade: 'declared',
      method: 'GET',
    })
    expect(operations.every(({ framework, grade }) => framework === 'Gin' && grade === 'declared')).toBe(true)
    expect(set.questions.map(({ text }) => text)).toEqual(asks)
  },
)

test('a route for any method covers those that the framework registers, whatever its handler knows beside them [SPEC-PACKS-01]', async () => {
  expect(
    await graded({
      'main.go': `package main

import "github.com/gin-gonic/gin"

func serve(c *gin.Context) {
	switch c.Request.Method {
	case "GET":
		c.JSON(200, 1)
	case "LOCK":
		c.JSON(201, 1)
	default:
		c.Status(405)
	}
}

func main() {
	r := gin.New()
	r.Any("/dav", serve)
	r.Handle("PROPFIND", "/dav", serve)
	r.Run()
}
`,
    }),
  ).toEqual(['proved GET /dav', 'proved PROPFIND /dav'])
})

test('what middleware finds in the path of some operations is told of those alone [SPEC-EXTRACT-06]', async () => {
  const { facts } = await read({
    'main.go': `package main

import (
	"strings"

	"github.com/gin-gonic/gin"
)

func shared(c *gin.Context) (id, password string) {
	path := c.Request.URL.Path
	if strings.HasPrefix(path, "/s/") {
		id = strings.TrimPrefix(path, "/s/")
	} else if path == "/home" || path == "/home/" {
		return c.Query("path"), ""
	}
	return id, password
}

func preview(c *gin.Context) {
	id, _ := shared(c)
	if id == "" {
		c.Next()
		return
	}
	c.String(203, id)
	c.Abort()
}

func main() {
	r := gin.New()
	r.Use(preview)
	for _, path := range []string{"/api/books", "/s/:id", "/home"} {
		r.GET(path, func(c *gin.Context) { c.JSON(200, 1) })
	}
	r.Run()
}
`,
  })
  const paths = new Map(factsOf(facts, 'operation').map(({ id, path }) => [id, path]))
  const answered = factsOf(facts, 'response').filter(({ status }) => status === 203)
  expect(new Set(answered.map(({ operation }) => paths.get(operation)))).toEqual(
    new Set(['/home', '/s/{id}']),
  )
})

test('what a package of Go sets in another one while the program begins is what that one holds, and what stands in for it in tests is not [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/dock\n\ngo 1.24\n',
      'main.go': `package main

import (
	"net/http"

	"example.com/dock/store"
	_ "example.com/dock/store/files"
)

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /boats/{id}", func(w http.ResponseWriter, r *http.Request) {
		if err := store.Find(r.PathValue("id")); err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":1", m)
}
`,
      'store/store.go': `package store

var Find = func(id string) error { panic("no store") }
`,
      'store/files/files.go': `package files

import (
	"errors"

	"example.com/dock/store"
)

func init() {
	store.Find = func(id string) error {
		if id == "none" {
			return errors.New("no boat")
		}
		return nil
	}
}
`,
      'store/stubs/stubs.go': `package stubs

import "example.com/dock/store"

func init() { store.Find = func(id string) error { panic("not asked for") } }
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /boats/{id}': [204, 404] })
})

test('what serves requests and is mounted on a router of chi answers those below it, and a constant of Go that says what it is called is formatted so [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/dock\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
      'main.go': `package main

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Part int

const (
	Hull Part = iota
	Mast
)

func (p Part) String() string {
	switch p {
	case Hull:
		return "hull"
	case Mast:
		return "mast"
	default:
		return "part"
	}
}

type state struct{ yard string }

func (s *state) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		w.WriteHeader(http.StatusAccepted)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func pathOf(part Part, yard string) string { return fmt.Sprintf("/%s/%s", yard, part) }

func main() {
	r := chi.NewRouter()
	r.Mount("/state", &state{yard: "north"})
	r.Get(pathOf(Mast, "{yard}"), func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	http.ListenAndServe(":1", r)
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /state', 'GET /state/{rest*}', 'GET /{yard}/mast'])
})

test('groups of patterns of net/http are below their prefixes, with what runs before them [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/dock\n\ngo 1.24\n',
      'main.go': `package main

import (
	"net/http"

	"github.com/go-pkgz/routegroup"
)

type yard struct{}

func main() {
	http.ListenAndServe(":1", (&yard{}).routes())
}

func (y *yard) routes() http.Handler {
	router := routegroup.New(http.NewServeMux())
	router.Mount("/v1").Route(func(v1 *routegroup.Bundle) {
		v1.HandleFunc("GET /boats", y.list)
		v1.Group().Route(func(own *routegroup.Bundle) {
			own.Use(known)
			own.HandleFunc("DELETE /boats/{id}", y.list)
		})
	})
	router.With(known).HandleFunc("GET /ping", y.list)
	return router
}

func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (y *yard) list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }
`,
    }),
  )
  expect(found.statuses).toEqual({
    'DELETE /v1/boats/{id}': [204, 401],
    'GET /ping': [204, 401],
    'GET /v1/boats': [204],
  })
})

test('paths that a handler of all paths asks for by itself are operations of their own, and what it refuses besides is none [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/dock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"
	"regexp"
)

type server struct{}

var oneRegex = regexp.MustCompile("^/barges/[0-9]+$")

func main() {
	s := &server{}
	m := http.NewServeMux()
	m.HandleFunc("/", s.handle)
	http.ListenAndServe(":1", m)
}

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && r.URL.Path == "/v1/health" {
		w.WriteHeader(204)
		return
	} else if r.Method == http.MethodPost && r.URL.Path == "/v1/barges" {
		if r.Header.Get("X-Key") == "" {
			w.WriteHeader(401)
			return
		}
		w.WriteHeader(201)
		return
	} else if r.Method == http.MethodDelete && oneRegex.MatchString(r.URL.Path) {
		w.WriteHeader(202)
		return
	}
	w.WriteHeader(404)
}
`,
  })
  const paths = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  expect(
    set.facts
      .flatMap((fact) =>
        fact.kind === 'error' || fact.kind === 'response'
          ? [`${paths.get(fact.operation)} ${fact.status} ${fact.grade}`]
          : [],
      )
      .toSorted(),
  ).toEqual([
    'DELETE / 202 open',
    'DELETE / 404 open',
    'GET /v1/health 204 proved',
    'POST /v1/barges 201 proved',
    'POST /v1/barges 401 proved',
  ])
})

test('a handler of all paths that answers one of them alone is an operation of that one [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/dock\n\ngo 1.24\n',
      'main.go': `package main

import "net/http"

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		if r.URL.Query().Get("berth") == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Write([]byte("dock"))
	})
	http.ListenAndServe(":1", nil)
}
`,
    }),
  )
  expect(found.statuses).toEqual({ '* /': [200, 400] })
})

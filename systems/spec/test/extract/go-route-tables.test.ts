import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('tables of routes in groups that stand in maps which the program fills are registered by the loops over them [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/harbour\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.1\n',
      'quay/quay.go': `package quay

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type Row struct {
	Verb, Path string
	Answer     gin.HandlerFunc
}

type Part interface {
	Register(to *gin.RouterGroup, closed map[string]bool)
}

type common struct{ rows []*Row }

func (c *common) Register(to *gin.RouterGroup, closed map[string]bool) {
	for _, row := range c.rows {
		if closed[row.Path] {
			continue
		}
		to.Handle(row.Verb, row.Path, row.Answer)
	}
}

type berths struct{ *common }

func NewBerths() *berths {
	b := &berths{common: &common{}}
	b.common.rows = []*Row{
		{Path: "/free", Answer: b.free, Verb: http.MethodGet},
		{Path: "/taken", Answer: b.taken, Verb: http.MethodPost},
	}
	return b
}

func (b *berths) free(c *gin.Context)  { c.JSON(http.StatusOK, gin.H{}) }
func (b *berths) taken(c *gin.Context) { c.JSON(http.StatusAccepted, gin.H{}) }
`,
      'release/release.go': `package release

import (
	"errors"

	"example.com/harbour/quay"
)

type Shelf interface {
	Put(name string, parts map[string]quay.Part) error
	All() (map[string]map[string]quay.Part, error)
}

type shelf struct{ releases map[string]map[string]quay.Part }

func NewShelf() *shelf { return &shelf{releases: make(map[string]map[string]quay.Part)} }

func (s *shelf) Put(name string, parts map[string]quay.Part) error {
	if parts == nil {
		return errors.New("no parts")
	}
	s.releases[name] = parts
	return nil
}

func (s *shelf) All() (map[string]map[string]quay.Part, error) {
	if len(s.releases) == 0 {
		return nil, errors.New("no release")
	}
	return s.releases, nil
}
`,
      'main.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/harbour/quay"
	"example.com/harbour/release"
)

func main() {
	shelf, err := fill()
	if err != nil {
		panic(err)
	}
	engine := gin.New()
	if err := mount(engine, shelf, settings()); err != nil {
		panic(err)
	}
	_ = http.ListenAndServe(":8080", engine)
}

func fill() (release.Shelf, error) {
	shelf := release.NewShelf()
	if err := shelf.Put("v1", map[string]quay.Part{"/berths": quay.NewBerths()}); err != nil {
		return nil, err
	}
	return shelf, nil
}

func mount(engine *gin.Engine, shelf release.Shelf, closed map[string]bool) error {
	releases, err := shelf.All()
	if err != nil {
		return err
	}
	for name, parts := range releases {
		below := engine.Group(name)
		for path, part := range parts {
			part.Register(below.Group(path), closed)
		}
	}
	return nil
}
`,
      'settings.go': `package main

import (
	"encoding/json"
	"os"
)

func settings() map[string]bool {
	var closed map[string]bool
	text, _ := os.ReadFile("closed.json")
	_ = json.Unmarshal(text, &closed)
	return closed
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /v1/berths/free', 'POST /v1/berths/taken'])
  expect(found.statuses['POST /v1/berths/taken']).toEqual([202])
})

test('what is set up for a long time and then given to what routes is known by then [SPEC-PACKS-01]', async () => {
  const rows = Array.from({ length: 700 }, (_, at) => `	s.put("row-${at}", s.count, s.name("${at}"))`)
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/harbour\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.9.1\n',
      'sheds/sheds.go': `package sheds

import "github.com/gin-gonic/gin"

type Row struct {
	Path   string
	Answer gin.HandlerFunc
}

type Sheds struct {
	rows  []*Row
	count int
	names map[string]string
}

func (s *Sheds) name(of string) string { return "shed " + of }

func (s *Sheds) put(key string, count int, name string) {
	if count >= 0 {
		s.names[key] = name
	}
}

func (s *Sheds) All() []*Row { return s.rows }

func fill(s *Sheds) {
${rows.join('\n')}
}

func New() (*Sheds, error) {
	s := &Sheds{names: map[string]string{}}
	fill(s)
	s.rows = append(s.rows, &Row{Path: "/sheds", Answer: s.list})
	return s, nil
}

func (s *Sheds) list(c *gin.Context) { c.JSON(200, s.count) }
`,
      'main.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/harbour/sheds"
)

func main() {
	all, err := gather()
	if err != nil {
		panic(err)
	}
	http.ListenAndServe(":80", routes(all))
}

func gather() (*sheds.Sheds, error) {
	return sheds.New()
}

func routes(all *sheds.Sheds) http.Handler {
	engine := gin.New()
	for _, row := range all.All() {
		engine.GET(row.Path, row.Answer)
	}
	return engine
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /sheds'])
})

test('tables of routes of a type that the program names for a list, with fields by their places, are gone through [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'pier/pier.go': `package pier

import "net/http"

type Row struct {
	Title   string
	Verb    string
	Pattern string
	Answer  http.HandlerFunc
}

type Rows []Row

type Book []Row

func (b Book) Verbs() int { return len(b) }
`,
      'main.go': `package main

import (
	"net/http"

	"example.com/pier"
	"github.com/gorilla/mux"
)

var rows = pier.Rows{
	pier.Row{"Ships", "GET", "/ships", ships},
	{"Dock", "PUT", "/ships/{name}", dock},
}

var book = pier.Book{{"Tides", "GET", "/tides", tides}}

func ships(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }
func dock(w http.ResponseWriter, r *http.Request)  { http.Error(w, "full", http.StatusConflict) }
func tides(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusAccepted) }

func main() {
	router := mux.NewRouter()
	for _, row := range rows {
		router.Methods(row.Verb).Path(row.Pattern).Name(row.Title).Handler(row.Answer)
	}
	for _, row := range book {
		router.HandleFunc(row.Pattern, row.Answer).Methods(row.Verb)
	}
	http.ListenAndServe(":80", router)
}
`,
      'go.mod': 'module example.com\n\ngo 1.22\n',
    }),
  )
  expect(found.statuses).toEqual({
    'GET /ships': [204],
    'PUT /ships/{name}': [409],
    'GET /tides': [202],
  })
})

test('a package of Go that is called like what a build writes is read [SPEC-EXTRACT-01]', async () => {
  const { operations } = summarize(
    await extractFiles({
      'go.mod': 'module example.com/quay\n\ngo 1.22\n',
      'main.go': `package main

import (
	"net/http"

	"example.com/quay/build"
	"example.com/quay/vendor/other"
)

func main() {
	mux := http.NewServeMux()
	build.Routes(mux)
	other.Routes(mux)
	http.ListenAndServe(":80", mux)
}
`,
      ...Object.fromEntries(
        ['build', 'vendor/other'].map((dir) => [
          `${dir}/routes.go`,
          `package ${dir.replace(/.*\//, '')}

import "net/http"

func Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /${dir}", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
}
`,
        ]),
      ),
    }),
  )
  expect(operations).toEqual(['GET /build'])
})

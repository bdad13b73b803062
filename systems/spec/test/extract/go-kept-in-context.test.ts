import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const kept = `package fault

import (
	"context"
	"net/http"
)

type slot int

const (
	userSlot slot = iota
	faultSlot
)

type Told struct {
	Status int
	Text   string
}

func (t *Told) Error() string { return t.Text }

type Misfit struct{ Text string }

func (m *Misfit) Error() string { return m.Text }

type Both struct {
	First error
	Text  string
}

func (b *Both) Error() string { return b.Text }

func Keep(r *http.Request, err error) {
	if err == nil {
		return
	}
	ctx := r.Context()
	before := ctx.Value(faultSlot)
	if before != nil {
		err = &Both{First: before.(error), Text: err.Error()}
	}
	next := r.WithContext(context.WithValue(ctx, faultSlot, err))
	*r = *next
}

func Kept(r *http.Request) error {
	if err, ok := r.Context().Value(faultSlot).(error); ok {
		return err
	}
	return nil
}
`

const handlers = `
type handler func(http.ResponseWriter, *http.Request) error

func (fn handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault.Keep(r, fn(w, r))
}

var ErrDrained = errors.New("the basin is drained")

func berth(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("X-Tide") == "" {
		return &fault.Misfit{Text: "no tide"}
	}
	if r.FormValue("deep") == "yes" {
		return &fault.Told{Status: http.StatusConflict, Text: "too deep"}
	}
	if r.FormValue("dry") == "yes" {
		return ErrDrained
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func answer(w http.ResponseWriter, r *http.Request) {
	err := fault.Kept(r)
	if err == nil {
		return
	}
	code := http.StatusInternalServerError
	switch e := err.(type) {
	case *fault.Misfit:
		code = http.StatusBadRequest
	case *fault.Told:
		code = e.Status
	}
	if err == ErrDrained {
		code = http.StatusGone
	}
	http.Error(w, err.Error(), code)
}
`

const statuses = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'error')
    .map(({ status, grade, message }) => `${status} ${grade} ${message}`)
    .toSorted()
}

const told = ['400 proved no tide', '409 proved too deep', '410 proved the basin is drained']

test('an error that a handler keeps in the context of its request is answered by the middleware that asks for it there [SPEC-PACKS-01]', async () => {
  const found = await statuses({
    'go.mod': 'module example.com/basin\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'fault/fault.go': kept,
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.com/basin/fault"
	"github.com/go-chi/chi/v5"
)
${handlers}
func answering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		answer(w, r)
	})
}

func main() {
	r := chi.NewRouter()
	r.Use(answering)
	r.Method("GET", "/berths", handler(berth))
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(found).toEqual(told)
})

test('middleware of negroni stands around the router that it is given [SPEC-PACKS-01]', async () => {
  const found = await statuses({
    'go.mod':
      'module example.com/basin\n\ngo 1.24\n\nrequire (\n\tgithub.com/gorilla/mux v1.8.0\n\tgithub.com/urfave/negroni/v3 v3.0.0\n)\n',
    'fault/fault.go': kept,
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.com/basin/fault"
	"github.com/gorilla/mux"
	negroni "github.com/urfave/negroni/v3"
)
${handlers}
func answering(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	next(w, r)
	answer(w, r)
}

type piloted struct{ name string }

func (p *piloted) ServeHTTP(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	if r.Header.Get("X-Pilot") == "" {
		fault.Keep(r, &fault.Told{Status: http.StatusForbidden, Text: "pilots only"})
		return
	}
	next(w, r)
}

func main() {
	m := mux.NewRouter()
	m.Handle("/berths", handler(berth)).Methods("GET")
	n := negroni.New()
	n.Use(negroni.NewRecovery())
	n.Use(negroni.HandlerFunc(answering))
	n.Use(&piloted{name: "p"})
	n.UseHandler(m)
	http.ListenAndServe(":1", n)
}
`,
  })
  expect(found).toEqual(['400 proved no tide', '403 proved pilots only', ...told.slice(1)])
})

test('a router that is asked for a handler which runs later is served, and middleware that comes after it stands around that handler [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module example.com/basin\n\ngo 1.24\n\nrequire (\n\tgithub.com/gorilla/mux v1.8.0\n\tgithub.com/urfave/negroni/v3 v3.0.0\n)\n',
    'main.go': `package main

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"
	negroni "github.com/urfave/negroni/v3"
)

type later struct{}

type delayed struct{ mux *mux.Router }

func (d *delayed) add(path string, h http.HandlerFunc) { d.mux.NewRoute().Path(path).Handler(h).Methods("GET") }

func (d *delayed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var match mux.RouteMatch
	if !d.mux.Match(r, &match) {
		http.NotFound(w, r)
		return
	}
	*r = *r.WithContext(context.WithValue(r.Context(), later{}, match.Handler))
}

func run(w http.ResponseWriter, r *http.Request) {
	if h, ok := r.Context().Value(later{}).(http.Handler); ok {
		h.ServeHTTP(w, r)
	}
}

func piloted(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	if r.Header.Get("X-Pilot") == "" {
		http.Error(w, "pilots only", http.StatusForbidden)
		return
	}
	next(w, r)
}

func main() {
	d := &delayed{mux: mux.NewRouter()}
	d.add("/berths", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	n := negroni.New()
	n.UseHandler(d)
	n.Use(negroni.HandlerFunc(piloted))
	n.UseHandler(http.HandlerFunc(run))
	http.ListenAndServe(":1", n)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ grade, path }) => `${grade} ${path}`)).toEqual([
    'proved /berths',
  ])
  expect(factsOf(set.facts, 'error').map(({ status, message }) => `${status} ${message}`)).toEqual([
    '403 pilots only',
  ])
})

test('a variable of the path that a router puts into the query is one of the path [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/basin\n\ngo 1.24\n\nrequire github.com/gorilla/mux v1.8.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func berth(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get(":quay") == "north" && r.URL.Query().Get("deep") == "" {
		http.Error(w, "say how deep", http.StatusBadRequest)
	}
}

func main() {
	m := mux.NewRouter()
	m.HandleFunc("/quays/{quay}", berth).Methods("GET")
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(
    factsOf(set.facts, 'parameter')
      .map((one) => `${one.in} ${one.name}`)
      .toSorted(),
  ).toEqual(['path quay', 'query deep'])
})

test('what middleware writes once it handed on is none of the answers of what it hands on to [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/basin\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'fault/fault.go': kept,
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.com/basin/fault"
	"github.com/go-chi/chi/v5"
)
${handlers}
func answering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		if err := fault.Kept(r); err != nil && w.Header().Get("X-Begun") != "" {
			w.Write([]byte("broken off"))
			return
		}
		answer(w, r)
	})
}

func main() {
	r := chi.NewRouter()
	r.Use(answering)
	r.Method("GET", "/berths", handler(berth))
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status, grade }) => `${status} ${grade}`)).toEqual([
    '202 proved',
  ])
})

test('what a type of handlers refuses before it calls the handler is a guard [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/basin\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

type piloted func(http.ResponseWriter, *http.Request, string) error

func (fn piloted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pilot := r.Header.Get("X-Pilot")
	if pilot == "" {
		http.Error(w, "who are you", http.StatusUnauthorized)
		return
	}
	if err := fn(w, r, pilot); err != nil {
		http.Error(w, "no luck", http.StatusBadGateway)
	}
}

func berth(w http.ResponseWriter, r *http.Request, pilot string) error {
	if r.FormValue("deep") == "" {
		http.Error(w, "say how deep", http.StatusBadRequest)
		return nil
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func main() {
	r := chi.NewRouter()
	r.Method("GET", "/berths", piloted(berth))
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ guard, status }) => `${guard} ${status}`)).toEqual([
    'authentication 401',
  ])
})

import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a handler of Go answers that gives its writer to code that is not here is asked, and a handshake of a web socket is 101 [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/gorilla/websocket"
	"example.org/pages"
)

var upgrader = websocket.Upgrader{}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /levels", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "low") })
	m.HandleFunc("GET /gates/", func(w http.ResponseWriter, r *http.Request) {
		to, _ := url.Parse("http://gates")
		httputil.NewSingleHostReverseProxy(to).ServeHTTP(w, r)
	})
	m.HandleFunc("GET /plans", func(w http.ResponseWriter, r *http.Request) { pages.Show(w, r, "plans") })
	m.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		conn.Close()
	})
	http.ListenAndServe(":1", m)
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'response' ? [sayFact(fact, titles.get(fact.operation) ?? '?')] : [],
  )
  expect(said.toSorted()).toEqual([
    'GET /gates/ may answer 200. (Open: when.)',
    'GET /plans may answer 200. (Open: when.)',
    'WHEN a client sends GET /levels, the service SHALL answer 200.',
    'WHEN a client sends GET /live, the service SHALL answer 101.',
  ])
})

test('of what code outside answers in Go a status that it is given is proved, one that a call is named for is declared, and which it makes of an error is asked once [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"

	"example.org/problem"
	"example.org/render"
	"example.org/trace"
)

type Gate struct {
	Name string \`json:"name"\`
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /gates/{id}", func(w http.ResponseWriter, r *http.Request) {
		trace.SetStatus(w, 200)
		trace.Limit(w, 300)
		gate, err := find(r.PathValue("id"))
		if err != nil {
			problem.Write(w, problem.Of(problem.NotFound("gate")))
			return
		}
		render.JSON(w, http.StatusAccepted, Gate{Name: gate})
	})
	m.HandleFunc("POST /gates", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Force") != "" {
			problem.Write(w, problem.With("forced", http.StatusConflict))
			return
		}
		if err := open(); err != nil {
			problem.Write(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	m.HandleFunc("DELETE /gates", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(problem.Gone("gates").StatusCode)
	})
	m.HandleFunc("PUT /gates", func(w http.ResponseWriter, r *http.Request) {
		if err := open(); err != nil {
			problem.Write(w, err)
			return
		}
		render.Empty(w, http.StatusNoContent)
	})
	http.ListenAndServe(":1", m)
}
`,
    'gates.go': `package main

import "example.org/store"

func find(id string) (string, error) { return store.Find(id) }

func open() error { return store.Open() }
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'response' || fact.kind === 'error'
      ? [`${titles.get(fact.operation)} ${fact.status} ${fact.grade}`]
      : [],
  )
  expect(said.toSorted()).toEqual([
    'DELETE /gates 410 proved',
    'GET /gates/{id} 202 proved',
    'GET /gates/{id} 404 declared',
    'POST /gates 204 proved',
    'POST /gates 409 declared',
    'PUT /gates 204 proved',
  ])
  expect(set.questions.map(({ text }) => text)).toEqual([
    'Which statuses does `problem.Write` answer, which POST /gates and 1 more hand errors to?',
  ])
})

test('a thing of Go that serves requests and that code outside is given answers what it is asked for [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"

	"example.org/measure"
)

type Sluice struct{ next http.Handler }

func (s *Sluice) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Boat") == "" {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	s.next.ServeHTTP(w, r)
}

func measured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		measure.Capture(next, w, r)
	})
}

func lift(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("level") == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	m := http.NewServeMux()
	m.Handle("PUT /lift", measured(&Sluice{next: http.HandlerFunc(lift)}))
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(
    set.facts
      .flatMap((fact) =>
        'status' in fact && fact.kind !== 'assertion' ? [`${fact.status} ${fact.grade}`] : [],
      )
      .toSorted(),
  ).toEqual(['204 proved', '400 proved', '403 proved'])
})

test('what code outside of Go wraps a writer in, and what holds one, writes the answer all the same [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"

	"example.org/measure"
	"example.org/problem"
)

type counted struct {
	http.ResponseWriter
	name string
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /gates", func(w http.ResponseWriter, r *http.Request) {
		ww := measure.NewWrapResponseWriter(w, r.ProtoMajor)
		if r.URL.Query().Get("lock") == "" {
			ww.WriteHeader(http.StatusBadRequest)
			return
		}
		ww.WriteHeader(http.StatusAccepted)
	})
	m.HandleFunc("PUT /gates", func(w http.ResponseWriter, r *http.Request) {
		w = &counted{ResponseWriter: w, name: "gates"}
		if err := measure.Open(); err != nil {
			problem.Write(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":1", m)
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'response' || fact.kind === 'error'
      ? [`${titles.get(fact.operation)} ${fact.status} ${fact.grade}`]
      : [],
  )
  expect(said.toSorted()).toEqual(['GET /gates 202 proved', 'GET /gates 400 proved', 'PUT /gates 204 proved'])
  expect(set.questions.map(({ text }) => text)).toEqual([
    'Which statuses does `problem.Write` answer, which PUT /gates hands errors to?',
  ])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a constant of a type of its own is a text of a path where it is converted to one [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/pier\n\ngo 1.24\n',
    'main.go': `package main

import "net/http"

type edition string

const first edition = "e1"

type part struct {
	*http.ServeMux
	edition edition
}

func (p *part) mount(on *http.ServeMux) {
	prefix := "/pier/" + string(p.edition)
	on.Handle(prefix+"/", http.StripPrefix(prefix, p))
}

func main() {
	p := &part{ServeMux: http.NewServeMux(), edition: first}
	p.HandleFunc("GET /bollards", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	m := http.NewServeMux()
	p.mount(m)
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /pier/e1/bollards',
  ])
})

test('a path that is known stays known where it is cleaned [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/pier\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': `package main

import (
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"
)

func page(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(path.Clean(r.URL.Path), "/pilots") {
		http.Error(w, "pilots only", http.StatusForbidden)
		return
	}
	w.WriteHeader(204)
}

func main() {
	m := chi.NewRouter()
	m.Get("/bollards", page)
	m.Get("/pilots", page)
	http.ListenAndServe(":1", m)
}
`,
  })
  const named = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'error').map(
      ({ operation, status, condition }) => `${named.get(operation)} ${status} ${JSON.stringify(condition)}`,
    ),
  ).toEqual(['/pilots 403 [[]]'])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const main = `package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/harbour/doorauth/v2"
)

func done(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }

func stamp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			http.Error(w, "sign in", 401)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	door := doorauth.New()
	r := chi.NewRouter()
	r.With(door.Note).Get("/tides", done)
	r.With(door.Note).Get("/winds", done)
	r.With(door.Auth).Get("/berths", done)
	r.With(doorauth.New("cranes")).Get("/cranes", done)
	r.With(stamp).Get("/papers", done)
	http.ListenAndServe(":80", r)
}
`

test('middleware of Go from outside is a guard by its own name, and asked of where only its package is named for signing in', async () => {
  const { facts, questions } = (
    await extractFiles({
      'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.2.0\n',
      'main.go': main,
    })
  ).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(facts, 'guard')
      .map((one) => `${titles.get(one.operation)} ${one.grade}`)
      .toSorted(),
  ).toEqual(['GET /berths declared', 'GET /cranes declared', 'GET /papers proved'])
  expect(questions.map(({ text }) => text)).toEqual([
    'Whom does `New.Note` refuse, which stands before GET /tides and 1 more?',
  ])
})

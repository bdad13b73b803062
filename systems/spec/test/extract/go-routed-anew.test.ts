import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a handler of Go that has the routes made anew takes nothing of what these take [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module harbour\n\nrequire github.com/gorilla/mux v1.8.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

var router http.Handler

func moor(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("rope") == "" {
		w.WriteHeader(422)
		return
	}
	w.WriteHeader(204)
}

func again(w http.ResponseWriter, r *http.Request) {
	router = routes()
	w.WriteHeader(202)
}

func routes() http.Handler {
	r := mux.NewRouter()
	r.Handle("/berths", http.HandlerFunc(moor)).Methods("POST")
	r.Handle("/again", http.HandlerFunc(again)).Methods("POST")
	return r
}

func main() {
	router = routes()
	http.ListenAndServe(":80", router)
}
`,
  })
  const [moor, again] = factsOf(set.facts, 'operation').toSorted((a, b) => (a.path > b.path ? -1 : 1))
  expect([moor?.path, again?.path]).toEqual(['/berths', '/again'])
  expect(factsOf(set.facts, 'parameter').map(({ operation }) => operation)).toEqual([moor?.id])
  expect(factsOf(set.facts, 'error').map(({ operation, status }) => [operation, status])).toEqual([
    [moor?.id, 422],
  ])
})

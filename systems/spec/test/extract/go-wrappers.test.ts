import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what wraps a router and answers a method by itself lets nothing behind it answer that one [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/berths\ngo 1.22\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"
)

func berths(w http.ResponseWriter, r *http.Request) {
	day := r.URL.Query().Get("day")
	if day == "" {
		http.Error(w, "name a day", http.StatusBadRequest)
		return
	}
	json.NewEncoder(w).Encode([]string{day})
}

func open(router *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		if r.Method == "OPTIONS" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		router.ServeHTTP(w, r)
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/berths", berths)
	http.ListenAndServe(":8080", open(mux))
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  expect(
    set.facts
      .flatMap((one) =>
        one.kind === 'error' || one.kind === 'response'
          ? [sayFact(one, titles.get(one.operation) ?? '')]
          : [],
      )
      .toSorted(),
  ).toEqual([
    'IF, for * /berths, the query parameter day is empty, THEN the service SHALL answer 400 with string and say "name a day".',
    'WHEN a client sends * /berths and the query parameter day is not empty, the service SHALL answer 200 with a list.',
    'WHEN a client sends OPTIONS /berths, the service SHALL answer 204.',
  ])
  expect(set.questions).toEqual([])
})

import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const main = `package main

import (
	"net/http"
	"strings"

	"example.org/berths"
	"github.com/go-chi/chi/v5"
)

var closed = berths.IsClosed()

func notFound(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusNotFound)
	w.Write([]byte("no such berth"))
}

func refuse(w http.ResponseWriter, message string) { http.Error(w, message, http.StatusForbidden) }

func known(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		isProbe := closed && r.Method == http.MethodOptions
		if !isProbe && berths.Limit() > 0 && r.Header.Get("X-Crew") == "" {
			refuse(w, "no crew")
			return
		}
		next(w, r)
	}
}

func moor(w http.ResponseWriter, r *http.Request) {
	if closed {
		http.Error(w, "closed", http.StatusConflict)
		return
	}
	sort := strings.ToLower(r.URL.Query().Get("sort")) + berths.Suffix(r.URL.Query().Get("sort"))
	if !berths.Sorts(sort) {
		http.Error(w, "not so", http.StatusBadRequest)
		return
	}
	berth, err := berths.Find(chi.URLParam(r, "id"))
	if err != nil {
		notFound(w)
		return
	}
	if berth.Taken {
		refuse(w, "taken")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	r := chi.NewRouter()
	r.Post("/berths/{id}", known(moor))
	http.ListenAndServe(":8080", r)
}
`

test('what a function refuses that only writes the refusal is told by what is asked where it is called [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': main,
  })
  const told = set.facts.flatMap((one) => (one.kind === 'error' ? [sayFact(one, 'it')] : []))
  expect(told.filter((one) => /404|403/.test(one)).toSorted()).toEqual([
    'IF, for it, `berths.Find(path.id).Taken` holds and 3 further tests hold, THEN the service SHALL answer 403 with string and say "taken".',
    'IF, for it, `berths.Find(path.id)` fails and 3 further tests hold, THEN the service SHALL answer 404 with string and say "no such berth".',
    // What is false for the method of the operation is not said.
    'IF, for it, `berths.Limit()` is greater than 0 and the header X-Crew is empty, THEN the service SHALL answer 403 with string and say "no crew".',
  ])
})

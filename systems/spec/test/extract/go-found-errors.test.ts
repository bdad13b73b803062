import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('each error that is found by an interface has its own status and says its own text [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/keel\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': `package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type stated interface{ Status() int }

type Missing struct{ Name string }

func (m Missing) Error() string { return "no such keel" }
func (m Missing) Status() int   { return http.StatusNotFound }

type Refused struct{ status int }

func (r *Refused) Error() string { return "refused" }
func (r *Refused) Status() int   { return r.status }

func told(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			var own stated
			if errors.As(err, &own) {
				w.WriteHeader(own.Status())
				json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
				return
			}
			http.Error(w, "no luck", http.StatusBadGateway)
		}
	}
}

func keel(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("X-Crew") == "" {
		return &Refused{status: http.StatusForbidden}
	}
	if r.Header.Get("X-Dock") == "" {
		return &Refused{status: http.StatusConflict}
	}
	if r.FormValue("name") == "" {
		return Missing{Name: "first"}
	}
	if r.FormValue("dark") == "yes" {
		return errors.New("too dark")
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func main() {
	r := chi.NewRouter()
	r.Get("/keels", told(keel))
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ status, message }) => `${status} ${message}`)
      .toSorted(),
  ).toEqual(['403 refused', '404 no such keel', '409 refused', '502 no luck'])
})

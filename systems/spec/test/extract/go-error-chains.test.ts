import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('handlers that give errors, made ones by a chain that is given what answers these, are answered by that, behind their middleware [SPEC-EXTRACT-06]', async () => {
  const found = await extractFiles({
    'go.mod': `module example.com/kites

go 1.22

require (
	github.com/go-chi/chi/v5 v5.0.0
	github.com/hay-kot/httpkit v0.0.1
)
`,
    'main.go': `package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/hay-kot/httpkit/errchain"
)

type Refusal struct {
	Status int
	Why    string
}

func (r *Refusal) Error() string { return r.Why }

var ErrUnknown = errors.New("unknown")

func answers() errchain.ErrorHandler {
	return func(h errchain.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			err := h.ServeHTTP(w, r)
			if err != nil {
				var refusal *Refusal
				code := http.StatusInternalServerError
				switch {
				case errors.Is(err, ErrUnknown):
					code = http.StatusUnauthorized
				case errors.As(err, &refusal):
					code = refusal.Status
				}
				w.WriteHeader(code)
			}
		})
	}
}

func signedIn(next errchain.Handler) errchain.Handler {
	return errchain.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		if r.Header.Get("X-Keeper") == "" {
			return ErrUnknown
		}
		return next.ServeHTTP(w, r)
	})
}

type Kites struct{}

func (k *Kites) Create() errchain.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		var kite struct{ Name string \`json:"name"\` }
		if err := json.NewDecoder(r.Body).Decode(&kite); err != nil {
			return &Refusal{Status: 400, Why: "no JSON"}
		}
		if kite.Name == "" {
			return &Refusal{Status: 422, Why: "name it"}
		}
		w.WriteHeader(201)
		return nil
	}
}

func routes(r *chi.Mux, chain *errchain.ErrChain) {
	kites := &Kites{}
	before := []errchain.Middleware{signedIn}
	r.Post("/kites", chain.ToHandlerFunc(kites.Create(), before...))
	r.Post("/open", chain.ToHandlerFunc(kites.Create()))
}

func main() {
	r := chi.NewRouter()
	chain := errchain.New(answers())
	routes(r, chain)
	http.ListenAndServe(":80", r)
}
`,
  })
  expect(summarize(found).statuses).toEqual({
    'POST /kites': [201, 400, 401, 422],
    'POST /open': [201, 400, 422],
  })
  expect(
    found.set.facts.flatMap((fact) => (fact.kind === 'guard' ? [`${fact.name} ${fact.status}`] : [])),
  ).toEqual(['signedIn 401'])
})

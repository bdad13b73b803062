import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const main = (chosen: string) => `package main

import (
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"
)

type Gate interface {
	Ask(next http.Handler) http.Handler
}

type byPass struct{}

func (byPass) Ask(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Pass") == "old" {
			http.Error(w, "too old", http.StatusBadRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

type byRank struct{}

func (byRank) Ask(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Rank") == "" {
			http.Error(w, "no rank", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	var gate Gate
	${chosen}
	r := chi.NewRouter()
	r.With(gate.Ask).Get("/decks", list)
	r.With(byRank{}.Ask).Get("/bridge", list)
	http.ListenAndServe(":8080", r)
}
`

test.each([
  `switch os.Getenv("GATE") {
	case "pass":
		gate = byPass{}
	case "rank":
		gate = byRank{}
	}`,
  `if os.Getenv("GATE") == "pass" {
		gate = byPass{}
	} else if os.Getenv("GATE") == "rank" {
		gate = byRank{}
	}`,
])(
  'what one of several things answers before a handler is asked, as it is not known which it is [SPEC-EXTRACT-06]',
  async (chosen) => {
    const { set } = await extractFiles({
      'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
      'main.go': main(chosen),
    })
    const told = (path: string) =>
      set.facts.flatMap((one) =>
        one.kind === 'operation' && one.path === path
          ? set.facts.flatMap((fact) =>
              fact.kind === 'error' && fact.operation === one.id ? [`${fact.status} ${fact.grade}`] : [],
            )
          : [],
      )
    expect(told('/decks').toSorted()).toEqual(['400 open', '403 open'])
    expect(told('/bridge')).toEqual(['403 proved'])
  },
)

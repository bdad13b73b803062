import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const main = (more: string) => `package main

import (
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"
)

type Gate struct {
	name   string
	target string
}

func (g *Gate) WithTarget(path string) *Gate {
	g.target = path
	return g
}

func (g *Gate) Ask(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") == "" {
			if g.target == "" {
				w.WriteHeader(http.StatusUnauthorized)
			} else {
				http.Redirect(w, r, g.target, http.StatusFound)
			}
			return
		}
		next.ServeHTTP(w, r)
	})
}

${more}

func list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	r := chi.NewRouter()
	r.With((&Gate{name: "north"}).WithTarget(os.Getenv("BASE") + "/in").Ask).Get("/decks", list)
	r.With((&Gate{name: "south"}).Ask).Get("/bridge", list)
	http.ListenAndServe(":8080", r)
}
`

/** The statuses of answers, by path. */
async function statuses(more = ''): Promise<Record<string, number[]>> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': main(more),
  })
  return Object.fromEntries(
    set.facts.flatMap((one) =>
      one.kind === 'operation'
        ? [
            [
              one.path,
              set.facts
                .flatMap((fact) =>
                  (fact.kind === 'error' || fact.kind === 'response') && fact.operation === one.id
                    ? [fact.status]
                    : [],
                )
                .toSorted((a, b) => a - b),
            ],
          ]
        : [],
    ),
  )
}

test('a text of a struct that only functions set which give one is empty where the program made it so [SPEC-EXTRACT-06]', async () => {
  expect(await statuses()).toEqual({ '/bridge': [204, 401], '/decks': [204, 302] })
})

test('one that other code may set later may be anything [SPEC-EXTRACT-06]', async () => {
  expect(await statuses('func (g *Gate) move(path string) { g.target = path }')).toEqual({
    '/bridge': [204, 302, 401],
    '/decks': [204, 302],
  })
})

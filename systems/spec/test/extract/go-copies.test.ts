import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const head = `package main

import (
	"net/http"
	"strings"

	"example.org/crews"
	"github.com/go-chi/chi/v5"
)

type Rules struct {
	captains bool
	limits   Limits
}

type Limits struct{ weekdays bool }

type Gate struct {
	rules Rules
}

func (g *Gate) Ask(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.rules.captains && !crews.IsCaptain(r.Context()) {
			http.Error(w, "captains only", http.StatusForbidden)
			return
		}
		if g.rules.limits.weekdays && crews.IsSunday() {
			http.Error(w, "not on Sundays", http.StatusConflict)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func list(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }
`

const serving = (open: string) => `
func main() {
	strict := &Gate{rules: Rules{captains: true, limits: Limits{weekdays: true}}}
	r := chi.NewRouter()
	r.With(${open}.Ask).Get("/open", list)
	r.With(strict.Ask).Get("/strict", list)
	http.ListenAndServe(":8080", r)
}
`

/** What an operation refuses, by path. */
async function refusals(main: string): Promise<Record<string, string[]>> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/locks\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': main,
  })
  return Object.fromEntries(
    set.facts.flatMap((one) =>
      one.kind === 'operation'
        ? [
            [
              one.path,
              set.facts
                .flatMap((fact) =>
                  fact.kind === 'error' && fact.operation === one.id
                    ? [`${fact.status} ${fact.message}`]
                    : [],
                )
                .toSorted(),
            ],
          ]
        : [],
    ),
  )
}

const both = ['403 captains only', '409 not on Sundays']

test.each([
  [
    'a struct that a field holds, where it is put into another thing',
    `func (g *Gate) Open() *Gate {
	other := &Gate{rules: g.rules}
	other.rules.captains = false
	return other
}`,
    'strict.Open()',
    ['409 not on Sundays'],
  ],
  [
    'what a pointer is followed to, with the structs in it',
    `func (g *Gate) Open() *Gate {
	other := *g
	other.rules.limits.weekdays = false
	return &other
}`,
    'strict.Open()',
    ['403 captains only'],
  ],
  [
    'a receiver that is no pointer',
    `func (r Rules) forAll() Rules {
	r.captains = false
	return r
}`,
    '(&Gate{rules: strict.rules.forAll()})',
    ['409 not on Sundays'],
  ],
  [
    'a parameter that is no pointer',
    `func gateOf(r Rules) *Gate {
	r.captains = false
	return &Gate{rules: r}
}`,
    'gateOf(strict.rules)',
    ['409 not on Sundays'],
  ],
])('Go copies %s [SPEC-EXTRACT-06]', async (_, code, open, left) => {
  expect(await refusals(`${head}\n${code}\n${serving(open)}`)).toEqual({ '/open': left, '/strict': both })
})

test('Go sets the thing itself by a pointer to it [SPEC-EXTRACT-06]', async () => {
  const code = `func (g *Gate) Open() *Gate {
	rules := &g.rules
	rules.captains = false
	return g
}`
  expect(await refusals(`${head}\n${code}\n${serving('strict.Open()')}`)).toEqual({
    '/open': ['409 not on Sundays'],
    '/strict': ['409 not on Sundays'],
  })
})

test('who shows nothing has no part of a header either, and may pass [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/locks\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': `${head}
func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
		if !ok || key == "" {
			next.ServeHTTP(w, r)
			return
		}
		if !crews.IsKey(key) {
			http.Error(w, "not this key", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	r := chi.NewRouter()
	r.With(known).Get("/locks", list)
	http.ListenAndServe(":8080", r)
}
`,
  })
  const guards = set.facts.flatMap((one) => (one.kind === 'guard' ? [sayFact(one, 'GET /locks')] : []))
  expect(guards).toEqual([
    'WHEN a client sends GET /locks, the service SHALL take a caller who is signed in and one who is not.',
  ])
})

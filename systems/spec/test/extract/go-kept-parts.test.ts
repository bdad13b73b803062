import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const shared = `package main

import (
	"context"
	"log"
	"net/http"
	"sync"

	"example.org/crews"
	"github.com/go-chi/chi/v5"
)

type Sailor struct {
	ID      string
	Captain bool
}

type Shared struct {
	mu     sync.RWMutex
	items  map[string]any
	sailor *Sailor
}

func (s *Shared) Set(key string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = value
}

func (s *Shared) Get(key string) any {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, _ := s.items[key]
	return value
}

type sharing struct{ handler http.Handler }

func newSharing(h http.Handler) http.Handler { return &sharing{handler: h} }

func (s *sharing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(r.Context(), "shared", &Shared{items: make(map[string]any)})
	s.handler.ServeHTTP(w, r.WithContext(ctx))
	log.Print(r.Header.Get("X-Trace"))
}

func find(key string) (*Sailor, error) {
	var sailor Sailor
	if err := crews.Find(key, &sailor); err != nil {
		return nil, err
	}
	return &sailor, nil
}

func list(w http.ResponseWriter, req *http.Request) {
	sailor := sailorOf(req)
	if sailor == nil {
		http.Error(w, "nobody", http.StatusForbidden)
		return
	}
	if !sailor.Captain {
		http.Error(w, "captains only", http.StatusForbidden)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	r := chi.NewRouter()
	r.Use(newSharing)
	r.With(known).Get("/decks", list)
	r.Get("/open", list)
	http.ListenAndServe(":8080", r)
}
`

const inMap = `
func setSailor(r *http.Request, sailor *Sailor) {
	if s := r.Context().Value("shared").(*Shared); s != nil {
		s.Set("sailor", sailor)
	}
}

func sailorOf(r *http.Request) *Sailor {
	s := r.Context().Value("shared")
	if s == nil {
		return nil
	}
	value := s.(*Shared).Get("sailor")
	if value == nil {
		return nil
	}
	return value.(*Sailor)
}
`

const inField = `
func setSailor(r *http.Request, sailor *Sailor) { r.Context().Value("shared").(*Shared).sailor = sailor }

func sailorOf(r *http.Request) *Sailor { return r.Context().Value("shared").(*Shared).sailor }
`

const known = (asked: string) => `
func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sailor, err := find(r.Header.Get("X-Key"))
		if ${asked} {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		setSailor(r, sailor)
		next.ServeHTTP(w, r)
	})
}
`

/** What operations refuse with 403 and take, by path. */
async function told(...code: string[]): Promise<Record<string, string[]>> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
    'main.go': [shared, ...code].join('\n'),
  })
  return Object.fromEntries(
    set.facts.flatMap((one) =>
      one.kind === 'operation'
        ? [
            [
              one.path,
              set.facts.flatMap((fact) =>
                (fact.kind === 'parameter' || (fact.kind === 'error' && fact.status === 403)) &&
                fact.operation === one.id
                  ? [sayFact(fact, one.path)]
                  : [],
              ),
            ],
          ]
        : [],
    ),
  )
}

const missing = expect.stringContaining('missing, THEN the service SHALL answer 403')

test.each([
  ['a map', inMap],
  ['a field', inField],
])(
  'what middleware puts into %s of what the request holds is there for the handler behind it [SPEC-EXTRACT-06]',
  async (_, code) => {
    const found = await told(known('err != nil || sailor == nil'), code)
    expect(found['/open']).toContainEqual(missing)
    expect(found['/decks']).not.toContainEqual(missing)
    expect(found['/decks']).toContainEqual(expect.stringContaining('say "captains only"'))
  },
)

test('what middleware puts there and may be nothing may be missing [SPEC-EXTRACT-06]', async () => {
  const found = await told(known('err != nil && err != crews.ErrGone'), inField)
  expect(found['/decks']).toContainEqual(missing)
})

test('what middleware reads after it handed on, for a log, is no input [SPEC-EXTRACT-06]', async () => {
  const found = await told(known('err != nil'), inField)
  expect(found['/open']?.join()).not.toContain('x-trace')
  expect(found['/decks']?.join()).toContain('x-key')
})

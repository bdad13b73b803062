import { expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/depot\n\ngo 1.24\n' }

const saidOf = async (files: Record<string, string>, kinds: readonly Fact['kind'][] = ['error']) => {
  const { set } = await extractFiles({ ...goMod, ...files })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  return set.facts
    .flatMap((fact) =>
      kinds.includes(fact.kind) && 'operation' in fact
        ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
        : [],
    )
    .toSorted()
}

const faults = `package faults

type kind struct{ name string }

var (
	Missing = kind{"missing"}
	Taken   = kind{"taken"}
	Broken  = kind{"broken"}
)

type fault struct {
	kind  kind
	cause error
}

func (f *fault) Error() string { return f.kind.name }

func New(k kind) *fault { return &fault{kind: k} }

func KindOf(err error) kind {
	f, ok := err.(*fault)
	if ok {
		return f.kind
	}
	return Broken
}
`
const answers = `package web

import (
	"net/http"

	"example.com/depot/faults"
)

func Fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch faults.KindOf(err) {
	case faults.Missing:
		status = http.StatusNotFound
	case faults.Taken:
		status = http.StatusConflict
	}
	w.WriteHeader(status)
}

func Safe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if found := recover(); found != nil {
				Fail(w, faults.New(faults.Broken))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
`

test('what a writer of errors answers is decided by the kind of error that comes to it, and what is deferred for a panic answers nothing else [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'faults/faults.go': faults,
    'web/web.go': answers,
    'main.go': `package main

import (
	"net/http"

	"example.com/depot/faults"
	"example.com/depot/web"
)

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /crates/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") == "none" {
			web.Fail(w, faults.New(faults.Missing))
			return
		}
		w.WriteHeader(204)
	})
	http.ListenAndServe(":1", web.Safe(m))
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /crates/{id}, the path parameter id is "none", THEN the service SHALL answer 404.',
  ])
})

test('a method of an interface of Go is of the types whose methods have the same types, and of several that are made it is not known which [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"context"
	"net/http"
)

type Finder interface {
	Find(ctx context.Context, id string) (string, error)
}

type Handlers struct{ finder Finder }

func (h *Handlers) Find(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Depot") == "" {
		w.WriteHeader(418)
		return
	}
}

func (h *Handlers) Show(w http.ResponseWriter, r *http.Request) {
	if _, err := h.finder.Find(r.Context(), r.PathValue("id")); err != nil {
		w.WriteHeader(404)
		return
	}
	w.WriteHeader(200)
}

func setUp(finder Finder) {
	h := &Handlers{finder}
	m := http.NewServeMux()
	m.HandleFunc("GET /crates/{id}", h.Show)
	http.ListenAndServe(":1", m)
}

func main() { setUp(nil) }
`,
  })
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/Find\(.*fails, THEN the service SHALL answer 404\.$/)
})

test('errors that one function makes of what several calls failed with are told apart by what it asks, and what is left is asked [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.com/elsewhere/store"
)

type refusal struct {
	cause  error
	status int
}

func (r *refusal) Error() string { return "refused" }

func known(err error) error {
	if store.IsGone(err) {
		return &refusal{err, 410}
	}
	if store.IsLocked(err) {
		return &refusal{err, 423}
	}
	return err
}

func take(id string) error {
	if err := store.Take(id); err != nil {
		return known(err)
	}
	if err := store.Count(id); err != nil {
		return known(err)
	}
	if err := store.Weigh(id); err != nil {
		return known(err)
	}
	return nil
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("POST /crates/{id}", func(w http.ResponseWriter, r *http.Request) {
		if err := take(r.PathValue("id")); err != nil {
			var found *refusal
			if errors.As(err, &found) {
				w.WriteHeader(found.status)
				return
			}
			w.WriteHeader(500)
			return
		}
		w.WriteHeader(204)
	})
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(said).toEqual([
    expect.stringMatching(
      /`store\.IsGone\(.*\)` does not hold and `store\.IsLocked\(.*\)` holds.* answer 423\.$/,
    ),
    expect.stringMatching(/`store\.IsGone\(.*\)` holds.* answer 410\.$/),
    'POST /crates/{id} may answer 500, only where `take(path.id)` fails. (Open: when.)',
  ])
})

test('a guard that asks only some callers for a right is told by what it was made with [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf(
    {
      'main.go': `package main

import "github.com/gin-gonic/gin"

type token struct{ scopes []string }

func (t *token) Has(scope string) bool {
	for _, one := range t.scopes {
		if one == scope {
			return true
		}
	}
	return false
}

func scoped(scope string) gin.HandlerFunc {
	return func(c *gin.Context) {
		found, ok := c.Get("token")
		if !ok {
			c.Next()
			return
		}
		if t := found.(*token); !t.Has(scope) {
			c.AbortWithStatus(403)
			return
		}
		c.Next()
	}
}

func main() {
	r := gin.New()
	r.GET("/crates", scoped("crates:read"), func(c *gin.Context) { c.Status(204) })
	r.Run()
}
`,
    },
    ['guard'],
  )
  expect(said).toEqual([
    'WHEN a client sends GET /crates and `Has("crates:read")` does not hold, the service SHALL refuse a caller whom `scoped(crates:read)` does not let pass.',
  ])
})

test('what comes after a loop that lets some requests pass comes where it let none pass, which is not told [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"strings"

	"github.com/gin-gonic/gin"
)

func known(list string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.GetHeader("X-Depot") == "" {
			c.AbortWithStatus(400)
			return
		}
		for _, one := range strings.Split(list, ",") {
			if one == c.ClientIP() {
				c.Next()
				return
			}
		}
		c.AbortWithStatus(403)
	}
}

func main() {
	r := gin.New()
	r.GET("/crates", known(os.Getenv("DEPOT_CALLERS")), func(c *gin.Context) { c.Status(204) })
	r.Run()
}
`,
  })
  expect(said).toEqual([
    'GET /crates may answer 403, only where the header X-Depot is not empty. (Open: when.)',
    'IF, for GET /crates, the header X-Depot is empty, THEN the service SHALL answer 400.',
  ])
})

test('that something was read of the request is said, as it is there only then [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import "github.com/gin-gonic/gin"

func forged(c *gin.Context) {
	if _, err := c.Cookie("depot"); err != nil {
		c.Next()
		return
	}
	if c.GetHeader("X-Depot") == "" {
		c.AbortWithStatus(403)
		return
	}
	c.Next()
}

func main() {
	r := gin.New()
	r.POST("/crates", forged, func(c *gin.Context) { c.Status(204) })
	r.Run()
}
`,
  })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('cookie depot')
  expect(said[0]).toContain('the header X-Depot is empty, THEN the service SHALL answer 403.')
})

test('an error of Go that is made of whatever it is given, by the types of that, has the status that is among it, and none where there is none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/barn\n\ngo 1.24\n',
    'main.go': `package main

import (
	"net/http"
	"strconv"

	"example.com/barn/fail"
	"example.org/db"
)

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /bales", func(w http.ResponseWriter, r *http.Request) {
		bales, err := find(r)
		if err != nil {
			http.Error(w, "failed", fail.Status(err))
			return
		}
		w.Write(bales)
	})
	http.ListenAndServe(":1", m)
}

func find(r *http.Request) ([]byte, error) {
	const op fail.Op = "find"
	if said := r.FormValue("most"); said != "" {
		if _, err := strconv.Atoi(said); err != nil {
			return nil, fail.E(op, err, fail.Malformed)
		}
	}
	if r.FormValue("barn") == "" {
		return nil, fail.E(op, fail.Level(3), "which barn?", http.StatusNotFound)
	}
	bales, err := db.All()
	if err != nil {
		return nil, fail.E(op, err)
	}
	return bales, nil
}
`,
    'fail/fail.go': `package fail

import (
	"errors"
	"net/http"
)

const Malformed = http.StatusBadRequest

type Op string
type Level int

type Error struct {
	Code  int
	Op    Op
	Err   error
	Level Level
}

func (e Error) Error() string { return e.Err.Error() }

func E(op Op, parts ...any) error {
	e := Error{Op: op}
	for _, part := range parts {
		switch part := part.(type) {
		case error:
			e.Err = part
		case string:
			e.Err = errors.New(part)
		case Level:
			e.Level = part
		case int:
			e.Code = part
		}
	}
	return e
}

func Status(err error) int {
	if e, ok := err.(Error); ok {
		if e.Code != 0 {
			return e.Code
		}
	}
	return http.StatusInternalServerError
}
`,
  })
  const said = set.facts.flatMap((fact) => (fact.kind === 'error' ? [sayFact(fact, 'GET /bales')] : []))
  expect(said.toSorted()).toEqual([
    'IF, for GET /bales, `db.All()` fails and the query parameter barn is not empty, THEN the service SHALL answer 500 with string and say "failed".',
    'IF, for GET /bales, the query parameter barn is empty, THEN the service SHALL answer 404 with string and say "failed".',
    'IF, for GET /bales, the query parameter most is not empty and the query parameter most is not a whole number, THEN the service SHALL answer 400 with string and say "failed".',
  ])
})

test('a map of Go that says yes of some errors says it of these alone [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/barn\n\ngo 1.24\n',
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.org/db"
)

var (
	errShut  = errors.New("shut")
	errEmpty = errors.New("empty")
	errFull  = errors.New("full")

	refused   = map[error]bool{errShut: true}
	conflicts = map[error]bool{errEmpty: true, errFull: true}
)

func main() {
	m := http.NewServeMux()
	m.HandleFunc("PUT /bales", func(w http.ResponseWriter, r *http.Request) {
		if err := put(r); err != nil {
			fail(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":1", m)
}

func put(r *http.Request) error {
	if r.FormValue("barn") == "" {
		return errShut
	}
	if r.FormValue("bale") == "" {
		return errFull
	}
	return db.Put()
}

func fail(w http.ResponseWriter, err error) {
	switch {
	case refused[err]:
		w.WriteHeader(http.StatusForbidden)
	case conflicts[err]:
		w.WriteHeader(http.StatusConflict)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
}
`,
  })
  const said = set.facts.flatMap((fact) => (fact.kind === 'error' ? [sayFact(fact, 'PUT /bales')] : []))
  expect(said.toSorted()).toEqual([
    'IF, for PUT /bales, the form field bale is empty and the form field barn is not empty, THEN the service SHALL answer 409.',
    'IF, for PUT /bales, the form field barn is empty, THEN the service SHALL answer 403.',
    'PUT /bales may answer 500, only where `db.Put()` fails and the form field bale is not empty and the form field barn is not empty. (Open: when.)',
  ])
})
test('what code outside puts into a variable of a function, and that calls within one failed, is told by the call of that function [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidOf({
      'main.go': `package main

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
)

type store struct{ db *sql.DB }

func (s *store) isThere(owner, boat string) (bool, error) {
	var result bool
	if err := s.db.QueryRow("select true from boats where owner = $1 and id = $2", owner, boat).Scan(&result); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("store: %w", err)
	}
	return result, nil
}

func (s *store) hasMast(boat string) bool {
	var result bool
	s.db.QueryRow("select mast from boats where id = $1", boat).Scan(&result)
	return result
}

type handler struct{ store *store }

func (h *handler) show(w http.ResponseWriter, r *http.Request) {
	found, err := h.store.isThere(r.PathValue("owner"), r.PathValue("boat"))
	if err != nil {
		w.WriteHeader(500)
		return
	}
	if !found {
		w.WriteHeader(404)
		return
	}
	if !h.store.hasMast(r.PathValue("boat")) {
		w.WriteHeader(409)
		return
	}
	w.WriteHeader(204)
}

func main() {
	h := &handler{store: &store{}}
	m := http.NewServeMux()
	m.HandleFunc("GET /owners/{owner}/boats/{boat}", h.show)
	http.ListenAndServe(":1", m)
}
`,
    }),
  ).toEqual([
    'IF, for GET /owners/{owner}/boats/{boat}, `hasMast(path.boat)` does not hold and `isThere(path.owner, path.boat)` holds, THEN the service SHALL answer 409.',
    'IF, for GET /owners/{owner}/boats/{boat}, `isThere(path.owner, path.boat)` does not hold, THEN the service SHALL answer 404.',
    'IF, for GET /owners/{owner}/boats/{boat}, `isThere(path.owner, path.boat)` fails, THEN the service SHALL answer 500.',
  ])
})

test('what several calls within one failed with, handed on through others, is told by the call that the handler asks [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidOf({
      'main.go': `package main

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
)

type Store struct{ db *sql.DB }
type Boat struct {
	ID   int
	Name string
}
type Builder struct {
	store *Store
	limit int
}

func (b *Builder) fetch(withCount bool) ([]*Boat, int, error) {
	query := "SELECT id FROM boats"
	rows, err := b.store.db.Query(query)
	if err != nil {
		return nil, 0, fmt.Errorf("query: %v", err)
	}
	defer rows.Close()
	boats := make([]*Boat, 0)
	for rows.Next() {
		var boat Boat
		err := rows.Scan(&boat.ID, &boat.Name)
		if err != nil {
			return nil, 0, fmt.Errorf("scan: %v", err)
		}
		boats = append(boats, &boat)
	}
	return boats, len(boats), nil
}

func (b *Builder) WithCount() ([]*Boat, int, error) { return b.fetch(true) }
func (b *Builder) All() ([]*Boat, error) {
	boats, _, err := b.fetch(false)
	return boats, err
}
func (b *Builder) One() (*Boat, error) {
	b.limit = 1
	boats, err := b.All()
	if err != nil {
		return nil, err
	}
	if len(boats) != 1 {
		return nil, nil
	}
	return boats[0], nil
}

func (s *Store) user(query string, args ...any) (*Boat, error) {
	user := &Boat{}
	err := s.db.QueryRow(query, args...).Scan(&user.ID, &user.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("no: %v", err)
	}
	return user, nil
}
func (s *Store) UserByID(id string) (*Boat, error) { return s.user("SELECT x FROM u WHERE id=$1", id) }

type handler struct{ store *Store }

func (h *handler) list(w http.ResponseWriter, r *http.Request) {
	user, err := h.store.UserByID(r.PathValue("owner"))
	if err != nil {
		http.Error(w, "no answer", 500)
		return
	}
	builder := &Builder{store: h.store}
	boats, n, err := builder.WithCount()
	if err != nil {
		http.Error(w, "broken", 500)
		return
	}
	fmt.Fprintln(w, boats, n, user.Name)
}
func (h *handler) one(w http.ResponseWriter, r *http.Request) {
	user, err := h.store.UserByID(r.PathValue("owner"))
	if err != nil {
		http.Error(w, "no answer", 500)
		return
	}
	if user == nil {
		http.Error(w, "no user", 401)
		return
	}
	builder := &Builder{store: h.store}
	boat, err := builder.One()
	if err != nil {
		http.Error(w, "broken", 500)
		return
	}
	if boat == nil {
		http.Error(w, "no", 404)
		return
	}
	fmt.Fprintln(w, boat.Name)
}

func main() {
	h := &handler{store: &Store{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /owners/{owner}/boats", h.list)
	mux.HandleFunc("GET /owners/{owner}/boat", h.one)
	http.ListenAndServe(":80", mux)
}
`,
    }),
  ).toEqual([
    'IF, for GET /owners/{owner}/boat, `One()` is missing and `UserByID(path.owner)` is there, THEN the service SHALL answer 404 with string and say "no".',
    'IF, for GET /owners/{owner}/boat, `UserByID(path.owner)` fails, THEN the service SHALL answer 500 with string and say "no answer".',
    'IF, for GET /owners/{owner}/boat, `UserByID(path.owner)` is missing, THEN the service SHALL answer 401 with string and say "no user".',
    'IF, for GET /owners/{owner}/boat, `UserByID(path.owner)` is there and `fetch(false)` fails, THEN the service SHALL answer 500 with string and say "broken".',
    'IF, for GET /owners/{owner}/boats, `UserByID(path.owner)` fails, THEN the service SHALL answer 500 with string and say "no answer".',
    'IF, for GET /owners/{owner}/boats, `WithCount()` fails, THEN the service SHALL answer 500 with string and say "broken".',
  ])
})

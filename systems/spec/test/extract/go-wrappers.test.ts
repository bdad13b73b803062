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

const given = (route: string) => ({
  'go.mod': 'module example.com/berths\ngo 1.24\n',
  'main.go': `package main

import (
	"errors"
	"net/http"
)

var errGone = errors.New("boat is gone")
var errTaken = errors.New("not your boat")

func statusOf(err error) int {
	if errors.Is(err, errGone) {
		return http.StatusGone
	}
	return http.StatusForbidden
}

func find(boat string) error {
	if boat == "ghost" {
		return errGone
	}
	if boat == "theirs" {
		return errTaken
	}
	return nil
}

func sail(w http.ResponseWriter, r *http.Request) (int, error) {
	if err := find(r.PathValue("boat")); err != nil {
		return statusOf(err), err
	}
	if r.Header.Get("X-Wind") == "" {
		return http.StatusBadRequest, errors.New("no wind")
	}
	return http.StatusNoContent, nil
}

type handler func(w http.ResponseWriter, r *http.Request) (int, error)

func signedIn(fn handler) handler {
	return func(w http.ResponseWriter, r *http.Request) (int, error) {
		if r.Header.Get("Authorization") == "" {
			return http.StatusUnauthorized, errors.New("sign in")
		}
		return fn(w, r)
	}
}

func answering(fn handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, err := fn(w, r)
		if err != nil {
			http.Error(w, err.Error(), status)
			return
		}
		if status != 0 {
			w.WriteHeader(status)
		}
	})
}

func main() {
	http.Handle("POST /sail/{boat}", answering(${route}))
	http.ListenAndServe(":8080", nil)
}
`,
})

test('what answers by the status and the error that a handler gave is no guard, and has no status where another was given [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles(given('sail'))
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'error' || fact.kind === 'guard' || fact.kind === 'operation'
      ? [sayFact(fact, 'POST /sail/{boat}')]
      : [],
  )
  expect(said.toSorted()).toEqual([
    'IF, for POST /sail/{boat}, the header X-Wind is empty and the path parameter boat is not "ghost" and the path parameter boat is not "theirs", THEN the service SHALL answer 400 with string and say "no wind".',
    'IF, for POST /sail/{boat}, the path parameter boat is "ghost", THEN the service SHALL answer 410 with string and say "boat is gone".',
    'IF, for POST /sail/{boat}, the path parameter boat is "theirs", THEN the service SHALL answer 403 with string and say "not your boat".',
    'THE service SHALL answer POST /sail/{boat}.',
  ])
})

test('the same of what wraps such a handler and refuses who is not signed in is a guard [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles(given('signedIn(sail)'))
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'guard' ? [sayFact(fact, 'POST /sail/{boat}')] : [],
  )
  expect(said).toEqual([
    'WHEN a client sends POST /sail/{boat}, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('middleware of chains that alice makes stands before the handler or the router that they end in [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/winch\n\ngo 1.24\n\nrequire github.com/justinas/alice v1.2.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/justinas/alice"
)

func refusing(header string, status int) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get(header) == "" {
				http.Error(w, "no "+header, status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func crewed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Crew") == "" {
			http.Error(w, "crew only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func pull(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("rope") == "" {
		http.Error(w, "no rope", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func routes() http.Handler {
	m := http.NewServeMux()
	open := alice.New(refusing("X-Port", http.StatusUnauthorized))
	m.Handle("GET /ropes", open.ThenFunc(pull))
	m.Handle("POST /ropes", open.Append(crewed).ThenFunc(pull))
	return alice.New(refusing("X-Gate", http.StatusTeapot)).Then(m)
}

func main() { http.ListenAndServe(":1", routes()) }
`,
  })
  const named = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  expect(
    factsOf(set.facts, 'error')
      .map(({ operation, status }) => `${named.get(operation)} ${status}`)
      .toSorted(),
  ).toEqual([
    'GET /ropes 400',
    'GET /ropes 401',
    'GET /ropes 418',
    'POST /ropes 400',
    'POST /ropes 401',
    'POST /ropes 403',
    'POST /ropes 418',
  ])
})

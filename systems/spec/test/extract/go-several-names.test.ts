import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('names that one call sets in a declaration are each what it gives for them, in a function and of a package [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/berths\ngo 1.22\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"
)

type Gate struct{ key string }

func (g *Gate) Need(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != g.key {
			http.Error(w, "no key", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func makeGate(key string) (bool, *Gate) {
	return true, &Gate{key: key}
}

var isOn, gates = makeGate("pier")

func berths(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode([]string{})
}

func main() {
	var (
		has, gate = makeGate("berth")
		mux       = http.NewServeMux()
	)
	if has && isOn {
		mux.HandleFunc("GET /berths", gate.Need(berths))
	}
	mux.HandleFunc("GET /piers", gates.Need(berths))
	http.ListenAndServe(":8080", mux)
}
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'error' ? [sayFact(one, 'it')] : [])).toSorted()).toEqual([
    'IF, for it, the header X-Key is not "berth", THEN the service SHALL answer 403 with string and say "no key".',
    'IF, for it, the header X-Key is not "pier", THEN the service SHALL answer 403 with string and say "no key".',
  ])
})

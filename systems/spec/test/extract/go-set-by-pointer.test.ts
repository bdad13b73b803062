import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const told = async (source: string): Promise<string[]> => {
  const { facts } = (
    await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', 'main.go': source })
  ).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return facts
    .flatMap((fact) =>
      (fact.kind === 'response' || fact.kind === 'error') && fact.grade !== 'open'
        ? [sayFact(fact, titles.get(fact.operation) ?? '')]
        : [],
    )
    .toSorted()
}

const beginning = `
package main
import (
	"net/http"
	"os"
	"strconv"
)
`

test('what a function of the repository sets by a pointer to a field is none that the field began with [SPEC-EXTRACT-06]', async () => {
  const lines = await told(`${beginning}
type Gate struct { IsShut bool; IsStrict bool; Most int }
type Settings struct { Gate Gate }
func fromEnv(into *bool, name string) error {
	raw, ok := os.LookupEnv(name)
	if !ok { return nil }
	is, err := strconv.ParseBool(raw)
	if err != nil { return err }
	*into = is
	return nil
}
func handed(into *bool, name string) error { return fromEnv(into, name) }
func read(into *int) int { return *into }
func settings() *Settings {
	s := &Settings{Gate: Gate{IsShut: false, IsStrict: true, Most: 3}}
	if err := fromEnv(&s.Gate.IsShut, "SHUT"); err != nil { panic(err) }
	if err := handed(&s.Gate.IsStrict, "STRICT"); err != nil { panic(err) }
	read(&s.Gate.Most)
	return s
}
func main() {
	s := settings()
	http.HandleFunc("GET /shut", func(w http.ResponseWriter, r *http.Request) {
		if s.Gate.IsShut { http.Error(w, "shut", 503); return }
		w.WriteHeader(204)
	})
	http.HandleFunc("GET /strict", func(w http.ResponseWriter, r *http.Request) {
		if s.Gate.IsStrict { http.Error(w, "strict", 403); return }
		w.WriteHeader(204)
	})
	http.HandleFunc("GET /most", func(w http.ResponseWriter, r *http.Request) {
		if s.Gate.Most > 2 { http.Error(w, "many", 409); return }
		w.WriteHeader(204)
	})
	http.ListenAndServe(":80", nil)
}
`)
  expect(lines).toEqual([
    'IF, for GET /shut, `s.Gate.IsShut` holds, THEN the service SHALL answer 503 with string and say "shut".',
    'IF, for GET /strict, `s.Gate.IsStrict` holds, THEN the service SHALL answer 403 with string and say "strict".',
    'WHEN a client sends GET /most, the service SHALL answer 409 with string and say "many".',
    'WHEN a client sends GET /shut and `s.Gate.IsShut` does not hold, the service SHALL answer 204.',
    'WHEN a client sends GET /strict and `s.Gate.IsStrict` does not hold, the service SHALL answer 204.',
  ])
})

test('nor one that a variable began with while a request is answered [SPEC-EXTRACT-06]', async () => {
  const lines = await told(`${beginning}
func page(r *http.Request, into *int) error {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil { return err }
	*into = n
	return nil
}
func main() {
	http.HandleFunc("GET /berths", func(w http.ResponseWriter, r *http.Request) {
		at := 1
		if err := page(r, &at); err != nil { http.Error(w, "no number", 400); return }
		if at == 0 { http.Error(w, "from one", 422); return }
		w.WriteHeader(204)
	})
	http.ListenAndServe(":80", nil)
}
`)
  expect(lines).toEqual([
    'IF, for GET /berths, `at` is 0, THEN the service SHALL answer 422 with string and say "from one".',
    'IF, for GET /berths, the query parameter page is not a whole number, THEN the service SHALL answer 400 with string and say "no number".',
    'WHEN a client sends GET /berths, the service SHALL answer 204.',
  ])
})

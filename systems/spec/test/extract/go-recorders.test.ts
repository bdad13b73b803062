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

const service = (replayed: string) => `package main

import (
	"bytes"
	"encoding/json"
	"net/http"
)

type kept struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	header http.Header
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

func around(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		k := &kept{ResponseWriter: w, status: http.StatusOK, header: make(http.Header)}
		next(k, r)
		${replayed}
		k.ResponseWriter.Write(k.body.Bytes())
	}
}

func main() {
	http.HandleFunc("GET /berths", around(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("quay") == "" {
			w.WriteHeader(http.StatusBadRequest)
			json.NewEncoder(w).Encode([]string{"Which quay?"})
			return
		}
		json.NewEncoder(w).Encode([]string{"berth"})
	}))
	http.ListenAndServe(":8080", nil)
}
`

test('a status that a writer of the repository keeps, and hands on once all is written, is what is answered [SPEC-EXTRACT-06]', async () => {
  expect(await told(service('k.ResponseWriter.WriteHeader(k.status)'))).toEqual([
    'IF, for GET /berths, the query parameter quay is empty, THEN the service SHALL answer 400 with a list of string.',
    'WHEN a client sends GET /berths and the query parameter quay is not empty, the service SHALL answer 200 with a list of string.',
  ])
})

test('one that is handed on nowhere is not [SPEC-EXTRACT-06]', async () => {
  expect((await told(service(''))).join(' ')).not.toContain('400')
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is told of a service of Go, each with its status: an open one `404?`. */
async function toldOf(files: Record<string, string>, kind: 'error' | 'response' = 'error') {
  const { facts } = (await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', ...files })).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, kind)
    .map((fact) => {
      const title = titles.get(fact.operation) ?? '?'
      return `${fact.status ?? ''}${fact.grade === 'open' ? '?' : ''} ${sayFact(fact, title)}`
    })
    .toSorted()
}

const narrow = `package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

type packed struct {
	io.Writer
	http.ResponseWriter
}

func (p packed) Write(b []byte) (int, error) { return p.Writer.Write(b) }

func around(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		gz := gzip.NewWriter(w)
		defer gz.Close()
		p := packed{Writer: gz, ResponseWriter: w}
		next(p, r)
	}
}

func main() {
	http.HandleFunc("GET /berths", around(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("quay") == "" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, "Which quay?")
			return
		}
		json.NewEncoder(w).Encode([]string{"berth"})
	}))
	http.ListenAndServe(":8080", nil)
}
`

test('what a handler answers is so whichever writer middleware hands it [SPEC-EXTRACT-06]', async () => {
  const files = { 'main.go': narrow }
  expect(await toldOf(files)).toEqual([
    '400 IF, for GET /berths, the query parameter quay is empty, THEN the service SHALL answer 400.',
  ])
  expect(await toldOf(files, 'response')).toEqual([
    '200 WHEN a client sends GET /berths and the query parameter quay is not empty, the service SHALL answer 200 with a list of string.',
  ])
})

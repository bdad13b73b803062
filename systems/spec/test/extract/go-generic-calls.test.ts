import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a function of Go that is called with its type is followed, and no conversion of what it is given [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/loom\n\ngo 1.24\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"
)

type Yarn struct {
	Color string \`json:"color"\`
}

func decoded[T any](r *http.Request) (T, error) {
	var one T
	err := json.NewDecoder(r.Body).Decode(&one)
	return one, err
}

func Decoded[T any](r *http.Request) (T, error) { return decoded[T](r) }

func main() {
	m := http.NewServeMux()
	m.HandleFunc("POST /yarns", func(w http.ResponseWriter, r *http.Request) {
		yarn, err := Decoded[Yarn](r)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if yarn.Color == "" {
			w.WriteHeader(http.StatusConflict)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	http.ListenAndServe(":80", m)
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(factsOf(set.facts, 'body')).toHaveLength(1)
  expect(said.toSorted()).toEqual([
    'IF, for POST /yarns, the body can not be read, THEN the service SHALL answer 400.',
    'IF, for POST /yarns, the body’s field color is empty, THEN the service SHALL answer 409.',
  ])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const code = (tag: string) => `package main

import (
	"encoding/json"
	"net/http"
)

type Skiff struct {
	Name  string \`json:"name"\`
	Draft bool   \`${tag}\`
}

func put(w http.ResponseWriter, r *http.Request) {
	var skiff Skiff
	if err := json.NewDecoder(r.Body).Decode(&skiff); err != nil {
		http.Error(w, "no skiff", http.StatusBadRequest)
		return
	}
	if skiff.Draft {
		http.Error(w, "still a draft", http.StatusConflict)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	http.HandleFunc("PUT /skiff", put)
	http.ListenAndServe(":8080", nil)
}
`

/** What is said of the answer 409. */
async function refused(tag: string): Promise<string[]> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/skiff\n\ngo 1.24\n',
    'main.go': code(tag),
  })
  return factsOf(set.facts, 'error')
    .map((fact) => sayFact(fact, 'PUT /skiff'))
    .filter((said) => said.includes('answer 409'))
}

test('a field that JSON never fills is no input [SPEC-EXTRACT-05]', async () => {
  expect(await refused('json:"draft"')).toHaveLength(1)
  expect(await refused('json:"-"')).toEqual([])
})

import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('tells what is written after its status with it, and not what only some ways write', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"
)

type Pot struct {
	Glaze string \`json:"glaze"\`
}

type refusal struct {
	Error string \`json:"error"\`
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func fire(w http.ResponseWriter, r *http.Request) {
	var pot Pot
	if err := json.NewDecoder(r.Body).Decode(&pot); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		json.NewEncoder(w).Encode(map[string]string{"error": "no pot"})
		return
	}
	if pot.Glaze == "" {
		reply(w, http.StatusConflict, refusal{Error: "no glaze"})
		return
	}
	reply(w, http.StatusCreated, pot)
}

func cool(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	if r.URL.Query().Get("full") != "" {
		json.NewEncoder(w).Encode(Pot{Glaze: "blue"})
	}
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("POST /pots", fire)
	m.HandleFunc("GET /pots", cool)
	http.ListenAndServe(":1", m)
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'error' || fact.kind === 'response'
      ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
      : [],
  )
  expect(said.toSorted()).toEqual([
    'IF, for POST /pots, the body can not be read, THEN the service SHALL answer 400 with error (string, required) and say "no pot".',
    'IF, for POST /pots, the body’s field glaze is empty, THEN the service SHALL answer 409 with refusal and say "no glaze".',
    'WHEN a client sends GET /pots, the service SHALL answer 202.',
    'WHEN a client sends POST /pots, the service SHALL answer 201 with Pot.',
  ])
})

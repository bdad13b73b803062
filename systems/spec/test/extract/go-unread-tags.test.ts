import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const service = (imported: string, tell: string) => ({
  'go.mod': 'module example.com/kites\n\ngo 1.22\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
  'main.go': `package main

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
	${imported}
)

type Kite struct {
	Name string \`json:"name" binding:"required"\`
}

func create(w http.ResponseWriter, r *http.Request) {
	var kite Kite
	if err := json.NewDecoder(r.Body).Decode(&kite); err != nil {
		w.WriteHeader(400)
		return
	}
	w.WriteHeader(201)
}

func main() {
	${tell}
	r := chi.NewRouter()
	r.Post("/kites", create)
	http.ListenAndServe(":80", r)
}
`,
})

test.each([
  ['nothing reads', '', '', ['name false']],
  [
    'a validator is told to read',
    '"github.com/go-playground/validator/v10"',
    'validator.New().SetTagName("binding")',
    ['name true'],
  ],
])('a tag that %s asks as much [SPEC-PACKS-01]', async (_, imported, tell, expected) => {
  const { set } = await extractFiles(service(imported, tell))
  expect(
    set.facts.flatMap((fact) =>
      fact.kind === 'model' ? fact.fields.map(({ name, isRequired }) => `${name} ${isRequired}`) : [],
    ),
  ).toEqual(expected)
})

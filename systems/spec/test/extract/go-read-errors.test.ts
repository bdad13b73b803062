import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (field: string) => ({
  'go.mod': 'module example.com/skiff\n\ngo 1.24\n\nrequire github.com/go-chi/chi/v5 v5.1.0\n',
  'oars.go': `package main

type oars struct{ count int }

func (o *oars) UnmarshalJSON(data []byte) error {
	if len(data) == 0 {
		return ErrShut
	}
	return nil
}
`,
  'main.go': `package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type stated interface{ Status() int }

type Taken struct{}

func (t *Taken) Error() string { return "taken" }
func (t *Taken) Status() int   { return http.StatusConflict }

var ErrShut = errors.New("shut")

type Skiff struct {
	Name string \`json:"name"\`
	Size ${field} \`json:"size"\`
}

func told(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		var own stated
		if errors.As(err, &own) {
			http.Error(w, "own", own.Status())
			return
		}
		if errors.Is(err, ErrShut) {
			http.Error(w, "shut", http.StatusLocked)
			return
		}
		http.Error(w, "broken", http.StatusBadGateway)
	}
}

func put(w http.ResponseWriter, r *http.Request) error {
	var skiff Skiff
	if err := json.NewDecoder(r.Body).Decode(&skiff); err != nil {
		return err
	}
	if skiff.Name == "" {
		return &Taken{}
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func main() {
	r := chi.NewRouter()
	r.Put("/skiffs", told(put))
	http.ListenAndServe(":1", r)
}
`,
})

const statuses = async (field: string) => {
  const { set } = await extractFiles(service(field))
  return factsOf(set.facts, 'error')
    .map(({ status, grade }) => `${status} ${grade}`)
    .toSorted()
}

test('what cannot be read into plain fields failed with no error of the repository [SPEC-PACKS-01]', async () => {
  expect(await statuses('int')).toEqual(['409 proved', '502 proved'])
  expect(await statuses('oars')).toContain('423 proved')
})

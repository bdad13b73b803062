import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const mod = `module example.com/quay

go 1.24

require (
	github.com/go-chi/chi/v5 v5.2.0
	github.com/go-chi/render v1.0.3
)
`
const refusal = `package api

import (
	"net/http"

	"github.com/go-chi/render"
)

type Refusal struct {
	Err   error  \`json:"-"\`
	Code  int    \`json:"-"\`
	Title string \`json:"status"\`
	Why   string \`json:"error,omitempty"\`
}

func (e *Refusal) Render(w http.ResponseWriter, r *http.Request) error {
	render.Status(r, e.Code)
	return nil
}

func NotFound(why string) *Refusal {
	return &Refusal{Code: http.StatusNotFound, Title: "Not here", Why: why}
}

func Forbidden(why string) *Refusal {
	return &Refusal{Code: http.StatusForbidden, Title: "Not yours", Why: why}
}

func Internal(err error) *Refusal {
	return &Refusal{Err: err, Code: http.StatusInternalServerError, Title: "Broken", Why: err.Error()}
}

func Invalid(err error) *Refusal {
	return &Refusal{Err: err, Code: http.StatusBadRequest, Title: "Wrong", Why: err.Error()}
}
`

test('what renders itself says its text by the names of JSON, and which of several it is [SPEC-PACKS-01]', async () => {
  const said = await saidErrors({
    'go.mod': mod,
    'api/refusal.go': refusal,
    'main.go': `package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/render"

	"example.com/quay/api"
	"example.com/quay/outside/tables"
)

func check(id string, caller string) *api.Refusal {
	if len(id) > 8 {
		return api.NotFound(fmt.Sprintf("berth '%s' is not of this quay", id))
	}
	if caller == "" {
		return api.Forbidden("only its owner may see it")
	}
	return nil
}

func move(to string) *api.Refusal {
	if err := tables.Open(to); err != nil {
		return api.Internal(err)
	}
	if err := tables.Write(to); err != nil {
		return api.Internal(err)
	}
	return nil
}

func getBerth(w http.ResponseWriter, r *http.Request) {
	if err := check(chi.URLParam(r, "id"), r.URL.Query().Get("by")); err != nil {
		render.Render(w, r, err)
		return
	}
	if r.URL.Query().Get("tide") == "" {
		render.Render(w, r, api.Invalid(errors.New("say which tide")))
		return
	}
	render.JSON(w, r, true)
}

func moveBerth(w http.ResponseWriter, r *http.Request) {
	if err := move(r.URL.Query().Get("to")); err != nil {
		render.Render(w, r, err)
		return
	}
	render.JSON(w, r, true)
}

func main() {
	r := chi.NewRouter()
	r.Get("/berths/{id}", getBerth)
	r.Put("/berths", moveBerth)
	http.ListenAndServe(":80", r)
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /berths/{id}, the length of the path parameter id is at most 8 and the query parameter by is empty, THEN the service SHALL answer 403 with Refusal and say "only its owner may see it".',
    'IF, for GET /berths/{id}, the length of the path parameter id is greater than 8, THEN the service SHALL answer 404 with Refusal and say "berth \'…\' is not of this quay".',
    'IF, for GET /berths/{id}, the query parameter tide is empty and 2 further tests hold, THEN the service SHALL answer 400 with Refusal and say "say which tide".',
    'IF, for PUT /berths, `move(query.to)` fails, THEN the service SHALL answer 500 with Refusal.',
  ])
})

import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what an endpoint of go-kit answers is told by what reads its request, itself, and what writes its answers and errors [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/mill\n\ngo 1.24\n\nrequire github.com/go-kit/kit v0.13.0\n',
    'main.go': `package main

import (
	"net/http"

	"example.com/mill/api"
	"github.com/gorilla/mux"
)

func main() {
	http.ListenAndServe(":1", api.Handler(api.Mill{}, mux.NewRouter()))
}
`,
    'api/transport.go': `package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	kithttp "github.com/go-kit/kit/transport/http"
	"github.com/gorilla/mux"
)

var (
	errMalformed = errors.New("malformed")
	errNoGrain   = errors.New("no grain")
	errBusy      = errors.New("busy")
)

func Handler(mill Mill, r *mux.Router) http.Handler {
	options := []kithttp.ServerOption{kithttp.ServerErrorEncoder(encodeError)}
	r.Methods("POST").Path("/flour").Handler(kithttp.NewServer(grindEndpoint(mill), decodeGrind, encode, options...))
	r.Methods("GET").Path("/flour/{id}").Handler(kithttp.NewServer(
		findEndpoint(mill),
		func(_ context.Context, r *http.Request) (any, error) { return mux.Vars(r)["id"], nil },
		kithttp.EncodeJSONResponse,
	))
	return r
}

type grindRequest struct {
	Grain string \`json:"grain"\`
}

func decodeGrind(_ context.Context, r *http.Request) (any, error) {
	var req grindRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		return nil, errMalformed
	}
	return req, nil
}

func encode(_ context.Context, w http.ResponseWriter, response any) error {
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(response)
}

func encodeError(_ context.Context, err error, w http.ResponseWriter) {
	switch {
	case errors.Is(err, errMalformed):
		w.WriteHeader(http.StatusUnprocessableEntity)
	case errors.Is(err, errNoGrain):
		w.WriteHeader(http.StatusBadRequest)
	case errors.Is(err, errBusy):
		w.WriteHeader(http.StatusConflict)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
}
`,
    'api/endpoint.go': `package api

import (
	"context"

	"github.com/go-kit/kit/endpoint"
)

type Mill struct{ busy bool }

func (m Mill) grind(grain string) (string, error) {
	if m.busy {
		return "", errBusy
	}
	return grain, nil
}

func grindEndpoint(m Mill) endpoint.Endpoint {
	return func(ctx context.Context, request any) (any, error) {
		req := request.(grindRequest)
		if req.Grain == "" {
			return nil, errNoGrain
		}
		return m.grind(req.Grain)
	}
}

func findEndpoint(m Mill) endpoint.Endpoint {
	return func(ctx context.Context, request any) (any, error) {
		if request.(string) == "0" {
			return nil, errNoGrain
		}
		return "flour", nil
	}
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'response' || fact.kind === 'error'
      ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
      : [],
  )
  expect(said.toSorted()).toEqual([
    'IF, for GET /flour/{id}, the path parameter id is "0", THEN the service SHALL answer 500 and say "no grain".',
    'IF, for POST /flour, the body can not be read, THEN the service SHALL answer 422.',
    'IF, for POST /flour, the body’s field grain is empty, THEN the service SHALL answer 400.',
    'IF, for POST /flour, the body’s field grain is not empty and `busy` holds, THEN the service SHALL answer 409.',
    'WHEN a client sends GET /flour/{id} and the path parameter id is not "0", the service SHALL answer 200 with string.',
    'WHEN a client sends POST /flour, the service SHALL answer 201 with string.',
  ])
  expect(set.questions).toEqual([])
})

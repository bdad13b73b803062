import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a program of Go made and put into a global struct, or a struct in that was given, routes as it was made [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/port\n\ngo 1.23\n',
    'reg/reg.go': `package reg

import "net/http"

type Registrar interface {
	Register(method, path string, h http.HandlerFunc)
}

type Wrap func(method string, h http.HandlerFunc) http.Handler

type Default struct {
	mux  *http.ServeMux
	wrap Wrap
}

func New(mux *http.ServeMux, wrap Wrap) *Default {
	return &Default{mux: mux, wrap: wrap}
}

func (r *Default) Register(method, path string, h http.HandlerFunc) {
	r.mux.Handle(path, r.wrap(method, h))
}
`,
    'main.go': `package main

import (
	"net/http"
	"os"

	"example.com/port/reg"
)

func only(method string, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method {
			http.Error(w, "only "+method, http.StatusMethodNotAllowed)
			return
		}
		next(w, r)
	})
}

type pilots struct {
	reg reg.Registrar
}

func newPilots(r reg.Registrar) (*pilots, error) {
	if _, err := os.Stat("pilots"); err != nil {
		return nil, err
	}
	return &pilots{reg: r}, nil
}

func (p *pilots) start() {
	p.reg.Register(http.MethodDelete, "/pilots", p.gone)
}

func (p *pilots) gone(w http.ResponseWriter, r *http.Request) {
	if globals.pilots == nil {
		http.Error(w, "none", http.StatusGone)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

type tugs struct {
	reg reg.Registrar
}

func (t *tugs) init(r reg.Registrar) {
	t.reg = r
}

func (t *tugs) start() {
	t.reg.Register(http.MethodPut, "/tugs", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
	})
}

type world struct {
	name   string
	pilots *pilots
	tugs   tugs
}

var globals world

func main() {
	mux := http.NewServeMux()
	r := reg.New(mux, only)
	var err error
	globals.pilots, err = newPilots(r)
	if err != nil {
		os.Exit(1)
	}
	globals.tugs.init(r)
	globals.pilots.start()
	globals.tugs.start()
	http.ListenAndServe(":8080", mux)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /pilots',
    'PUT /tugs',
  ])
  // When a request comes it may be another one, or none.
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([410])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('the cause of an error is what it was wrapped around, and itself where it wraps none [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module example.com/hull\n\ngo 1.24\n\nrequire (\n\tgithub.com/go-chi/chi/v5 v5.1.0\n\tgithub.com/pkg/errors v0.9.1\n)\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/pkg/errors"
)

type Leak struct{ Text string }

func (l *Leak) Error() string { return l.Text }

var ErrScuttled = errors.New("scuttled")

func refuse(w http.ResponseWriter, err error) {
	code := http.StatusBadGateway
	switch errors.Cause(err).(type) {
	case *Leak:
		code = http.StatusConflict
	}
	if errors.Cause(err) == ErrScuttled {
		code = http.StatusGone
	}
	http.Error(w, err.Error(), code)
}

func main() {
	r := chi.NewRouter()
	r.Get("/hulls", func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("state") {
		case "leaks":
			refuse(w, &Leak{Text: "it leaks"})
			return
		case "wet":
			refuse(w, errors.Wrap(&Leak{Text: "it leaks much"}, "wet"))
			return
		case "sunk":
			refuse(w, errors.WithStack(ErrScuttled))
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ status, grade }) => `${status} ${grade}`)
      .toSorted(),
  ).toEqual(['409 proved', '409 proved', '410 proved'])
})

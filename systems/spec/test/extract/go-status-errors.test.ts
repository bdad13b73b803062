import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('Go: an error that a package outside makes by the name of a status is there, is of its type of errors, and is answered with what that keeps [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module example.com/jars\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n\texample.org/kit v1.0.0\n)\n',
    'main.go': `package main

import (
	"errors"

	faults "example.org/kit/errors"
	"github.com/gin-gonic/gin"
)

func answer(c *gin.Context, err error, data any) {
	if err == nil {
		c.JSON(200, data)
		return
	}
	var known *faults.Error
	if !errors.As(err, &known) {
		c.JSON(500, "unknown")
		return
	}
	c.JSON(known.Code, known.Message)
}

func signedIn(c *gin.Context) {
	if c.GetHeader("Authorization") == "" {
		answer(c, faults.Unauthorized("who"), nil)
		c.Abort()
		return
	}
	c.Next()
}

func jar(c *gin.Context) {
	if c.Param("id") == "old" {
		answer(c, faults.NotFound("gone").WithStack(), nil)
		return
	}
	answer(c, nil, "jar")
}

func main() {
	r := gin.New()
	r.Use(signedIn)
	r.GET("/jars/:id", jar)
	r.Run(":80")
}
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ grade, status }) => `${grade} ${status}`)
      .toSorted(),
  ).toEqual(['proved 401', 'proved 404'])
  expect(factsOf(set.facts, 'guard').map(({ guard, status }) => `${guard} ${status}`)).toEqual([
    'authentication 401',
  ])
  expect(set.questions).toEqual([])
})

test('Go: of several errors that a handler may give each status is told when it is that one, and what another says is asked [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/jars\n\nrequire github.com/gorilla/mux v1.8.0\n',
    'main.go': `package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
)

type Fault struct {
	Status  int
	Message string
}

func (f *Fault) Error() string { return f.Message }

type Faulty func(http.ResponseWriter, *http.Request) *Fault

func (h Faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := h(w, r); fault != nil {
		w.WriteHeader(fault.Status)
	}
}

type Store interface{ Update(func() error) error }

type Jars struct{ store Store }

func (j *Jars) remove(w http.ResponseWriter, r *http.Request) *Fault {
	id, err := strconv.Atoi(mux.Vars(r)["id"])
	if err != nil {
		return &Fault{Status: 400, Message: "no number"}
	}
	if err = j.store.Update(func() error { return remove(id) }); err != nil {
		var fault *Fault
		if errors.As(err, &fault) {
			return fault
		}
		return &Fault{Status: 502, Message: "no store"}
	}
	w.WriteHeader(204)
	return nil
}

func remove(id int) error { return nil }

func main() {
	jars := &Jars{}
	router := mux.NewRouter()
	router.Handle("/jars/{id}", Faulty(jars.remove)).Methods(http.MethodDelete)
	http.ListenAndServe(":80", router)
}
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ grade, status, condition }) => `${grade} ${status} ${condition.length}`)
      .toSorted(),
  ).toEqual(['proved 400 1', 'proved 502 1'])
  expect(set.questions.map(({ text }) => text)).toEqual([
    'Which status does the answer of DELETE /jars/{id} have?',
  ])
})

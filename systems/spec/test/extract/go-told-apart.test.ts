import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = {
  'go.mod': 'module example.com/berths\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.12.0\n',
}

/** What is told of a service of Go: `404 GET /berths/{id}: IF …`, an open one `404?`. */
async function toldOf(files: Record<string, string>, kind: 'error' | 'guard' = 'error') {
  const { facts } = (await extractFiles({ ...goMod, ...files })).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, kind)
    .map((fact) => {
      const title = titles.get(fact.operation) ?? '?'
      return `${fact.status ?? ''}${fact.grade === 'open' ? '?' : ''} ${title}: ${sayFact(fact, title)}`
    })
    .toSorted()
}

const serve = `package main

import (
	"net/http"

	"example.com/berths/berths"
	"example.com/berths/web"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /berths/{id}", func(w http.ResponseWriter, r *http.Request) {
		berth, err := berths.Find(r.PathValue("id"))
		if err != nil {
			web.Fail(w, err)
			return
		}
		web.JSON(w, http.StatusOK, berth)
	})
	http.ListenAndServe(":8080", mux)
}
`
const json = `
func JSON(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "cannot be written", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(status)
	w.Write(data)
}
`
const find = (missing: string, closed: string) => `package berths

import (
	"database/sql"
	"errors"
	"fmt"
)

var db *sql.DB

type Berth struct {
	ID    string \`json:"id"\`
	State string \`json:"state"\`
}

func row(id string) (*Berth, error) {
	var berth Berth
	err := db.QueryRow("SELECT id, state FROM berths WHERE id = $1", id).Scan(&berth.ID, &berth.State)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ${missing}
	}
	if err != nil {
		return nil, fmt.Errorf("row: %w", err)
	}
	return &berth, nil
}

func Find(id string) (*Berth, error) {
	berth, err := row(id)
	if err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	if id == "quay" {
		return nil, ${closed}
	}
	return berth, nil
}
`
const answers = [
  expect.stringMatching(/^404(?: .*fails with `sql\.ErrNoRows`|\? )/),
  expect.stringMatching(/^409 .*the path parameter id is "quay"/),
  expect.stringMatching(/^500\?? .*may answer 500|^500 .*Scan\(…\)` fails/),
]

test('errors of a table, by an interface and by a type are told apart through what wraps them, and what fits none of them is what is left [SPEC-EXTRACT-06]', async () => {
  const table = {
    'main.go': serve,
    'berths/berths.go': `${find('ErrMissing', 'ErrClosed')}
var (
	ErrMissing = errors.New("no such berth")
	ErrClosed  = errors.New("berth is closed")
)
`,
    'web/web.go': `package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"example.com/berths/berths"
)

var statuses = map[error]int{
	berths.ErrMissing: http.StatusNotFound,
	berths.ErrClosed:  http.StatusConflict,
}

func Fail(w http.ResponseWriter, err error) {
	for known, status := range statuses {
		if errors.Is(err, known) {
			JSON(w, status, map[string]string{"error": known.Error()})
			return
		}
	}
	JSON(w, http.StatusInternalServerError, map[string]string{"error": "internal"})
}
${json}`,
  }
  const coded = {
    'main.go': serve,
    'berths/berths.go': `${find('&Refusal{404, "no such berth"}', '&Refusal{409, "berth is closed"}')}
type Refusal struct {
	status int
	text   string
}

func (r *Refusal) Error() string { return r.text }

func (r *Refusal) HTTPStatus() int { return r.status }
`,
    'web/web.go': `package web

import (
	"encoding/json"
	"errors"
	"net/http"
)

type withStatus interface{ HTTPStatus() int }

func Fail(w http.ResponseWriter, err error) {
	var known withStatus
	if errors.As(err, &known) {
		JSON(w, known.HTTPStatus(), map[string]string{"error": err.Error()})
		return
	}
	JSON(w, http.StatusInternalServerError, map[string]string{"error": "internal"})
}
${json}`,
  }
  expect(await toldOf(table)).toEqual(answers)
  expect(await toldOf(coded)).toEqual(answers)
})

test('a case of a switch in Go that does nothing does not run on into the next, and what a header begins with is no part of the token after it [SPEC-EXTRACT-06]', async () => {
  expect(
    await toldOf({
      'main.go': `package main

import (
	"net/http"
	"strings"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /berths", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("sort") {
		case "", "name":
		default:
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if token != "anchor" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":8080", mux)
}
`,
    }),
  ).toEqual([
    '400 GET /berths: IF, for GET /berths, the query parameter sort is not empty and the query parameter sort is not "name", THEN the service SHALL answer 400.',
    expect.stringContaining('`strings.TrimPrefix(header.Authorization, "Bearer ")` is not "anchor"'),
  ])
})

test('a key that a caller has to show is no role, and what only says that the service is down is no guard [SPEC-EXTRACT-06]', async () => {
  const { facts } = (
    await extractFiles({
      ...goMod,
      'main.go': `package main

import (
	"os"

	"github.com/gin-gonic/gin"
)

func down() gin.HandlerFunc {
	return func(c *gin.Context) {
		if os.Getenv("DOWN") == "yes" {
			c.AbortWithStatus(503)
			return
		}
		c.Next()
	}
}

func authorize(key string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.GetHeader("X-Key") != key {
			c.AbortWithStatus(401)
			return
		}
		c.Next()
	}
}

func main() {
	r := gin.New()
	r.Use(down(), authorize("anchor"))
	r.GET("/berths", func(c *gin.Context) { c.Status(204) })
	r.Run()
}
`,
    })
  ).set
  expect(factsOf(facts, 'guard').map(({ guard, roles, status }) => ({ guard, roles, status }))).toEqual([
    { guard: 'other', roles: [], status: undefined },
  ])
})

test('an error of Go that is asked for by what it says is the one that was made of that text [SPEC-EXTRACT-06]', async () => {
  const [missing, broken] = await toldOf({
    'main.go': `package main

import (
	"database/sql"
	"errors"
	"net/http"
)

var db *sql.DB

func remove(id string) error {
	result, err := db.Exec("DELETE FROM berths WHERE id = $1", id)
	if err != nil {
		return err
	}
	if n, _ := result.RowsAffected(); n == 0 {
		return errors.New("berth not found")
	}
	return nil
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("DELETE /berths/{id}", func(w http.ResponseWriter, r *http.Request) {
		if err := remove(r.PathValue("id")); err != nil {
			if err.Error() == "berth not found" {
				http.Error(w, "no", 404)
				return
			}
			http.Error(w, "broken", 500)
			return
		}
		w.WriteHeader(204)
	})
	http.ListenAndServe(":1", mux)
}
`,
  })
  expect(missing).toMatch(/^404 .*RowsAffected\(\)` is 0(?:,| or)/)
  expect(broken).toMatch(/^500 .*fails and the error of `db\.Exec\(.*\)` is not "berth not found"/)
  expect(broken).not.toContain('RowsAffected')
})

const harbour = (helpers: string, routes: string) => `package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Trouble struct {
	Kind int
	Text string
}

func (t *Trouble) Error() string { return t.Text }

func (t *Trouble) Status() int {
	switch t.Kind {
	case 1:
		return http.StatusNotFound
	case 2:
		return http.StatusConflict
	}
	return http.StatusTeapot
}

var (
	errFull  = errors.New("full")
	errSunk  = errors.New("sunk")
	statuses = map[error]int{errFull: http.StatusConflict, errSunk: http.StatusGone}
)

func plain(id string) error {
	if id == "1" {
		return errFull
	}
	if id == "2" {
		return fmt.Errorf("found: %w", errSunk)
	}
	return nil
}

func kinds(id string) error {
	if id == "1" {
		return &Trouble{Kind: 1, Text: "none"}
	}
	if id == "2" {
		return &Trouble{Kind: 2, Text: "taken"}
	}
	if id == "3" {
		return errors.New("odd")
	}
	return nil
}

${helpers}

func main() {
	r := gin.Default()
${routes}
	r.Run(":80")
}
`

test.each([
  [
    'a map of errors, which has what is wrapped under nothing',
    `func status(err error) int {
	if code, ok := statuses[err]; ok {
		return code
	}
	return http.StatusInternalServerError
}
func show(c *gin.Context) {
	if err := plain(c.Param("id")); err != nil {
		c.JSON(status(err), nil)
		return
	}
	c.Status(204)
}`,
    ['1 409', '2 500'],
  ],
  [
    'a loop over a map of errors',
    `func status(err error) int {
	for known, code := range statuses {
		if errors.Is(err, known) {
			return code
		}
	}
	return http.StatusInternalServerError
}
func show(c *gin.Context) {
	if err := plain(c.Param("id")); err != nil {
		c.JSON(status(err), nil)
		return
	}
	c.Status(204)
}`,
    ['1 409', '2 410'],
  ],
  [
    'a method of what is found in it',
    `func fail(c *gin.Context, err error) {
	var trouble *Trouble
	if errors.As(err, &trouble) {
		c.JSON(trouble.Status(), nil)
		return
	}
	c.JSON(http.StatusInternalServerError, nil)
}
func show(c *gin.Context) {
	if err := kinds(c.Param("id")); err != nil {
		fail(c, err)
		return
	}
	c.Status(204)
}`,
    ['1 404', '2 409', '3 500'],
  ],
  [
    'middleware that asks for what was kept',
    `func answer(c *gin.Context) {
	c.Next()
	if len(c.Errors) == 0 {
		return
	}
	switch own := c.Errors.Last().Err.(type) {
	case *Trouble:
		c.JSON(own.Status(), nil)
	default:
		c.JSON(http.StatusInternalServerError, nil)
	}
}
func show(c *gin.Context) {
	if err := kinds(c.Param("id")); err != nil {
		c.Error(err)
		return
	}
	c.Status(204)
}`,
    ['1 404', '2 409', '3 500'],
  ],
])('of several errors each is told by itself: %s [SPEC-EXTRACT-04]', async (_, helpers, expected) => {
  const route = helpers.includes('func answer') ? '\tr.Use(answer)\n' : ''
  const told = await toldOf({ 'main.go': harbour(helpers, `${route}\tr.GET("/ships/:id", show)`) })
  const answers = told.flatMap((one) => {
    const [head = '', ...rest] = one.split(' GET ')
    const when = rest.join('').split('THEN')[0] ?? ''
    return [...when.matchAll(/parameter id is "(\d)"/g)].map(([, id]) => `${id} ${head}`)
  })
  expect(answers.toSorted()).toEqual(expected)
})

test('errors that are other variables, or that a call makes, are not the one that a handler of errors compares with [SPEC-EXTRACT-05]', async () => {
  const found = await toldOf({
    'go.mod': 'module example.com/berths\n\ngo 1.24\n\nrequire github.com/gofiber/fiber/v2 v2.0.0\n',
    'main.go': `package main

import "github.com/gofiber/fiber/v2"

var (
	errFull = fiber.NewError(fiber.StatusConflict, "full")
	errShut = fiber.NewError(fiber.StatusGone, "shut")
)

func main() {
	app := fiber.New(fiber.Config{ErrorHandler: onError})
	app.Post("/berths", func(c *fiber.Ctx) error {
		switch c.Query("side") {
		case "":
			return fiber.ErrUnprocessableEntity
		case "lee":
			return fiber.ErrNotFound
		case "luff":
			return fiber.NewError(fiber.StatusLocked, "locked")
		case "bow":
			return errFull
		case "stern":
			return errShut
		}
		return c.SendStatus(204)
	})
	app.Listen(":1")
}

func onError(c *fiber.Ctx, err error) error {
	failed, ok := err.(*fiber.Error)
	if !ok {
		return c.SendStatus(500)
	}
	if failed == fiber.ErrUnprocessableEntity {
		failed = fiber.ErrBadRequest
	}
	if failed == errShut {
		return c.SendStatus(403)
	}
	return c.Status(failed.Code).SendString(failed.Message)
}
`,
  })
  expect(found).toEqual([
    '400 POST /berths: IF, for POST /berths, the query parameter side is empty, THEN the service SHALL answer 400.',
    '403 POST /berths: IF, for POST /berths, the query parameter side is "stern", THEN the service SHALL answer 403.',
    '404 POST /berths: IF, for POST /berths, the query parameter side is "lee", THEN the service SHALL answer 404.',
    '409 POST /berths: IF, for POST /berths, the query parameter side is "bow", THEN the service SHALL answer 409 and say "full".',
    '423 POST /berths: IF, for POST /berths, the query parameter side is "luff", THEN the service SHALL answer 423 and say "locked".',
  ])
})

import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const saidOf = async (main: string) => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n',
    'main.go': main,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  return set.facts
    .flatMap((fact) =>
      fact.kind === 'error' || fact.kind === 'guard' || fact.kind === 'response'
        ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
        : [],
    )
    .toSorted()
}
const program = (imports: string, code: string, routes: string) => `package main

import (
	"net/http"
${imports}
)
${code}
func main() {
	m := http.NewServeMux()
${routes}
	http.ListenAndServe(":1", m)
}
`

test('tells no status that is set when another one was sent already, and no variable of a path to be empty', async () => {
  const said = await saidOf(
    program(
      `	"encoding/json"
	"strconv"
	"strings"`,
      `
func reply(w http.ResponseWriter, status int, body any) {
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func number(w http.ResponseWriter, r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("shelf"))
	if err != nil {
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			http.Redirect(w, r, "/lost", http.StatusFound)
		} else {
			w.WriteHeader(http.StatusBadRequest)
		}
	}
	return n, err
}

func show(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("shelf") == "" {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	n, err := number(w, r)
	if err != nil {
		w.WriteHeader(http.StatusConflict)
		return
	}
	reply(w, http.StatusAccepted, n)
}
`,
      `	m.HandleFunc("GET /shelves/{shelf}", show)`,
    ),
  )
  expect(said).toEqual([
    'IF, for GET /shelves/{shelf}, the path parameter shelf is not a whole number and `strings.Contains(header.Accept, "text/html")` does not hold, THEN the service SHALL answer 400.',
    'WHEN a client sends GET /shelves/{shelf} and the path parameter shelf is a whole number, the service SHALL answer 202.',
    'WHEN a client sends GET /shelves/{shelf} and the path parameter shelf is not a whole number and `strings.Contains(header.Accept, "text/html")` holds, the service SHALL answer 302.',
  ])
})

test('says what who shows nothing is refused with, and that a session that code outside keeps may show who it is', async () => {
  const said = await saidOf(
    program(
      `	"example.com/elsewhere/keys"
	"example.com/elsewhere/sessions"
	"github.com/go-chi/chi/v5"`,
      `
var held = sessions.New()

func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if key := r.Header.Get("X-Kiln-Key"); key != "" {
			if !keys.Valid(key) {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
		} else if !held.GetBool(r.Context(), "known") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
`,
      `	c := chi.NewRouter()
	c.Use(known)
	c.Get("/shelves", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	m.Handle("/", c)`,
    ),
  )
  expect(said.filter((one) => one.includes('signed in'))).toEqual([
    'WHEN a client sends GET /shelves, the service SHALL answer 403 to a caller who is not signed in.',
  ])
})

test('asks nothing of what the server hands to a handler, and names no header that only settings name', async () => {
  const said = await saidOf(
    program(
      `	"os"`,
      `
var named = os.Getenv("KILN_HEADER")

func refuse(w http.ResponseWriter, status int) {
	if w == nil {
		return
	}
	w.WriteHeader(status)
}

func show(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(named) == "" {
		refuse(w, http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
`,
      `	m.HandleFunc("GET /shelves", show)`,
    ),
  )
  expect(said.filter((one) => /`w`|header get/.test(one))).toEqual([])
  expect(said.some((one) => one.includes('SHALL answer 401'))).toBe(true)
})

test('does not take a map that code outside may fill for one with nothing in it', async () => {
  const said = await saidOf(
    program(
      `	"example.com/elsewhere/cookies"`,
      `
func show(w http.ResponseWriter, r *http.Request) {
	held := make(map[string]any)
	if err := cookies.Decode(r.URL.RawQuery, &held); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if _, ok := held["name"]; !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
`,
      `	m.HandleFunc("GET /shelves", show)`,
    ),
  )
  expect(said.some((one) => one.includes('SHALL answer 204'))).toBe(true)
})

test('asks where routes are declared at what makes a router, where none of its routes was found', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n',
    'asks/asks.go': `package asks

import (
	"net/http"

	"github.com/gorilla/mux"
)

func Name(r *http.Request) string { return mux.Vars(r)["name"] }
`,
    'web/web.go': `package web

import "github.com/gorilla/mux"

func Build(fill func(*mux.Router)) *mux.Router {
	made := mux.NewRouter()
	fill(made)
	return made
}
`,
  })
  expect(set.questions.map(({ text }) => text)).toContain(
    'Where does web/web.go or what uses it declare its routes?',
  )
})

test('asks of an assertion of a type by itself, not of what is asserted', async () => {
  const said = await saidOf(
    program(
      `	"context"`,
      `
type shelf struct{ name string }
func keep(w http.ResponseWriter, r *http.Request) {
	found, ok := registry(r.Context(), "shelf")
	if ok {
		own, ok := found.(*shelf)
		if !ok {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.Write([]byte(own.name))
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
var registry func(context.Context, string) (any, bool)
`,
      `	m.HandleFunc("GET /shelf", keep)`,
    ),
  )
  const refused = said.filter((one) => one.includes('502'))
  expect(refused).toEqual([
    'IF, for GET /shelf, `registry(r.Context(), "shelf")` is there and `registry(r.Context(), "shelf")` is no `shelf`, THEN the service SHALL answer 502.',
  ])
})

test('tells what a long chain of calls failed at by the last of them, and asks once what two functions have by other names', async () => {
  const said = await saidOf(
    program(
      '\t"errors"\n\n\t"gorm.io/gorm"',
      `
type Kiln struct{ Name string }

var store *gorm.DB

var errCold = errors.New("cold")

func warm(kilns *[]Kiln) error {
	result := store.Preload("Shelves").Preload("Shelves.Pots").Preload("Shelves.Glazes").Preload("Shelves", func(db *gorm.DB) *gorm.DB { return db.Order("level") }).Find(kilns, "warm = ?", true)
	if result.Error != nil {
		return result.Error
	}
	return nil
}

func all(w http.ResponseWriter, r *http.Request) {
	var kilns []Kiln
	err := store.Preload("Shelves").Preload("Shelves.Pots").Preload("Shelves.Glazes").Preload("Shelves", func(db *gorm.DB) *gorm.DB { return db.Order("level") }).Find(&kilns, "name = ?", "old").Error
	if err != nil {
		w.WriteHeader(http.StatusConflict)
	}
}

func hot(w http.ResponseWriter, r *http.Request) {
	var kilns []Kiln
	if err := warm(&kilns); err != nil {
		w.WriteHeader(http.StatusGone)
	}
}
`,
      '\tm.HandleFunc("GET /kilns", all)\n\tm.HandleFunc("GET /hot", hot)',
    ),
  )
  expect(said.filter((one) => /409|410/.test(one))).toEqual([
    'IF, for GET /hot, `result.Error` is there (in `warm`), THEN the service SHALL answer 410.',
    'IF, for GET /kilns, `Find(…).Error` is there, THEN the service SHALL answer 409.',
  ])
})

test('middleware of gorilla/mux and of an app of Echo is before what was put on it earlier, and what it makes of errors is told of that', async () => {
  const said = await saidOf(`package main

import (
	"errors"
	"net/http"

	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
)

type Crack struct {
	Code int
	Text string
}

func (c *Crack) Error() string { return c.Text }

func serve() {
	e := echo.New()
	e.GET("/bowls/:shape", func(c echo.Context) error {
		if c.Param("shape") == "cube" {
			return &Crack{Code: 422, Text: "no such bowl"}
		}
		return c.NoContent(204)
	})
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			var crack *Crack
			if err := next(c); errors.As(err, &crack) {
				return c.JSON(crack.Code, map[string]string{"text": crack.Text})
			}
			return nil
		}
	})
	e.Start(":2")
}

func main() {
	go serve()
	m := mux.NewRouter()
	m.HandleFunc("/cups", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }).Methods("GET")
	m.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Fire") != "on" {
				http.Error(w, "cold", 401)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	http.ListenAndServe(":1", m)
}
`)
  expect(said.filter((one) => one.startsWith('IF'))).toMatchInlineSnapshot(`
    [
      "IF, for GET /bowls/{shape}, the path parameter shape is "cube", THEN the service SHALL answer 422 with text (string, required) and say "no such bowl".",
      "IF, for GET /cups, the header X-Fire is not "on", THEN the service SHALL answer 401 with string and say "cold".",
    ]
  `)
})

test('a call of a long chain that gives an error fails, and a map that is filled with what is not known may have any key', async () => {
  const said = await saidOf(
    program(
      `
	"github.com/gocql/gocql"`,
      `
type Pot struct{ Marks []string }

func (p *Pot) has(mark string) bool {
	set := make(map[string]struct{})
	for _, one := range p.Marks {
		set[one] = struct{}{}
	}
	_, ok := set[mark]
	return ok
}

func openSession(nodes ...string) (*gocql.Session, error) {
	cluster := gocql.NewCluster(nodes...)
	session, err := cluster.CreateSession()
	if err != nil {
		panic("no kiln")
	}
	return session, nil
}

func show(w http.ResponseWriter, r *http.Request) {
	session, _ := openSession("kiln.shed.example.com", "kiln.barn.example.com")
	var pot Pot
	if err := session.Query("SELECT marks, glaze, height, width, weight, made, maker FROM pots WHERE id = ?",
		r.PathValue("id")).Consistency(gocql.One).Scan(&pot.Marks); err != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if !pot.has("fired") {
		w.WriteHeader(http.StatusConflict)
		return
	}
	w.WriteHeader(http.StatusOK)
}
`,
      '	m.HandleFunc("GET /pots/{id}", show)',
    ),
  )
  expect(said).toMatchInlineSnapshot(`
    [
      "IF, for GET /pots/{id}, \`Scan(…)\` fails, THEN the service SHALL answer 404.",
      "IF, for GET /pots/{id}, \`make(…)["fired"]\` does not hold, THEN the service SHALL answer 409.",
      "WHEN a client sends GET /pots/{id} and \`make(…)["fired"]\` holds, the service SHALL answer 200.",
    ]
  `)
})

test('an error that a variable is set to again fails as one that it is declared with, and one that code makes stays what it is where its type is asserted', async () => {
  const said = await saidOf(`package main

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

var errWhole = echo.NewHTTPError(400)

type answers struct{ e *echo.Echo }

func (a *answers) handle(err error, c echo.Context) {
	code := http.StatusInternalServerError
	if a.e.Debug {
		code = err.(*echo.HTTPError).Code
	} else if known, ok := err.(*echo.HTTPError); ok {
		code = known.Code
	}
	c.NoContent(code)
}

func serve(debug bool, db *mongo.Database) {
	e := echo.New()
	e.Debug = debug
	e.HTTPErrorHandler = (&answers{e: e}).handle
	e.PUT("/vases/:id", func(c echo.Context) error {
		id, err := strconv.Atoi(c.Param("id"))
		if err != nil {
			return errWhole
		}
		err = mongo.WithSession(c.Request().Context(), nil, func(ctx context.Context) error { return nil })
		if err != nil {
			return c.NoContent(409)
		}
		if err = db.Collection("vases").FindOne(c.Request().Context(), id).Decode(nil); err != nil {
			return c.NoContent(404)
		}
		return c.NoContent(204)
	})
	e.Start(":80")
}

func main() { serve(flagged(), vases()) }
`)
  expect(said).toMatchInlineSnapshot(`
    [
      "IF, for PUT /vases/{id}, \`mongo.WithSession(net/http.Request().Context(), null, …)\` fails, THEN the service SHALL answer 409.",
      "IF, for PUT /vases/{id}, \`vases().Collection("vases").FindOne(net/http.Request().Context(), strconv.Atoi(path.id)).Decode(null)\` fails, THEN the service SHALL answer 404.",
      "IF, for PUT /vases/{id}, the path parameter id is not a whole number, THEN the service SHALL answer 400.",
      "WHEN a client sends PUT /vases/{id}, the service SHALL answer 204.",
    ]
  `)
})

test('a function that says no behind a test within a test says so only where it does not say yes, and both of what comes of it are told [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf(
    program(
      `	"net/url"
`,
      `
func isHere(link string) bool {
	if link == "" {
		return false
	}
	if parsed, err := url.Parse(link); err == nil {
		if parsed.Host == "" {
			return true
		}
	}
	return false
}

func on(w http.ResponseWriter, r *http.Request) {
	to := r.URL.Query().Get("to")
	if !isHere(to) {
		http.Error(w, "away", 400)
		return
	}
	http.Redirect(w, r, to, http.StatusFound)
}
`,
      `	m.HandleFunc("GET /kilns", on)`,
    ),
  )
  expect(said).toEqual([
    'IF, for GET /kilns, the query parameter to is empty, or `url.Parse(query.to)` fails, or `url.Parse(query.to).Host` is not empty, THEN the service SHALL answer 400 with string and say "away".',
    'WHEN a client sends GET /kilns, the service SHALL answer 302.',
  ])
})

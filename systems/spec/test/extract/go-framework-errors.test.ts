import { expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/quay\n\ngo 1.24\n' }

const saidOf = async (files: Record<string, string>, kinds: readonly Fact['kind'][] = ['error']) => {
  const { set } = await extractFiles({ ...goMod, ...files })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  return set.facts
    .flatMap((fact) =>
      kinds.includes(fact.kind) && 'operation' in fact
        ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
        : [],
    )
    .toSorted()
}

const trouble = `package trouble

import "errors"

type Trouble struct {
	Text string
	Part string
	Kind int
}

func (t Trouble) Error() string { return t.Text }

func New(text, part string, kind int) error {
	return Trouble{Text: text, Part: part, Kind: kind}
}

func Around(err error, cause error) error { return errors.Join(err, cause) }

func As(err error, into interface{}) bool { return errors.As(err, into) }

const (
	Unread = iota + 1
	Unfit
)

var ErrUnread = New("not read", "input", Unread)
var ErrGone = New("gone", "berth", Unread)
var ErrTaken = New("taken", "berth", Unfit)
`

const serve = `package main

import (
	"errors"
	"net/http"

	"example.com/quay/trouble"
	"github.com/labstack/echo/v4"
)

type reader struct{}

func (r *reader) Bind(into interface{}, c echo.Context) error {
	plain := new(echo.DefaultBinder)
	if err := plain.Bind(into, c); err != nil {
		cause := errors.Unwrap(err)
		if cause == nil {
			cause = err
		}
		return trouble.Around(trouble.ErrUnread, cause)
	}
	return nil
}

func inputStatus(kind int) int {
	switch kind {
	case trouble.Unread:
		return http.StatusUnprocessableEntity
	default:
		return http.StatusBadRequest
	}
}

func berthStatus(kind int) int {
	if kind == trouble.Unfit {
		return http.StatusConflict
	}
	return http.StatusGone
}

func answer(err error, c echo.Context) {
	var known *echo.HTTPError
	if errors.As(err, &known) {
		c.NoContent(known.Code)
		return
	}
	var own trouble.Trouble
	if ok := trouble.As(err, &own); !ok {
		c.NoContent(http.StatusInternalServerError)
		return
	}
	status := 0
	switch own.Part {
	case "input":
		status = inputStatus(own.Kind)
	case "berth":
		status = berthStatus(own.Kind)
	default:
		status = http.StatusInternalServerError
	}
	c.NoContent(status)
}

type berth struct {
	Name string \`json:"name"\`
}

func list(c echo.Context) error {
	if c.QueryParam("of") == "none" {
		return trouble.ErrGone
	}
	return c.NoContent(http.StatusNoContent)
}

func moor(c echo.Context) error {
	var made berth
	if err := c.Bind(&made); err != nil {
		return err
	}
	if made.Name == "x" {
		return trouble.Around(trouble.ErrTaken, errors.New("x"))
	}
	return c.JSON(http.StatusCreated, made)
}

func main() {
	e := echo.New()
	e.Binder = &reader{}
	e.HTTPErrorHandler = answer
	e.GET("/berths", list)
	e.POST("/berths", moor)
	e.Start(":1")
}
`

test('what a program of Echo sets to answer errors and to read bodies answers them and reads them [SPEC-EXTRACT-06]', async () => {
  expect(await saidOf({ 'trouble/trouble.go': trouble, 'main.go': serve })).toEqual([
    'IF, for GET /berths, the query parameter of is "none", THEN the service SHALL answer 410.',
    'IF, for POST /berths, the body can not be read, THEN the service SHALL answer 422.',
    'IF, for POST /berths, the body’s field name is "x", THEN the service SHALL answer 409.',
  ])
})

test('an error that a handler of Echo or Fiber returns and that says no status is answered with 500, and one that code outside gives by the program’s handler [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"os"

	"github.com/gofiber/fiber/v2"
)

func log(c *fiber.Ctx) error {
	if err := os.Remove(c.Params("name")); err != nil {
		return err
	}
	return c.SendStatus(204)
}

func main() {
	app := fiber.New()
	app.Delete("/logs/:name", log)
	app.Listen(":1")
}
`,
  })
  expect(said).toEqual([
    'IF, for DELETE /logs/{name}, `os.Remove(path.name)` fails, THEN the service SHALL answer 500.',
  ])
})

test('a route of Echo names its handler first, then what runs before it [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf(
    {
      'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func mooring(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Header.Get("X-Berth") == "" {
			return c.NoContent(http.StatusForbidden)
		}
		return next(c)
	}
}

func with(serve func(echo.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error { return serve(c) }
}

func cranes(c echo.Context) error { return c.String(http.StatusAccepted, "up") }

func main() {
	e := echo.New()
	e.GET("/cranes", with(cranes), mooring)
	e.Start(":1")
}
`,
    },
    ['error', 'guard', 'response'],
  )
  expect(said).toEqual([
    'IF, for GET /cranes, the header X-Berth is empty, THEN the service SHALL answer 403.',
    'WHEN a client sends GET /cranes, the service SHALL answer 202 with string.',
    'WHEN a client sends GET /cranes, the service SHALL answer 403 to a caller who is not signed in.',
  ])
})

test('middleware of Echo that asks for the method and the route is told what those of the operation are [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

func noted(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.HasSuffix(c.Path(), "/tides") {
			return next(c)
		}
		switch strings.ToUpper(c.Request().Method) {
		case "PUT", "POST":
			if c.QueryParam("note") == "" {
				return c.NoContent(http.StatusPreconditionRequired)
			}
		}
		return next(c)
	}
}

func done(c echo.Context) error { return c.NoContent(http.StatusNoContent) }

func main() {
	e := echo.New()
	e.Use(noted)
	e.GET("/logs", done)
	e.POST("/logs", done)
	e.POST("/tides", done)
	e.Start(":1")
}
`,
  })
  expect(said).toEqual([
    'IF, for POST /logs, the query parameter note is empty, THEN the service SHALL answer 428.',
  ])
})

test('what Fiber’s middleware asks code for a yes or no gives no error, and nobody asks what a loop over the fields of a type finds [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'main.go': `package main

import (
	"reflect"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

type moor struct {
	Name string \`json:"name" need:"yes"\`
}

func known(origin string) bool {
	return slices.Contains(allowed(), origin)
}

func needed(c *fiber.Ctx, into any) bool {
	of := reflect.ValueOf(into)
	for i := 0; i < of.Elem().Type().NumField(); i++ {
		field := of.Elem().Type().Field(i)
		if field.Tag.Get("need") == "yes" && c.Query("name") == "" {
			c.Status(422).SendString("none")
			return false
		}
	}
	return true
}

func main() {
	app := fiber.New()
	app.Use(cors.New(cors.Config{AllowOriginsFunc: known}))
	app.Get("/boats", func(c *fiber.Ctx) error {
		var into moor
		if !needed(c, &into) {
			return nil
		}
		return c.SendStatus(204)
	})
	app.Listen(":1")
}
`,
  })
  expect(said).toEqual([
    'GET /boats may answer 422 with string and say "none", only where `field.Tag.Get("need")` is "yes" and the query parameter name is empty. (Open: when.)',
  ])
})

test('what Fiber and Gin read into a struct has the names of the tags that they look at, never those of JSON [SPEC-PACKS-01]', async () => {
  const parametersOf = async (files: Record<string, string>) =>
    summarize(await extractFiles({ ...goMod, ...files })).parameters
  const berth = `type berth struct {
	Deck   string \`json:"deckJson" query:"deck" form:"deckForm" reqHeader:"X-Deck" cookie:"deck_c"\`
	Length string \`json:"lengthJson"\`
}
`
  expect(
    await parametersOf({
      'main.go': `package main

import "github.com/gofiber/fiber/v2"

${berth}
func main() {
	app := fiber.New()
	app.Get("/queries", func(c *fiber.Ctx) error {
		var into berth
		if err := c.QueryParser(&into); err != nil {
			return err
		}
		return c.SendStatus(204)
	})
	app.Get("/headers", func(c *fiber.Ctx) error {
		var into berth
		if err := c.ReqHeaderParser(&into); err != nil {
			return err
		}
		return c.SendStatus(204)
	})
	app.Get("/cookies", func(c *fiber.Ctx) error {
		var into berth
		if err := c.CookieParser(&into); err != nil {
			return err
		}
		return c.SendStatus(204)
	})
	app.Listen(":1")
}
`,
    }),
  ).toEqual({
    'GET /queries': ['query Length', 'query deck'],
    'GET /headers': ['header length', 'header x-deck'],
    'GET /cookies': ['cookie Length', 'cookie deck_c'],
  })
  expect(
    await parametersOf({
      'main.go': `package main

import "github.com/gin-gonic/gin"

${berth}
func main() {
	r := gin.New()
	r.GET("/berths", func(c *gin.Context) {
		var into berth
		if err := c.ShouldBindQuery(&into); err != nil {
			c.JSON(400, "bad")
			return
		}
		c.JSON(200, "berth")
	})
	r.Run(":1")
}
`,
    }),
  ).toEqual({ 'GET /berths': ['query Length', 'query deckForm'] })
})

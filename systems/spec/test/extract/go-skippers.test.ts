import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const saidOf = async (main: string) => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.22\n',
    'main.go': main,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'guard')]
    .map((one) => `${one.grade} ${sayFact(one, titles.get(one.operation) ?? '?')}`)
    .toSorted()
}

const echo = `package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/go-playground/validator/v10"
	echojwt "github.com/labstack/echo-jwt/v4"
	"github.com/labstack/echo/v4"
)

type checker struct{ v *validator.Validate }

func (c *checker) Validate(i interface{}) error {
	if err := c.v.Struct(i); err != nil {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, err.Error())
	}
	return nil
}

type binder struct{ echo.DefaultBinder }

func (b *binder) Bind(i interface{}, c echo.Context) error {
	if err := b.DefaultBinder.Bind(i, c); err != nil {
		return err
	}
	return c.Validate(i)
}

func answer(err error, c echo.Context) {
	code, text := http.StatusInternalServerError, "sunk"
	var known *echo.HTTPError
	if errors.As(err, &known) {
		code, text = known.Code, fmt.Sprint(known.Message)
	}
	c.JSON(code, map[string]string{"text": text})
}

func isOpen(c echo.Context) bool {
	switch c.Path() {
	case "/quay/boats", "/quay/tides":
		return true
	}
	return c.Request().Method == http.MethodGet && c.Request().Header.Get(echo.HeaderAuthorization) == ""
}

type Boat struct {
	Name string \`json:"name" validate:"required"\`
}

func main() {
	e := echo.New()
	e.Binder = &binder{}
	e.Validator = &checker{v: validator.New()}
	e.HTTPErrorHandler = answer
	quay := e.Group("/quay", echojwt.WithConfig(echojwt.Config{
		Skipper:    isOpen,
		SigningKey: []byte("key"),
		ErrorHandler: func(c echo.Context, err error) error {
			return echo.NewHTTPError(http.StatusUnauthorized, "who are you")
		},
	}))
	quay.GET("/tides", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	quay.GET("/ropes", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	quay.POST("/boats", func(c echo.Context) error {
		var boat Boat
		if err := c.Bind(&boat); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	quay.DELETE("/berths/:number", func(c echo.Context) error {
		var berth struct {
			Number int \`param:"number"\`
		}
		if err := c.Bind(&berth); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
	e.Start(":80")
}
`

test('middleware of Echo is before the routes that its skipper does not let past, and what a binder fails with has a status [SPEC-EXTRACT-04]', async () => {
  expect(await saidOf(echo)).toMatchInlineSnapshot(`
    [
      "framework IF, for DELETE /quay/berths/{number}, the body can not be read, THEN the service SHALL answer 400 with text (required).",
      "framework IF, for POST /quay/boats, the body can not be read, THEN the service SHALL answer 400 with text (required).",
      "proved IF, for DELETE /quay/berths/{number}, the caller is not signed in, THEN the service SHALL answer 401 with text (required) and say "who are you".",
      "proved IF, for GET /quay/ropes, the caller is not signed in and the header Authorization is not empty, THEN the service SHALL answer 401 with text (required) and say "who are you".",
      "proved IF, for POST /quay/boats, \`v10.New().Struct(body)\` fails, THEN the service SHALL answer 422 with text (required).",
      "proved WHEN a client sends DELETE /quay/berths/{number}, the service SHALL answer 401 to a caller who is not signed in.",
      "proved WHEN a client sends GET /quay/ropes and the header Authorization is not empty, the service SHALL answer 401 to a caller who is not signed in.",
    ]
  `)
})

const fiber = `package main

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/keyauth"
)

func main() {
	app := fiber.New()
	app.Use(keyauth.New(keyauth.Config{
		Next: func(c *fiber.Ctx) bool { return c.Method() == fiber.MethodGet },
	}))
	app.Get("/ropes", func(c *fiber.Ctx) error { return c.SendStatus(204) })
	app.Post("/ropes", func(c *fiber.Ctx) error { return c.SendStatus(201) })
	app.Listen(":80")
}
`

test('middleware of Fiber is before the requests that its function does not let past [SPEC-EXTRACT-04]', async () => {
  expect(await saidOf(fiber)).toMatchInlineSnapshot(`
    [
      "framework IF, for POST /ropes, the caller is not signed in, THEN the service SHALL answer 401.",
      "proved WHEN a client sends POST /ropes, the service SHALL answer 401 to a caller who is not signed in.",
    ]
  `)
})

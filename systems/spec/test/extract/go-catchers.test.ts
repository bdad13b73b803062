import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (main: string) => {
  const { set } = await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', 'main.go': main })
  return [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'guard')]
    .map((one) => `${one.grade} ${sayFact(one, 'it')}`)
    .toSorted()
}

const echo = (middleware: string) => `package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

type Unfound struct{ Name string }

func (u Unfound) Error() string { return u.Name + " is not in port" }

type Unfit struct{ Why string }

func (u Unfit) Error() string { return u.Why }

${middleware}

func berthOf(number int) (string, error) {
	if number > 90 {
		return "", Unfound{Name: "ship"}
	}
	return "north", nil
}

func show(c echo.Context) error {
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return Unfit{Why: "the number is none"}
	}
	berth, err := berthOf(number)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, berth)
}

func main() {
	e := echo.New()
	ships := e.Group("/ships", answered, counted)
	ships.GET("/:number", show)
	e.Start(":80")
}

func answered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err == nil {
			return nil
		}
		switch err.(type) {
		case Unfound:
			return c.JSON(http.StatusNotFound, err.Error())
		case Unfit:
			return c.JSON(http.StatusBadRequest, err.Error())
		}
		if errors.Is(err, errBusy) {
			return echo.NewHTTPError(http.StatusServiceUnavailable, "busy").SetInternal(err)
		}
		return err
	}
}
`

test('an error that a handler of Echo returns is answered by the nearest middleware that answers it, on its way through what only looks at it [SPEC-EXTRACT-04]', async () => {
  const found = await errorsOf(
    echo(`var errBusy = errors.New("the port is full")

func counted(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Header.Get("X-Full") != "" {
			return errBusy
		}
		if c.Request().Header.Get("X-Odd") != "" {
			return errors.New("odd")
		}
		err := next(c)
		if err != nil {
			println(err.Error())
		}
		return err
	}
}`),
  )
  expect(found).toEqual([
    'framework IF, for it, the header X-Full is empty and the header X-Odd is not empty, THEN the service SHALL answer 500.',
    'proved IF, for it, the header X-Full is not empty, THEN the service SHALL answer 503 and say "busy".',
    'proved IF, for it, the path parameter number is greater than 90, THEN the service SHALL answer 404 with string and say "ship is not in port".',
    'proved IF, for it, the path parameter number is not a whole number, THEN the service SHALL answer 400 with string and say "the number is none".',
  ])
})

test('what middleware of Fiber answers before it hands on is its own, and what it makes of an error comes of that [SPEC-EXTRACT-04]', async () => {
  const found = await errorsOf(`package main

import (
	"errors"

	"github.com/gofiber/fiber/v2"
)

var errSunk = errors.New("sunk")

func answered(c *fiber.Ctx) error {
	if c.Get("X-Key") == "" {
		return c.Status(401).JSON(fiber.Map{"error": "no key"})
	}
	if err := c.Next(); err != nil {
		if errors.Is(err, errSunk) {
			return c.Status(fiber.StatusGone).JSON(fiber.Map{"error": err.Error()})
		}
		return err
	}
	return nil
}

func show(c *fiber.Ctx) error {
	if c.Params("number") == "0" {
		return errSunk
	}
	if c.Params("number") == "1" {
		return fiber.NewError(fiber.StatusConflict, "taken")
	}
	return c.JSON("north")
}

func main() {
	app := fiber.New()
	app.Use(answered)
	app.Get("/ships/:number", show)
	app.Listen(":80")
}
`)
  expect(found).toEqual([
    'proved IF, for it, the header X-Key is empty, THEN the service SHALL answer 401 with error (string, required) and say "no key".',
    'proved IF, for it, the path parameter number is "0", THEN the service SHALL answer 410 with error (string, required) and say "sunk".',
    'proved IF, for it, the path parameter number is "1", THEN the service SHALL answer 409 and say "taken".',
    'proved WHEN a client sends it, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

const asserting = (handler: string) => `package main

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
)

type Aground struct{ Where string }

func (a *Aground) Error() string { return "aground" }

func answer(err error, c echo.Context) {
	code := http.StatusInternalServerError
	text := "failed"
${handler}
	if c.Request().Method == http.MethodHead {
		c.NoContent(code)
	} else {
		c.JSON(code, text)
	}
}

func show(c echo.Context) error {
	switch c.Param("number") {
	case "0":
		return &Aground{Where: "the bank"}
	case "1":
		return echo.NewHTTPError(http.StatusConflict, "taken").SetInternal(errors.New("twice"))
	case "2":
		return echo.ErrForbidden
	case "3":
		return errors.New("odd")
	}
	return c.String(200, "north")
}

func main() {
	e := echo.New()
	e.HTTPErrorHandler = answer
	e.GET("/ships/:number", show)
	e.Start(":80")
}
`

test.each([
  ['\tif own, ok := err.(*echo.HTTPError); ok {\n\t\tcode = own.Code\n\t}', 500],
  ['\tvar own *echo.HTTPError\n\tif errors.As(err, &own) {\n\t\tcode = own.Code\n\t}', 500],
  [
    '\tswitch own := err.(type) {\n\tcase *echo.HTTPError:\n\t\tcode = own.Code\n\tcase *Aground:\n\t\tcode = http.StatusGone\n\t}',
    410,
  ],
])(
  'a handler of errors tells by its type which is the framework’s own and which is not: %s [SPEC-EXTRACT-04]',
  async (handler, aground) => {
    const found = await errorsOf(asserting(handler))
    const answers = found.flatMap((one) => {
      const [when = '', then = ''] = one.split('THEN')
      const [, status] = /answer (\d+)/.exec(then) ?? []
      return [...when.matchAll(/number is "(\d)"/g)].map(([, number]) => `${number} ${status}`)
    })
    expect(answers.toSorted()).toEqual([`0 ${aground}`, '1 409', '2 403', '3 500'])
  },
)

test('middleware that hands an error to the program’s handler of errors by itself, or to code outside, loses none [SPEC-EXTRACT-04]', async () => {
  const handler = '\tif own, ok := err.(*echo.HTTPError); ok {\n\t\tcode = own.Code\n\t}'
  const logging = (call: string) => `
func logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err != nil {
			${call}
		}
		println("done")
		return nil
	}
}
`
  const told = async (call: string) =>
    (await errorsOf(`${asserting(handler).replace('e.GET', 'e.Use(logged)\n\te.GET')}${logging(call)}`)).map(
      (one) => /answer (\d+)/.exec(one)?.[1] ?? '',
    )
  const all = ['403', '409', '500']
  expect((await told('c.Echo().HTTPErrorHandler(err, c)')).toSorted()).toEqual(all)
  expect((await told('c.Error(err)')).toSorted()).toEqual(all)
  expect((await told('outside.Render(c, err)')).toSorted()).toEqual(all)
})

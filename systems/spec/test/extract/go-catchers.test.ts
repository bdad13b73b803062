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
    'proved IF, for it, `strconv.Atoi(path.number)` fails, THEN the service SHALL answer 400 with string and say "the number is none".',
    'proved IF, for it, `strconv.Atoi(path.number)` is greater than 90, THEN the service SHALL answer 404 with string and say "ship is not in port".',
    'proved IF, for it, the header X-Full is not empty, THEN the service SHALL answer 503 and say "busy".',
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

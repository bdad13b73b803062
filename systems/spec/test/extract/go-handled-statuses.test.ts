import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a handler of errors of Go that sets one of several statuses answers each error with its own [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/kiln\ngo 1.22\nrequire github.com/labstack/echo/v4 v4.11.0\n',
    'main.go': `package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
)

func handle(c echo.Context) func(error, echo.Context) {
	return func(e error, c echo.Context) {
		var (
			code int
			body interface{}
		)
		switch e.(type) {
		case nil:
			return
		case *net.OpError:
			code = http.StatusBadGateway
			body = map[string]any{"message": http.StatusText(http.StatusBadGateway)}
		default:
			var he *echo.HTTPError
			switch {
			case errors.As(e, &he):
				code = he.Code
				body = map[string]any{"message": he.Message}
			case statusOf(e) != 0:
				code = statusOf(e)
				body = map[string]any{"message": http.StatusText(code)}
			default:
				code = http.StatusInternalServerError
				body = map[string]any{"message": http.StatusText(code)}
			}
		}
		if !c.Response().Committed {
			if c.Request().Method == http.MethodHead {
				e = c.NoContent(code)
			} else {
				e = c.JSON(code, body)
			}
		}
	}
}

func refuse(code int, err interface{}) error {
	switch v := err.(type) {
	case []interface{}:
		return refuse(code, v[0])
	case string:
		return echo.NewHTTPError(code, v)
	case nil:
		return echo.NewHTTPError(code, http.StatusText(code))
	default:
		return fmt.Errorf("%v", v)
	}
}

func statusOf(e error) int { return codes.Of(e) }

func main() {
	e := echo.New()
	e.HTTPErrorHandler = handle(nil)
	e.GET("/pots/:id", func(c echo.Context) error {
		if c.Param("id") == "cracked" {
			return refuse(http.StatusForbidden, c.Param("id"))
		}
		return c.JSON(http.StatusOK, c.Param("id"))
	})
	e.Start(":80")
}
`,
  })
  const errors = factsOf(set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`)
  expect(errors).toContain('403 proved')
})

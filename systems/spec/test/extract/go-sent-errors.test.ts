import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('an error that is sent as JSON says its text only where its fields or Error() give it [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/weir\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Shut struct {
	Message string \`json:"message"\`
}

func (s Shut) Error() string { return s.Message }

var errDry = errors.New("the weir is dry")

func lift(name string) (bool, error) {
	if name == "north" {
		return false, fmt.Errorf("the north gate is stuck")
	}
	return true, nil
}

func bare(c *gin.Context) {
	can, err := lift(c.Query("name"))
	if !can {
		c.JSON(http.StatusUnprocessableEntity, err)
		return
	}
	c.Status(http.StatusNoContent)
}

func held(c *gin.Context) {
	if c.Query("dry") == "yes" {
		c.AbortWithStatusJSON(http.StatusConflict, gin.H{"error": errDry})
		return
	}
	c.Status(http.StatusNoContent)
}

func said(c *gin.Context) {
	if can, err := lift(c.Query("name")); !can {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	c.Status(http.StatusNoContent)
}

func own(c *gin.Context) {
	if c.Query("shut") == "yes" {
		c.JSON(http.StatusLocked, Shut{Message: "the weir is shut"})
		return
	}
	c.Status(http.StatusNoContent)
}

type shy struct {
	message string
	Code    int \`json:"code"\`
}

func quiet(c *gin.Context) {
	if c.Query("shut") == "no" {
		c.JSON(http.StatusGone, shy{message: "the weir is gone", Code: 7})
		return
	}
	c.Status(http.StatusNoContent)
}

func main() {
	r := gin.Default()
	r.GET("/bare", bare)
	r.GET("/held", held)
	r.GET("/said", said)
	r.GET("/own", own)
	r.GET("/quiet", quiet)
	r.Run()
}
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .map(({ status, message }) => `${status} ${message}`)
      .toSorted(),
  ).toEqual(['400 the north gate is stuck', '409 ', '410 ', '422 ', '423 the weir is shut'])
})

test('an error that a handler of errors sends as JSON says no text [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/weir\n\ngo 1.24\n\nrequire github.com/labstack/echo/v4 v4.12.0\n',
    'main.go': `package main

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
)

func gate(c echo.Context) error {
	if c.QueryParam("name") == "" {
		return errors.New("no gate without a name")
	}
	return c.NoContent(http.StatusNoContent)
}

func main() {
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		c.JSON(http.StatusTeapot, map[string]any{"error": err})
	}
	e.GET("/gates", gate)
	e.Start(":80")
}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status, message }) => `${status} ${message}`)).toEqual(['418 '])
})

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

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('middleware of Gin that refuses before it hands on answers no error that is kept after it [SPEC-PACKS-01]', async () => {
  const service = (use: string) => ({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'fault/fault.go': `package fault

import (
	"errors"
	"fmt"
)

type gone struct{ error }

func Gone(text string, a ...any) error { return gone{fmt.Errorf(text, a...)} }

func IsGone(err error) bool {
	var own gone
	return errors.As(err, &own)
}

type misread struct{ error }

func Misread(text string, a ...any) error { return misread{fmt.Errorf(text, a...)} }

func IsMisread(err error) bool {
	var own misread
	return errors.As(err, &own)
}
`,
    'main.go': `package main

import (
	"errors"
	"net/http"

	"example.com/quay/fault"
	"github.com/gin-gonic/gin"
)

type Berth struct {
	Depth int
}

func told(c *gin.Context) {
	c.Next()
	err := c.Errors.Last()
	if err == nil {
		return
	}
	if fault.IsGone(err) {
		c.String(http.StatusGone, err.Error())
	} else if fault.IsMisread(err) {
		c.String(http.StatusUnprocessableEntity, err.Error())
	} else {
		c.String(http.StatusBadGateway, "no luck")
	}
}

func pilots(c *gin.Context) {
	if c.GetHeader("X-Pilot") == "" {
		_ = c.AbortWithError(http.StatusForbidden, errors.New("pilots only"))
		return
	}
	if len(c.Errors) > 0 {
		c.Abort()
		return
	}
	c.Next()
}

func main() {
	r := gin.New()
	${use}
	r.GET("/berths/:id", func(c *gin.Context) {
		if c.Query("tide") == "low" {
			_ = c.Error(fault.Gone("berth %s was filled in", c.Param("id")))
			return
		}
		c.JSON(http.StatusOK, c.Param("id"))
	})
	r.POST("/berths", func(c *gin.Context) {
		var berth Berth
		if err := c.ShouldBindJSON(&berth); err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusCreated, berth)
	})
	r.PUT("/berths/:id", func(c *gin.Context) {
		var berth Berth
		if err := c.ShouldBindJSON(&berth); err != nil {
			_ = c.Error(fault.Misread("no berth: %v", err))
			return
		}
		c.JSON(http.StatusOK, berth)
	})
	r.Run(":1")
}
`,
  })
  const refusals = async (use: string) =>
    factsOf((await extractFiles(service(use))).set.facts, 'error').flatMap(({ status, message }) =>
      status === 403 ? [message] : [],
    )
  const statusesOf = async (use: string) => summarize(await extractFiles(service(use))).statuses
  const both = 'r.Use(told, pilots)'
  expect(await statusesOf(both)).toEqual({
    'GET /berths/{id}': [200, 403, 410],
    'POST /berths': [201, 403, 502],
    'PUT /berths/{id}': [200, 403, 422],
  })
  expect(await refusals(both)).toEqual(['pilots only', 'pilots only', 'pilots only'])
  expect(await refusals('r.Use(pilots)')).toEqual(['pilots only', 'pilots only', 'pilots only'])
})

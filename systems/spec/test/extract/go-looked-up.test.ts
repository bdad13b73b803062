import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (type: string, first: string, second: string) => ({
  'go.mod': 'module example.com/mole\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
  'fault/fault.go': `package fault

import "net/http"

type Code ${type}

const (
	Shallow Code = ${first}
	Closed  Code = ${second}
	Other   Code = ${type === 'int' ? '9' : '"other"'}
)

type Fault struct {
	Text   string
	status int
}

func (f *Fault) Error() string { return f.Text }

func (f *Fault) Status() int { return f.status }

func New(code Code, text string) *Fault { return &Fault{Text: text, status: statusOf(code)} }

func statusOf(code Code) int {
	status, ok := statuses[code]
	if !ok {
		return http.StatusBadGateway
	}
	return status
}

var statuses = map[Code]int{
	Shallow: http.StatusConflict,
	Closed:  http.StatusGone,
}
`,
  'main.go': `package main

import (
	"net/http"

	"example.com/mole/fault"
	"github.com/gin-gonic/gin"
)

func refuse(c *gin.Context, err error) {
	if told, ok := err.(*fault.Fault); ok {
		c.JSON(told.Status(), gin.H{"message": told.Text})
		return
	}
	c.JSON(http.StatusInternalServerError, gin.H{"message": "no luck"})
}

func main() {
	r := gin.New()
	r.GET("/moles/:name", func(c *gin.Context) {
		switch c.Query("tide") {
		case "low":
			refuse(c, fault.New(fault.Shallow, "too shallow"))
			return
		case "spring":
			refuse(c, fault.New(fault.Closed, "closed"))
			return
		case "odd":
			refuse(c, fault.New(fault.Other, "odd"))
			return
		}
		c.JSON(http.StatusOK, c.Param("name"))
	})
	r.Run()
}
`,
})

test.each([
  ['string', '"shallow"', '"closed"'],
  ['int', '1', '2'],
])(
  'what a map of codes has under a known one is known, and whether it has it [SPEC-PACKS-01]',
  async (type, first, second) => {
    const { set } = await extractFiles(service(type, first, second))
    expect(
      factsOf(set.facts, 'error')
        .map(({ status, grade, message }) => `${status} ${grade} ${message}`)
        .toSorted(),
    ).toEqual(['409 proved too shallow', '410 proved closed', '502 proved odd'])
  },
)

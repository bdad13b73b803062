import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const takings = [
  ['both at once, the first', 'at, left = left[0], left[1:]', 'var at step'],
  ['the first, then the rest', 'at := left[0]\n\t\tleft = left[1:]', ''],
  ['the last, then the rest', 'at := left[len(left)-1]\n\t\tleft = left[:len(left)-1]', ''],
] as const

test.each(takings)(
  'a list of parts from which a loop takes until it is empty is gone through with what the loop puts there: %s [SPEC-PACKS-01]',
  async (_name, taking, declared) => {
    const found = summarize(
      await extractFiles({
        'go.mod': 'module example.com/orchard\n\ngo 1.24\n\nrequire github.com/labstack/echo/v4 v4.12.0\n',
        'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

type Row struct {
	Verb, Path string
	Answer     echo.HandlerFunc
}

type Part struct {
	Path  string
	Parts []*Part
	Rows  []Row
}

func (p *Part) Part(path string) *Part {
	made := &Part{Path: path}
	p.Parts = append(p.Parts, made)
	return made
}

func (p *Part) Get(path string, answer echo.HandlerFunc) {
	p.Rows = append(p.Rows, Row{Verb: http.MethodGet, Path: path, Answer: answer})
}

func ok(c echo.Context) error { return c.NoContent(http.StatusOK) }

func parts() []*Part {
	trees := &Part{Path: "/trees"}
	trees.Get("/all", ok)
	apples := trees.Part("/apples")
	apples.Get("/ripe", ok)
	apples.Part("/old").Get("/kinds", ok)
	tools := &Part{Path: "/tools"}
	tools.Get("/ladders", ok)
	return []*Part{trees, tools}
}

func main() {
	e := echo.New()
	type step struct {
		on   *echo.Group
		part *Part
	}
	var left []step
	for _, one := range parts() {
		left = append(left, step{part: one})
	}
	${declared}
	for len(left) > 0 {
		${taking}
		var on *echo.Group
		if at.on != nil {
			on = at.on.Group(at.part.Path)
		} else {
			on = e.Group(at.part.Path)
		}
		for _, inner := range at.part.Parts {
			left = append(left, step{on: on, part: inner})
		}
		for _, row := range at.part.Rows {
			on.Add(row.Verb, row.Path, row.Answer)
		}
	}
	e.Start(":80")
}
`,
      }),
    )
    expect(found.operations).toEqual([
      'GET /tools/ladders',
      'GET /trees/all',
      'GET /trees/apples/old/kinds',
      'GET /trees/apples/ripe',
    ])
  },
)
